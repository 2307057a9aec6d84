"""Who takes part, and what is voted on."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse

from commun.finding.types import Document, Source
from commun.territories.api import Organisation
from commun.votes.api import Vote


def digest(values: Sequence[Any]) -> str:
    """A mark of what a row says, by its columns."""
    return blake2b(repr(values).encode(), digest_size=16).hexdigest()


class Directory(Source):
    name = "directory"
    kinds: ClassVar[Mapping[str, str]] = {"organisation": "Organisation"}

    def _public(self, keys: Collection[str] | None) -> QuerySet[Organisation]:
        found = Organisation.objects.filter(is_checked=True)
        return found if keys is None else found.filter(pk__in=[int(key) for key in keys])

    def marks(self, *, keys: Collection[str] | None = None) -> dict[str, str]:
        columns = ("name", "slug", "kind", "presentation", "territory", "territory__successor", "is_partner")
        return {str(pk): digest(rest) for pk, *rest in self._public(keys).values_list("pk", *columns)}

    def documents(self, *, keys: Collection[str]) -> Iterator[Document]:
        near = ("departement", "region", "successor__departement", "successor__region")
        for one in self._public(keys).select_related(*(f"territory__{name}" for name in near)):
            yield Document(
                key=str(one.pk),
                kind="organisation",
                title=one.name,
                summary=one.get_kind_display(),
                body=one.presentation,
                address=reverse("territories:organisation", args=[one.slug]),
                places=[one.territory] if one.territory is not None else [],
                at=one.created_at,
            )


class Votes(Source):
    name = "votes"
    kinds: ClassVar[Mapping[str, str]] = {"vote": "Vote"}

    def _public(self, keys: Collection[str] | None) -> QuerySet[Vote]:
        found = Vote.objects.public()
        return found if keys is None else found.filter(pk__in=[int(key) for key in keys])

    def marks(self, *, keys: Collection[str] | None = None) -> dict[str, str]:
        columns = ("title", "slug", "presentation", "state", "opens_at", "closes_at")
        return {str(pk): digest(rest) for pk, *rest in self._public(keys).values_list("pk", *columns)}

    def documents(self, *, keys: Collection[str]) -> Iterator[Document]:
        for vote in self._public(keys).prefetch_related("options"):
            yield Document(
                key=str(vote.pk),
                kind="vote",
                title=vote.title,
                summary=vote.get_state_display(),
                body="\n".join([vote.presentation, *(option.title for option in vote.options.all())]),
                address=reverse("votes:vote", args=[vote.slug]),
                at=vote.opens_at,
            )
