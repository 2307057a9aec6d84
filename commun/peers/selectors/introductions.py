"""Reading introductions: who may be asked, what a person sees of one, what the team sees."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from commun.accounts.models import User
from commun.cooperation.api import Need, descendants_of, needs_in_the_name_of
from commun.library.api import ExperiencePage
from commun.peers.links import read_introduction_token
from commun.peers.models import Introduction, Quiet
from commun.peers.types import A_MONTH, FEWEST_TOLD, WAITING, Helped, IntroductionState, Side
from commun.territories.api import (
    MandateLevel,
    Organisation,
    find_mandate,
    mandated_organisation_ids,
    members_of,
    memberships_of,
    organisation_level,
)

FOLLOW = "peers.follow_introductions"
_MOST_OTHERS = 12
_NAMES = (
    "asking__territory__departement",
    "asking__territory__successor__departement",
    "asked__territory__departement",
    "asked__territory__successor__departement",
    "user",
    "answered_by",
)


def people_to_ask(*, organisation: Organisation, at: datetime, but: int | None = None) -> list[User]:
    """Its verified members who have not asked to be left alone; `but`: whoever is asking."""
    if not organisation.is_checked:
        return []
    people = {row.user_id: row.user for row in members_of(organisation=organisation, at=at) if row.user_id != but}
    quiet = set(Quiet.objects.filter(user__in=people).values_list("user", flat=True))
    return [user for pk, user in people.items() if pk not in quiet]


def is_quiet(*, user: User) -> bool:
    return Quiet.objects.filter(user=user).exists()


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """An introduction as one person sees it."""

    row: Introduction
    person: User
    side: Side
    mine: Organisation
    other: Organisation

    @property
    def helped(self) -> str:
        return self.row.helped_asking if self.side == Side.ASKING else self.row.helped_asked

    @property
    def shown(self) -> bool:
        return self.row.shown_by_asking if self.side == Side.ASKING else self.row.shown_by_asked

    @property
    def contact(self) -> User | None:
        return self.row.answered_by if self.side == Side.ASKING else self.row.user

    @property
    def badge(self) -> str:
        """What this side may know."""
        if self.side == Side.ASKED and self.row.state == IntroductionState.DECLINED:
            return "Déclinée"
        if self.side == Side.ASKED and self.row.state == IntroductionState.ASKED:
            return "À répondre"
        return self.row.told_state


def as_seen(*, row: Introduction, person: User, at: datetime) -> Meeting | None:
    """None for whoever acts for neither of the two now."""
    sides = [(Side.ASKING, row.asking, row.asked), (Side.ASKED, row.asked, row.asking)]
    for side, mine, other in sides:
        if find_mandate(user=person, organisation=mine, at=at) is not None:
            return Meeting(row=row, person=person, side=side, mine=mine, other=other)
    return None


def get_meeting_by_token(*, token: str, at: datetime) -> Meeting:
    """Raises `ForgedLink`; `Introduction.DoesNotExist`, also where the person no longer acts for either."""
    reference, user_id = read_introduction_token(token)
    row = Introduction.objects.select_related(*_NAMES).get(reference=reference)
    person = User.objects.filter(pk=user_id, is_active=True).first()
    found = as_seen(row=row, person=person, at=at) if person is not None else None
    if found is None:
        raise Introduction.DoesNotExist
    return found


def meetings_of(*, user: User, at: datetime, limit: int = 20) -> list[Meeting]:
    """Those of the bodies she may act for, also under the names they had: what is asked of them first, then the
    latest."""
    held = mandated_organisation_ids(user=user, at=at)
    if not held:
        return []
    mine = Introduction.objects.filter(Q(asking__in=held) | Q(asked__in=held))
    found = []
    for row in mine.select_related(*_NAMES).order_by("-asked_at", "-pk")[: 2 * limit]:
        if row.asking_id in held:
            found.append(Meeting(row=row, person=user, side=Side.ASKING, mine=row.asking, other=row.asked))
        elif row.state not in {IntroductionState.NOT_THIS_TIME, IntroductionState.WITHDRAWN}:
            found.append(Meeting(row=row, person=user, side=Side.ASKED, mine=row.asked, other=row.asking))
    found.sort(key=lambda one: one.badge != "À répondre")
    return found[:limit]


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """What two collectivités could meet about, for the form."""

    theirs: Sequence[Need]
    ours: Sequence[Need]
    pages: Sequence[ExperiencePage]


def subjects_between(*, asking: Collection[Organisation], asked: Organisation, now: datetime) -> Subjects:
    """Needs that the other shows and ours, experiences that the other is ready to speak about; five of each."""
    told = ExperiencePage.objects.live().filter(Q(contributor=asked) | Q(organisations=asked)).distinct()
    ready = told.filter(testifies_until__gte=timezone.localdate(now)).order_by("-first_published_at")
    return Subjects(
        theirs=list(needs_in_the_name_of(organisations=[asked], shown_only=True)[:5]),
        ours=list(needs_in_the_name_of(organisations=asking)[:5]),
        pages=list(ready[:5]),
    )


def able_to_ask(*, user: User, at: datetime) -> list[Organisation]:
    """Bodies she may ask for, each once."""
    found: dict[str, Organisation] = {}
    for row in memberships_of(user=user, at=at):
        found.setdefault(row.organisation.body_key, row.organisation)
    return list(found.values())


def others_to_meet(*, row: Introduction, at: datetime, limit: int = 3) -> list[Organisation]:
    """Who else could be asked: whoever shows such a need, or began after the same page."""
    found: dict[str, Organisation] = {}
    need = Need.objects.filter(reference=row.need_reference).first() if row.need_reference else None
    need = need or needs_in_the_name_of(organisations=[row.asking]).first()
    if need is not None and need.theme_id is not None:
        for one in needs_in_the_name_of(theme_id=need.theme_id, shown_only=True)[:_MOST_OTHERS]:
            if one.organisation is not None:
                found.setdefault(one.organisation.body_key, one.organisation)
    if row.page_id is not None:
        for each in descendants_of(page_id=row.page_id, limit=_MOST_OTHERS):
            found.setdefault(each.start.organisation.body_key, each.start.organisation)
    known = {row.asking_body, row.asked_body}
    able = (one for key, one in found.items() if key not in known and people_to_ask(organisation=one, at=at))
    return [one for one, _ in zip(able, range(limit), strict=False)]


def could_meet(*, organisations: Collection[Organisation], at: datetime) -> list[Organisation]:
    """Those that somebody acts for: whom a page may offer to ask. Whether she may be asked just now is told to nobody
    before she is."""
    found: dict[str, Organisation] = {}
    for one in organisations:
        if one.is_checked and organisation_level(organisation=one, at=at) >= MandateLevel.M1:
            found.setdefault(one.body_key, one)
    return list(found.values())


def accepted_since(*, since: datetime | None) -> int:
    """How many said yes, from five on; 0 for less, which would name."""
    found = Introduction.objects.filter(state=IntroductionState.ACCEPTED)
    if since is not None:
        found = found.filter(accepted_at__gte=since)
    number = found.count()
    return number if number >= FEWEST_TOLD else 0


# --- the team -------------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """`asked` and `accepted` of the last thirty days; the rest since the beginning."""

    waiting: int
    asked_of_late: int
    accepted_of_late: int
    accepted: int
    over: int
    helped: dict[str, int]

    @property
    def answers(self) -> int:
        return sum(self.helped.values())


def numbers(*, at: datetime) -> Numbers:
    """Two queries, however many there are."""
    of_late = Q(asked_at__gte=at - A_MONTH)
    accepted = Q(state=IntroductionState.ACCEPTED)
    counts = Introduction.objects.aggregate(
        waiting=Count("pk", filter=Q(state__in=list(WAITING))),
        asked_of_late=Count("pk", filter=of_late),
        accepted_of_late=Count("pk", filter=accepted & Q(accepted_at__gte=at - A_MONTH)),
        accepted=Count("pk", filter=accepted),
        over=Count("pk", filter=Q(state=IntroductionState.NOT_THIS_TIME)),
    )
    sides = Introduction.objects.aggregate(
        **{
            f"{side}_{one.value}": Count("pk", filter=Q(**{f"helped_{side}": one}))
            for side in ("asking", "asked")
            for one in Helped
        }
    )
    helped = {str(one.label): sides[f"asking_{one.value}"] + sides[f"asked_{one.value}"] for one in Helped}
    return Numbers(**counts, helped=helped)


def waiting() -> QuerySet[Introduction]:
    """Those that wait for an answer, the oldest first. What was declined waits too, for whoever looks."""
    return Introduction.objects.filter(state__in=list(WAITING)).select_related(*_NAMES[:4]).order_by("asked_at", "pk")
