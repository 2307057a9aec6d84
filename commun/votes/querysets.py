"""Rows written once, and reads of one model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from commun.votes.exceptions import SealedForEver
from commun.votes.types import VoteState

if TYPE_CHECKING:
    from commun.votes.models import Elector, Entry, Vote  # noqa: F401  (named in the generic bases below)


class VoteQuerySet(models.QuerySet["Vote"]):
    def public(self) -> VoteQuerySet:
        """What everybody may see: announced, under way, over."""
        return self.exclude(state=VoteState.DRAFT)


class ElectorQuerySet(models.QuerySet["Elector"]):
    def standing(self) -> ElectorQuerySet:
        return self.filter(struck_off_at=None)


class EntryQuerySet(models.QuerySet["Entry"]):
    """The database refuses too (triggers of the migration)."""

    def update(self, **kwargs: Any) -> int:
        raise SealedForEver(self.model.__name__)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        raise SealedForEver(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise SealedForEver(self.model.__name__)
