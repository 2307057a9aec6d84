"""One topic of subscription per published theme."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from commun.library.api import ThemePage, published_themes
from commun.newsletters.models import ThemeTopic
from commun.subscribers.api import ensure_topic, get_topics


def ensure_theme_topic(*, theme: ThemePage) -> Any:
    """The topic of that theme, made or brought up to date. Its slug never changes: readers chose it."""
    with transaction.atomic():
        known = ThemeTopic.objects.select_related("topic").filter(theme=theme).first()
        slug = known.topic.slug if known else _free_slug(theme)
        topic = ensure_topic(
            slug=slug, name=theme.title[:150], position=known.topic.position if known else 0, active=theme.live
        )
        if known is None:
            ThemeTopic.objects.create(theme=theme, topic=topic)
    return topic


def _free_slug(theme: ThemePage) -> str:
    """The theme's own slug, unless another theme that once bore it has kept it."""
    slug = theme.slug[:80]
    return f"{slug}-{theme.pk}" if ThemeTopic.objects.filter(topic__slug=slug).exists() else slug


def keep_topics(*, now: datetime) -> None:
    """Sweep: every published theme has its topic, under its present title; one that is offline is not offered."""
    known = {link.theme_id: link.topic for link in ThemeTopic.objects.select_related("topic")}
    online = {theme.pk: theme for theme in published_themes()}
    for pk, theme in online.items():
        topic = known.get(pk)
        if topic is None or not topic.active or topic.name != theme.title[:150]:
            ensure_theme_topic(theme=theme)
    for pk in known.keys() - online.keys():
        topic = known[pk]
        if topic.active:
            ensure_topic(slug=topic.slug, name=topic.name, position=topic.position, active=False)


def forget_theme_topic(*, theme: ThemePage) -> None:
    """Before a theme is deleted: its topic is no longer offered; what readers had chosen stays with them."""
    for link in ThemeTopic.objects.select_related("topic").filter(theme=theme):
        ensure_topic(slug=link.topic.slug, name=link.topic.name, position=link.topic.position, active=False)
        link.delete()


def topics_of(*, theme: ThemePage) -> list[Any]:
    return list(get_topics(slugs=[ensure_theme_topic(theme=theme).slug]))
