"""Reading starts: what a page set off, and what a person follows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, F, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber
from wagtail.models import Page

from commun.accounts.models import User
from commun.cms.api import Licence
from commun.common.errors import LinkError
from commun.cooperation import links
from commun.cooperation.models import Start
from commun.library.api import ExperiencePage, GuidePage, KitPage, ResourceDocument, ResourcePage
from commun.territories.api import MandateLevel, Organisation, find_mandate, memberships_of

INSPIRING: tuple[type[Page], ...] = (ExperiencePage, GuidePage, KitPage)
_NAMES = "organisation__territory__departement"
_NAMES_NOW = (_NAMES, "organisation__territory__successor__departement")


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
    """A start that may be seen; `story`: the experience that came of it, on line. `below`: what that set off in its
    turn, even where it is no longer on line; `more`: how many others there are."""

    start: Start
    story: Page | None
    below: Sequence[Descendant] = ()
    more: int = 0


@dataclass(frozen=True, kw_only=True)
class Descent:
    """Two generations of what a page set off; `more`: how many others of the first there are."""

    found: Sequence[Descendant] = ()
    more: int = 0


MOST_CHILDREN = 12
MOST_BELOW = 4


def descendants_of(*, page_id: int, limit: int = 50) -> Sequence[Descendant]:
    """What one page set off, stories first, then the latest. One query."""
    return [_descendant(one) for one in _first_of(pages=[page_id], limit=limit, root=page_id)]


def descent_of(*, page_id: int, among_members: bool = False) -> Descent:
    """The same with what each set off in its turn, the first of each. Two queries, however many there are.

    `among_members`: with what is told to members only; nothing of it may be shown to anybody else.
    """
    children = _first_of(pages=[page_id], limit=MOST_CHILDREN, root=page_id, among_members=among_members)
    pages = {one.gave_id for one in children if one.gave_id is not None}
    below: dict[int, list[Start]] = {pk: [] for pk in pages}
    found = _first_of(pages=pages, limit=MOST_BELOW, root=page_id, among_members=among_members) if pages else ()
    for row in found:
        below[row.inspired_by_id or 0].append(row)
    return Descent(
        found=[_descendant(one, below=below.get(one.gave_id or 0, ())) for one in children],
        more=_more(children),
    )


def _first_of(*, pages: Iterable[int], limit: int, root: int, among_members: bool = False) -> list[Start]:
    """Of each page, the first starts that everybody (or members) may see, with how many (`among`) there are. What came
    back to `root` is not told again."""
    seen = Start.objects.filter(inspired_by__in=set(pages), is_proved=True)
    seen = seen if among_members else seen.filter(is_public=True)
    order = [Case(When(gave__live=True, then=0), default=1), F("started_at").desc(), F("pk").desc()]
    numbered = seen.filter(Q(gave=None) | ~Q(gave=root)).annotate(
        place=Window(RowNumber(), partition_by="inspired_by", order_by=order),
        among=Window(Count("pk"), partition_by="inspired_by"),
    )
    return list(numbered.filter(place__lte=limit).select_related(_NAMES, "gave").order_by("inspired_by_id", "place"))


def _descendant(row: Start, *, below: Sequence[Start] = ()) -> Descendant:
    return Descendant(
        start=row,
        story=row.gave if row.gave is not None and row.gave.live else None,
        below=[_descendant(one) for one in below],
        more=_more(below),
    )


def _more(rows: Sequence[Start]) -> int:
    return rows[0].among - len(rows) if rows else 0  # type: ignore[attr-defined]


def ancestor_of(*, page_id: int) -> Page | None:
    """The nearest page on line from which this experience descends: one that is no longer there is passed over."""
    for parents in _generations(page_id=page_id):
        found = next((one for one in parents if one.live), None)
        if found is not None:
            return found
    return None


def ancestors_of(*, page_id: int) -> set[int]:
    """Every page from which it descends, on line or not."""
    return {one.pk for parents in _generations(page_id=page_id) for one in parents}


def _generations(*, page_id: int) -> Iterator[list[Page]]:
    """Parents, then theirs…, each page once; one query for each generation."""
    seen, pages = {page_id}, [page_id]
    while pages:
        rows = Start.objects.filter(gave__in=pages, inspired_by__isnull=False).select_related("inspired_by")
        parents = {row.inspired_by_id: row.inspired_by for row in rows if row.inspired_by_id not in seen}
        found = [one for one in parents.values() if one is not None]
        if found:
            yield found
        pages = [one.pk for one in found]
        seen.update(pages)


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
    found = Start.objects.filter(user=user) | Start.objects.filter(place_key__in=places, is_proved=True)
    return found.select_related(_NAMES, "inspired_by").order_by("-started_at", "-pk")


def get_start_by_token(*, token: str, at: datetime) -> Start:
    """Raises `ForgedLink`; `Start.DoesNotExist`, also where the person neither follows it nor acts for whoever began
    it any more."""
    reference, user_id = links.read_start_token(token)
    row = Start.objects.select_related(*_NAMES_NOW, "inspired_by", "gave").get(reference=reference)
    person = User.objects.filter(pk=user_id, is_active=True).first()
    if person is None or (row.user_id != person.pk and not acts_for(user=person, start=row, at=at)):
        raise Start.DoesNotExist
    return row


def acts_for(*, user: User, start: Start, at: datetime) -> bool:
    """Whether it is said in the name of a body of hers. What waits for a proof is of her alone who said it."""
    return start.is_proved and find_mandate(user=user, organisation=start.organisation, at=at) is not None


def start_behind(*, token: str, at: datetime) -> Start | None:
    """What a link sent to one mailbox is about; None for one that leads nowhere."""
    try:
        return get_start_by_token(token=token, at=at)
    except (LinkError, Start.DoesNotExist):
        return None
