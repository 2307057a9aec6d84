"""Rows written once, and reads of one model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

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

    def acted_for_by(self, *, places: dict[int, str]) -> ElectorQuerySet:
        """Electors that these organisations (id → key of their place, or "") are. One that was attached at opening
        keeps to that: moved to another place since, an organisation does not get a second ballot."""
        attached = set(self.filter(organisation_id__in=places).values_list("organisation_id", flat=True))
        keys = [key for organisation, key in places.items() if key and organisation not in attached]
        return self.filter(Q(organisation_id__in=attached) | Q(key__in=keys))


class EntryQuerySet(models.QuerySet["Entry"]):
    """The database refuses too (triggers of the migration)."""

    def update(self, **kwargs: Any) -> int:
        raise SealedForEver(self.model.__name__)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        raise SealedForEver(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise SealedForEver(self.model.__name__)
