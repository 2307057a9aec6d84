"""Reading rounds: whose she may see, whose she may open, what may be told of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from commun.accounts.models import User
from commun.cooperation.api import Need, SharedProject, SuggestedMatch, access_of, projects_of, suggest_matches
from commun.peers import standing
from commun.peers.links import read_round_token, round_mark
from commun.peers.models import Round, RoundLinks
from commun.peers.selectors.introductions import able_to_ask
from commun.peers.standing import ANSWERS, DIMENSIONS, Dimension, Group, Spread
from commun.peers.types import RoundState
from commun.territories.api import Organisation, mandated_organisation_ids

_NAMES = (
    "organisation__territory__departement",
    "organisation__territory__successor__departement",
    "project",
    "opener",
)


@dataclass(frozen=True, kw_only=True)
class Whose:
    """A collectivité, or a project of hers, that may ask where it stands."""

    key: str
    label: str
    organisation: Organisation | None = None
    project: SharedProject | None = None


def whose_of(*, user: User, at: datetime) -> list[Whose]:
    """Collectivités she acts for, and projects that go on of which they are stakeholders."""
    found = [Whose(key=one.body_key, label=one.label, organisation=one) for one in able_to_ask(user=user, at=at)]
    for project in projects_of(user=user, at=at):
        access = access_of(user=user, project=project, at=at)
        if access is not None and access.may_write:
            found.append(Whose(key=project_key(project), label=project.title, project=project))
    return found


def project_key(project: SharedProject) -> str:
    return f"projet:{project.pk}"


def _seen_by(*, user: User, at: datetime) -> Q:
    """Of her collectivités, also under the names they had, and of the projects of which they are stakeholders."""
    projects = projects_of(user=user, at=at).order_by().values("pk")
    return Q(organisation__in=mandated_organisation_ids(user=user, at=at)) | Q(project__in=projects)


def rounds_of(*, user: User, at: datetime) -> QuerySet[Round]:
    """The latest first; what was erased is gone."""
    found = Round.objects.filter(_seen_by(user=user, at=at)).exclude(state=RoundState.ERASED)
    return found.select_related(*_NAMES).order_by("-opened_at", "-pk")


def get_round_for(*, user: User, reference: str, at: datetime) -> Round:
    """Raises `Round.DoesNotExist`, also for whoever is of neither."""
    return rounds_of(user=user, at=at).get(reference=reference)


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One of the links of a round. `used`: it served already."""

    round: Round
    number: int
    used: bool


def get_seat_by_token(*, token: str) -> Seat:
    """Raises `ForgedLink`, `Round.DoesNotExist`, also for a round that was erased."""
    reference, number = read_round_token(token)
    found = Round.objects.select_related(*_NAMES).exclude(state=RoundState.ERASED).get(reference=reference)
    if not 1 <= number <= found.links:
        raise Round.DoesNotExist
    served = RoundLinks.objects.filter(round=found).values_list("used", flat=True).first() or []
    return Seat(round=found, number=number, used=round_mark(reference=reference, number=number) in served)


# --- the result -----------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Line:
    """One statement: how many said what, in the order of the answers; and the time before, where there was one."""

    spread: Spread
    bar: str
    numbers: Sequence[int]
    before: str
    numbers_before: Sequence[int]


@dataclass(frozen=True, kw_only=True)
class Talk:
    """A subject to talk about, and what the library has."""

    dimension: Dimension
    pages: Sequence[SuggestedMatch]


@dataclass(frozen=True, kw_only=True)
class Result:
    people: int
    groups: Sequence[tuple[Group, Sequence[Line]]]
    talks: Sequence[Talk]
    before: Round | None


def result_of(*, row: Round, now: datetime) -> Result | None:
    """None while it is open, and where fewer than five answered: nobody learns how many that was."""
    if row.state != RoundState.CLOSED or not row.result:
        return None
    before = _before(row)
    earlier = {one.statement.key: one for one in standing.read(before.result)} if before is not None else {}
    found = standing.read(row.result)
    lines = [_line(one, earlier.get(one.statement.key)) for one in found]
    groups = [(group, [line for line in lines if line.spread.group == group]) for group in Group]
    return Result(
        people=standing.people_in(row.result),
        groups=[(group, shown) for group, shown in groups if shown],
        talks=_talks(found, now=now),
        before=before,
    )


def _before(row: Round) -> Round | None:
    """The last result of the same people, to put beside."""
    told = Round.objects.filter(body=row.body, state=RoundState.CLOSED, told=True, closed_at__lt=row.closed_at)
    return told.order_by("-closed_at").first()


def _line(spread: Spread, before: Spread | None) -> Line:
    return Line(
        spread=spread,
        bar=standing.draw_bar(spread.counts, title=_said(spread)),
        numbers=[spread.counts[answer] for answer in ANSWERS],
        before=standing.draw_bar(before.counts, title=_said(before)) if before is not None else "",
        numbers_before=[before.counts[answer] for answer in ANSWERS] if before is not None else [],
    )


def _said(spread: Spread) -> str:
    """« Tout à fait : 3, Plutôt : 2 »"""
    return ", ".join(f"{words} : {spread.counts[answer]}" for answer, words in ANSWERS.items() if spread.counts[answer])


def _talks(found: Sequence[Spread], *, now: datetime, limit: int = 3) -> list[Talk]:
    """Of the subjects where people do not see the same, the first ones."""
    apart = [one for one in found if one.group in {Group.APART, Group.UNKNOWN}]
    keys = list(dict.fromkeys(one.statement.dimension for one in apart))[:limit]
    return [Talk(dimension=DIMENSIONS[key], pages=_pages(DIMENSIONS[key], now=now)) for key in keys]


def _pages(dimension: Dimension, *, now: datetime) -> list[SuggestedMatch]:
    asked = Need(title=dimension.title, text=dimension.words)
    return [one for one in suggest_matches(need=asked, now=now, limit=3) if one.page is not None]


# --- the team -------------------------------------------------------------------------------------------


def counts() -> dict[str, int]:
    """How many were made: all that the team may know."""
    return Round.objects.aggregate(
        made=Count("pk"),
        open=Count("pk", filter=Q(state=RoundState.OPEN)),
        told=Count("pk", filter=Q(told=True)),
    )
