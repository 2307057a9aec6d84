"""Who takes part, and what is voted on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from commun.agenda.api import EventPage, NewsPage
from commun.finding.types import Document, Source
from commun.library.api import ResourcePage
from commun.territories.api import Organisation
from commun.votes.api import Vote


def digest(values: Sequence[Any]) -> str:
    """A mark of what a row says, by its columns."""
    return blake2b(repr(values).encode(), digest_size=16).hexdigest()


# Where a page says who gave it, organises it, takes part in it or announces it.
_GIVERS: tuple[tuple[Any, str], ...] = (
    (ResourcePage, "contributor"),
    (ResourcePage, "organisations"),
    (EventPage, "organiser"),
    (EventPage, "partners"),
    (NewsPage, "partner"),
)


def givers_of(page: Page) -> set[int]:
    """Bodies that this page names."""
    model = page.specific_class
    found: set[int] = set()
    for family, giver in _GIVERS if model is not None else ():
        if issubclass(model, family):
            found.update(family.objects.filter(pk=page.pk, **{f"{giver}__isnull": False}).values_list(giver, flat=True))
    return found


def _themes_given(keys: Collection[str] | None) -> dict[int, set[str]]:
    """Themes of the pages on line that name each body."""
    found: dict[int, set[str]] = defaultdict(set)
    for family, giver in _GIVERS:
        wanted: dict[str, Any] = {f"{giver}__isnull": False} if keys is None else {f"{giver}__in": list(map(int, keys))}
        rows = family.objects.filter(live=True, themes__live=True, **wanted).order_by()
        for body, theme in rows.values_list(giver, "themes__slug").distinct():
            found[body].add(theme)
    return found


class Directory(Source):
    """`body`: its kind; `gave`: the themes of what it gave."""

    name = "directory"
    kinds: ClassVar[Mapping[str, str]] = {"organisation": "Organisation"}

    def _public(self, keys: Collection[str] | None) -> QuerySet[Organisation]:
        found = Organisation.objects.filter(is_checked=True)
        return found if keys is None else found.filter(pk__in=[int(key) for key in keys])

    def marks(self, *, keys: Collection[str] | None = None) -> dict[str, str]:
        columns = ("name", "slug", "kind", "presentation", "territory", "territory__successor", "is_partner")
        given = _themes_given(keys)
        rows = self._public(keys).values_list("pk", *columns)
        return {str(pk): digest([*rest, *sorted(given.get(pk, ()))]) for pk, *rest in rows}

    def documents(self, *, keys: Collection[str]) -> Iterator[Document]:
        near = ("departement", "region", "successor__departement", "successor__region")
        given = _themes_given(keys)
        for one in self._public(keys).select_related(*(f"territory__{name}" for name in near)):
            yield Document(
                key=str(one.pk),
                kind="organisation",
                title=one.name,
                summary=one.get_kind_display(),
                body=one.presentation,
                address=reverse("territories:organisation", args=[one.slug]),
                facets={"body": (one.kind,), "gave": given.get(one.pk, ())},
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
