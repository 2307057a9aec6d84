"""Reading shared projects: which themes of a vote could be one, who takes part, who may enter its space."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from commun.accounts.models import User
from commun.cooperation import waiting
from commun.cooperation.exceptions import VoteNotDecided
from commun.cooperation.models import Engagement, ProjectMeeting, SharedProject
from commun.cooperation.types import FEWEST_STAKEHOLDERS, Choice, EngagementRole, EngagementState, ProjectState
from commun.territories.api import MandateLevel, Organisation, TerritoryKind, mandated_organisation_ids, memberships_of
from commun.votes.api import Vote, VoteState, get_results

RUN = "cooperation.run_projects"
ELIGIBLE = frozenset({TerritoryKind.COMMUNE, TerritoryKind.EPCI, TerritoryKind.DEPARTEMENT})
_NAMES = "organisation__territory__departement"


@dataclass(frozen=True, kw_only=True)
class Access:
    """What a person is to a project: for which collectivité, and whether it writes."""

    engagement: Engagement
    may_write: bool


def choices_of(*, vote: Vote) -> Sequence[Choice]:
    """Themes of a decided vote, best first, with what keeps each from being the next project. Raises `VoteNotDecided`.

    The rule: the best placed with three ready stakeholders; one without them gives way to the next.
    """
    if vote.state != VoteState.DECIDED:
        raise VoteNotDecided
    taken = set(SharedProject.objects.filter(vote=vote).values_list("option_number", flat=True))
    found: list[Choice] = []
    open_before = False
    for result in get_results(vote=vote):
        why_not = "taken" if result.number in taken else ""
        if not why_not and result.ready < FEWEST_STAKEHOLDERS:
            why_not = "few_ready"
        if not why_not and open_before:
            why_not = "before"
        open_before = open_before or not why_not
        found.append(
            Choice(
                number=result.number,
                title=result.title,
                place=result.place,
                ready=result.ready,
                observers=result.observers,
                why_not=why_not,
            )
        )
    return found


def present(*, project: SharedProject, role: EngagementRole | None = None) -> QuerySet[Engagement]:
    """Who takes part now, by order of enrolment, names loaded; the waiting list is not among them."""
    found = project.engagements.filter(state=EngagementState.IN)
    if role is not None:
        found = found.filter(role=role)
    return found.select_related(_NAMES, "contact").order_by("enrolled_at", "pk")


def waiting_list(*, project: SharedProject) -> Sequence[Engagement]:
    """The next first, by the published criteria."""
    rows = project.engagements.filter(role=EngagementRole.STAKEHOLDER).exclude(state=EngagementState.LEFT)
    by_key = {row.pk: row for row in rows.select_related(_NAMES)}
    seated = [_party(row) for row in by_key.values() if row.state == EngagementState.IN]
    queue = [_party(row) for row in by_key.values() if row.state == EngagementState.WAITING]
    return [by_key[one.key] for one in waiting.in_order(waiting=queue, seated=seated)]


def _party(row: Engagement) -> waiting.Party:
    place = row.organisation.place
    departement = ""
    if place is not None:
        departement = place.code if place.kind == TerritoryKind.DEPARTEMENT else getattr(place.departement, "code", "")
    return waiting.Party(
        key=row.pk,
        departement=departement,
        population=place.population if place is not None else None,
        enrolled_at=row.enrolled_at,
    )


def access_of(*, user: User | AnonymousUser, project: SharedProject, at: datetime) -> Access | None:
    """How she enters the project's space: by a stakeholder she acts for, else by an observer; None for strangers."""
    held = mandated_organisation_ids(user=user, at=at)
    hers = [row for row in present(project=project) if row.organisation_id in held] if held else []
    if not hers:
        return None
    row = next((one for one in hers if one.role == EngagementRole.STAKEHOLDER), hers[0])
    return Access(engagement=row, may_write=row.role == EngagementRole.STAKEHOLDER and not project.is_over)


def get_project_for(*, user: User | AnonymousUser, slug: str, at: datetime) -> tuple[SharedProject, Access]:
    """The project and how she enters its space. Raises `SharedProject.DoesNotExist`, also for strangers."""
    project = SharedProject.objects.select_related("vote", "theme").get(slug=slug)
    access = access_of(user=user, project=project, at=at)
    if access is None:
        raise SharedProject.DoesNotExist
    return project, access


def engagements_of(*, user: User, at: datetime) -> QuerySet[Engagement]:
    """Those of the collectivités she may act for, the latest first."""
    places = {row.organisation.place.key for row in memberships_of(user=user, at=at) if row.organisation.place}
    found = Engagement.objects.filter(place_key__in=places).exclude(state=EngagementState.LEFT)
    return found.select_related("project", _NAMES).order_by("-enrolled_at", "-pk")


def projects_of(*, user: User, at: datetime) -> QuerySet[SharedProject]:
    """Those of which collectivités she may act for are stakeholders, the latest first."""
    found = engagements_of(user=user, at=at).filter(role=EngagementRole.STAKEHOLDER, state=EngagementState.IN)
    return SharedProject.objects.filter(pk__in=found.order_by().values("project")).order_by("-created_at", "-pk")


@dataclass(frozen=True, kw_only=True)
class Eligible:
    """A collectivité she may act for: at which level, and how it takes part already."""

    organisation: Organisation
    level: MandateLevel
    engagement: Engagement | None


def eligible_of(*, user: User | AnonymousUser, project: SharedProject, at: datetime) -> Sequence[Eligible]:
    """Communes, EPCI and départements she may act for, each place once."""
    engaged = {row.place_key: row for row in project.engagements.exclude(state=EngagementState.LEFT)}
    found = []
    seen: set[str] = set()
    for row in memberships_of(user=user, at=at):
        place = row.organisation.place
        if place is not None and place.kind in ELIGIBLE and place.key not in seen:
            seen.add(place.key)
            held = engaged.get(place.key)
            found.append(Eligible(organisation=row.organisation, level=MandateLevel(row.level), engagement=held))
    return found


def choice_of(*, project: SharedProject) -> Choice | None:
    """The theme of the vote it comes from, with its place; None where the vote has none of that number."""
    return next((one for one in choices_of(vote=project.vote) if one.number == project.option_number), None)


def projects_on(*, theme_id: int) -> Sequence[SharedProject]:
    """What votes became on this theme: its projects, the latest first, their vote loaded."""
    return list(SharedProject.objects.filter(theme=theme_id).select_related("vote").order_by("-created_at", "-pk"))


def next_change(after: datetime) -> datetime | None:
    """The next moment at which a call or a meeting is over."""
    calls = SharedProject.objects.filter(state=ProjectState.CALL, call_until__gt=after)
    meetings = ProjectMeeting.objects.filter(end__gte=after, cancelled_at=None)
    over = calls.order_by("call_until").values_list("call_until", flat=True).first()
    met = meetings.order_by("end").values_list("end", flat=True).first()
    return min((one for one in (over, met and met + timedelta(microseconds=1)) if one is not None), default=None)
