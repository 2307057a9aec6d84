"""Reads of one model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from commun.votes.types import VoteState

if TYPE_CHECKING:
    from commun.votes.models import Elector, Vote  # noqa: F401  (named in the generic bases below)


class VoteQuerySet(models.QuerySet["Vote"]):
    def public(self) -> VoteQuerySet:
        """What everybody may see: announced, under way, over."""
        return self.exclude(state=VoteState.DRAFT)


class ElectorQuerySet(models.QuerySet["Elector"]):
    def standing(self) -> ElectorQuerySet:
        return self.filter(struck_off_at=None)
