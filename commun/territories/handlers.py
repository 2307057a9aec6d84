"""What happens to rows, whoever writes them."""

from __future__ import annotations

from typing import Any

from commun.territories import former_addresses
from commun.territories.models import Organisation


def organisation_deleted(sender: Any, instance: Organisation, **kwargs: Any) -> None:
    """Alone or with others, in the transaction that deletes it."""
    if instance.is_checked:
        former_addresses.leave(slug=instance.slug)
