"""Keeping conditions under a name."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from commun.subscribers import segments
from commun.subscribers.exceptions import NameTaken
from commun.subscribers.models import Segment


def save_segment(*, name: str, conditions: Sequence[segments.Condition], now: datetime) -> Segment:
    """Raises `NameTaken`."""
    try:
        with transaction.atomic():
            return Segment.objects.create(
                name=" ".join(name.split()), conditions=segments.as_json(conditions), created_at=now
            )
    except IntegrityError:
        raise NameTaken from None


def forget_segment(*, pk: int) -> None:
    """A send keeps the conditions it left with."""
    Segment.objects.filter(pk=pk).delete()
