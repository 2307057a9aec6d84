"""Reading starts: what a page set off, and what a person follows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from wagtail.models import Page

from commun.accounts.models import User
from commun.cms.api import Licence
from commun.common.errors import LinkError
from commun.cooperation import links
from commun.cooperation.models import Start
from commun.library.api import ExperiencePage, GuidePage, KitPage, ResourceDocument, ResourcePage
from commun.territories.api import MandateLevel, Organisation, memberships_of

INSPIRING: tuple[type[Page], ...] = (ExperiencePage, GuidePage, KitPage)
_NAMES = "organisation__territory__departement"


def inspiring(*, page_id: int) -> Page | None:
    """The page on line that tells how to do something; None where it does not, or is not."""
    page = Page.objects.live().filter(pk=page_id).first()
    return page if page is not None and issubclass(page.specific_class or Page, INSPIRING) else None


@dataclass(frozen=True, kw_only=True)
class Reusable:
    """What a page on line gives to take up: its documents, and `number` where its licence lets one take all of it."""

    documents: Sequence[ResourceDocument] = ()
    number: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.documents) or self.number is not None


def reusable_of(*, page_ids: Iterable[int]) -> Mapping[int, Reusable]:
    """By page, for those on line. Two queries, however many."""
    found = list(ResourcePage.objects.live().filter(pk__in=set(page_ids)).order_by("pk"))
    documents: dict[int, list[ResourceDocument]] = {one.pk: [] for one in found}
    rows = ResourceDocument.objects.filter(page__in=documents).select_related("document")
    for row in rows.order_by("page", "sort_order", "pk"):
        documents[row.page_id].append(row)
    return {
        one.pk: Reusable(
            documents=documents[one.pk],
            number=one.translation_key if one.licence not in {"", Licence.RESERVED} else None,
        )
        for one in found
    }


@dataclass(frozen=True, kw_only=True)
class Descendant:
    """A start that everybody may see; `story`: the experience that came of it, on line."""

    start: Start
    story: Page | None


def descendants_of(*, page_id: int, limit: int = 50) -> Sequence[Descendant]:
    """What one page set off, stories first, then the latest. Two queries."""
    rows = Start.objects.filter(inspired_by=page_id, is_public=True, is_proved=True)
    found = list(rows.select_related(_NAMES, "gave").order_by("-started_at", "-pk")[:limit])
    told = [Descendant(start=one, story=one.gave if one.gave is not None and one.gave.live else None) for one in found]
    return sorted(told, key=lambda one: one.story is None)


def ancestor_of(*, page_id: int) -> Page | None:
    """The page on line from which this experience descends."""
    row = Start.objects.filter(gave=page_id, inspired_by__live=True).select_related("inspired_by").first()
    return row.inspired_by if row is not None else None


def able_to_start(*, user: User | AnonymousUser, at: datetime) -> Sequence[tuple[Organisation, bool]]:
    """Bodies with a place that she acts for, each place once, and whether her mandate is proved."""
    proved = {row.organisation_id for row in memberships_of(user=user, at=at)}
    found: dict[str, tuple[Organisation, bool]] = {}
    for row in memberships_of(user=user, at=at, level=MandateLevel.M0):
        place = row.organisation.place
        is_proved = row.organisation_id in proved
        if place is not None and (place.key not in found or is_proved):
            found[place.key] = (row.organisation, is_proved)
    return list(found.values())


def starts_of(*, user: User, at: datetime) -> QuerySet[Start]:
    """Those she follows, and those of the collectivités she may act for, the latest first."""
    places = [row.organisation.place.key for row in memberships_of(user=user, at=at) if row.organisation.place]
    found = Start.objects.filter(user=user) | Start.objects.filter(place_key__in=places)
    return found.select_related(_NAMES, "inspired_by").order_by("-started_at", "-pk")


def get_start_by_token(*, token: str) -> Start:
    """Raises `ForgedLink`, `Start.DoesNotExist`."""
    return Start.objects.select_related(_NAMES, "inspired_by", "gave").get(reference=links.read_start_token(token))


def start_behind(*, token: str) -> Start | None:
    """What a link sent to one mailbox is about; None for a forged one."""
    try:
        return get_start_by_token(token=token)
    except (LinkError, Start.DoesNotExist):
        return None
