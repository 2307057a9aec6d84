"""What one can subscribe to."""

from __future__ import annotations

from commun.subscribers.models import Topic


def ensure_topic(*, slug: str, name: str, position: int = 0, active: bool = True) -> Topic:
    """Create or update the topic of that slug."""
    topic, _ = Topic.objects.update_or_create(
        slug=slug, defaults={"name": name, "position": position, "active": active}
    )
    return topic
