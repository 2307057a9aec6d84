"""Collectivités join a project, wait for a place, leave it. Places are counted under a lock on the project."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.accounts.models import User
from commun.cooperation.exceptions import AlreadyEngaged, CallOver, NotEligible, NotEngaged
from commun.cooperation.models import ActionPlan, Engagement, ProjectEntry, SharedProject
from commun.cooperation.selectors.projects import ELIGIBLE, present, waiting_list
from commun.cooperation.services.projects.letters import write_to
from commun.cooperation.services.projects.opening import lock_project
from commun.cooperation.types import (
    MOST_STAKEHOLDERS,
    EngagementRole,
    EngagementState,
    EntryKind,
    ProjectState,
)
from commun.territories.api import MandateLevel, Organisation, require_mandate

# What each part asks of whoever enrols her collectivité: a stakeholder commits it, an observer does not.
LEVELS = {EngagementRole.STAKEHOLDER: MandateLevel.M3, EngagementRole.OBSERVER: MandateLevel.M1}


@transaction.atomic
def enrol(
    *, project_id: int, organisation: Organisation, role: EngagementRole, user: User, now: datetime
) -> Engagement:
    """A collectivité takes part. The sixth stakeholder waits, by the published criteria. An observer may become a
    stakeholder; the same enrolment asked twice is one.

    Raises `MandateMissing`, `NotEligible`, `CallOver`, `AlreadyEngaged`.
    """
    project = lock_project(project_id=project_id)
    require_mandate(user=user, organisation=organisation, level=LEVELS[role], at=now)
    place = organisation.place
    if place is None or place.kind not in ELIGIBLE:
        raise NotEligible
    _require_open(project=project, role=role, now=now)
    held = project.engagements.filter(place_key=place.key).exclude(state=EngagementState.LEFT).first()
    if held is not None and role in {held.role, EngagementRole.OBSERVER}:
        raise AlreadyEngaged(held.role, held.state)
    waits = role == EngagementRole.STAKEHOLDER and _stakeholders(project) >= MOST_STAKEHOLDERS
    if held is not None and waits:
        raise CallOver  # she would lose what she has for a place that may never come
    if held is not None:
        _leave(held, now=now)
    row = Engagement.objects.create(
        project=project,
        organisation=organisation,
        place_key=place.key,
        role=role,
        state=EngagementState.WAITING if waits else EngagementState.IN,
        contact=user,
        enrolled_by=user,
        enrolled_at=now,
        seated_at=now if role == EngagementRole.STAKEHOLDER and not waits else None,
    )
    if not waits:
        _seat(row, now=now)
    write_to(engagement=row, template="project_enrolled", subject=f"Inscription à un projet partagé : {project.title}")
    return row


def _require_open(*, project: SharedProject, role: EngagementRole, now: datetime) -> None:
    """Stakeholders join during the call; observers as long as the project lasts."""
    calling = project.state == ProjectState.CALL and now < project.call_until
    if not (calling or (role == EngagementRole.OBSERVER and project.is_running)):
        raise CallOver


def _stakeholders(project: SharedProject) -> int:
    return present(project=project, role=EngagementRole.STAKEHOLDER).count()


def _seat(row: Engagement, *, now: datetime) -> None:
    if row.role == EngagementRole.STAKEHOLDER:
        ActionPlan.objects.get_or_create(engagement=row, defaults={"changed_at": now})
    _note(row, kind=EntryKind.JOINED, now=now)


def _note(row: Engagement, *, kind: EntryKind, now: datetime) -> None:
    """`organisation` says who; the title, as what."""
    ProjectEntry.objects.create(
        project=row.project,
        kind=kind,
        title=row.get_role_display(),
        is_public=True,
        organisation=row.organisation,
        at=now,
    )


def _leave(row: Engagement, *, now: datetime) -> None:
    was_in = row.state == EngagementState.IN
    row.state, row.left_at = EngagementState.LEFT, now
    row.save(update_fields=["state", "left_at"])
    if was_in:
        _note(row, kind=EntryKind.LEFT, now=now)


@transaction.atomic
def withdraw(*, engagement_id: int, user: User, now: datetime) -> Engagement:
    """A collectivité leaves the project or its waiting list; the first of the list takes the place, and is told.

    Raises `MandateMissing`, `NotEngaged`.
    """
    found = Engagement.objects.filter(pk=engagement_id).values_list("project", flat=True).first()
    if found is None:
        raise NotEngaged
    project = lock_project(project_id=found)
    row = Engagement.objects.select_related("organisation").get(pk=engagement_id)
    require_mandate(user=user, organisation=row.organisation, level=LEVELS[EngagementRole(row.role)], at=now)
    if row.state == EngagementState.LEFT or project.is_over:
        raise NotEngaged
    _leave(row, now=now)
    write_to(engagement=row, template="project_left", subject=f"Départ d’un projet partagé : {project.title}")
    fill_places(project=project, now=now)
    return row


def fill_places(*, project: SharedProject, now: datetime) -> int:
    """Seat the waiting list as far as there are places; how many were seated. The caller holds the project's lock."""
    if project.is_over:
        return 0
    free = MOST_STAKEHOLDERS - _stakeholders(project)
    seated = list(waiting_list(project=project))[: max(free, 0)]
    for row in seated:
        row.state, row.seated_at = EngagementState.IN, now
        row.save(update_fields=["state", "seated_at"])
        _seat(row, now=now)
        write_to(engagement=row, template="project_seated", subject=f"Une place s’est libérée : {project.title}")
    return len(seated)


@transaction.atomic
def pass_on(*, user_id: int, organisation_id: int, heir: User | None) -> int:
    """Whoever was its contact no longer acts for it: a colleague is, or nobody until one comes forward."""
    rows = Engagement.objects.filter(contact=user_id, organisation=organisation_id).exclude(state=EngagementState.LEFT)
    return rows.update(contact=heir)
