"""Reads of one model."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from commun.votes.types import VoteState

Row = TypeVar("Row", bound=models.Model)


class VoteQuerySet(models.QuerySet[Row]):
    def public(self) -> Self:
        """What everybody may see: announced, under way, over."""
        return self.exclude(state=VoteState.DRAFT)


class ElectorQuerySet(models.QuerySet[Row]):
    def standing(self) -> Self:
        return self.filter(struck_off_at=None)
