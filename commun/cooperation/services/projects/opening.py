"""From a decided vote to a project: the call, its end by the clock, its phases, its report."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.text import slugify

from commun.accounts.models import User
from commun.cooperation.exceptions import ChoiceTaken, ReasonMissing, TooFewStakeholders, WrongState
from commun.cooperation.lives import PROJECT
from commun.cooperation.models import Engagement, ProjectEntry, SharedProject
from commun.cooperation.selectors.projects import choices_of, present
from commun.cooperation.services.projects.letters import write_to
from commun.cooperation.types import (
    FEWEST_STAKEHOLDERS,
    PHASES,
    EngagementRole,
    EngagementState,
    EntryKind,
    ProjectState,
)
from commun.library.api import ResourceDraft, ResourceKind, ThemePage, create_resource_draft
from commun.votes.api import Vote

CALL_LASTS = timedelta(days=30)
_FEW = "Moins de trois collectivités se sont inscrites comme parties prenantes avant la fin de l’appel."


def lock_project(*, project_id: int) -> SharedProject:
    """The row, locked until the end of the transaction: enrolments and departures wait for each other here."""
    return SharedProject.objects.select_for_update(of=("self",)).get(pk=project_id)


@transaction.atomic
def open_project(
    *,
    vote: Vote,
    number: int,
    by: User,
    now: datetime,
    call_until: datetime | None = None,
    summary: str = "",
    theme: ThemePage | None = None,
    departure: str = "",
) -> SharedProject:
    """A project for one theme of a decided vote, and its call. `departure`: why, where the ranking says another.

    Raises `VoteNotDecided`, `ChoiceTaken`, `ReasonMissing`.
    """
    vote = Vote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    choice = next((one for one in choices_of(vote=vote) if one.number == number), None)
    if choice is None or choice.why_not == "taken":
        raise ChoiceTaken
    if choice.why_not and not departure.strip():
        raise ReasonMissing
    project = SharedProject.objects.create(
        slug=_free_slug(choice.title),
        title=choice.title,
        summary=summary,
        vote=vote,
        option_number=number,
        departure=departure.strip() if choice.why_not else "",
        theme=theme,
        call_until=call_until or now + CALL_LASTS,
        created_at=now,
        created_by=by,
        moved_at=now,
    )
    _note(project=project, title=ProjectState.CALL.label, by=by, now=now)
    return project


@transaction.atomic
def change_project(*, project_id: int, values: dict[str, Any], now: datetime) -> SharedProject:
    """Title, summary, theme, end of the call while it lasts. Raises `WrongState` once the project is over."""
    project = lock_project(project_id=project_id)
    names = ["title", "summary", "theme"] + (["call_until"] if project.state == ProjectState.CALL else [])
    if project.is_over:
        raise WrongState(project.state)
    for name in names:
        if name in values:
            setattr(project, name, values[name])
    project.save(update_fields=names)
    return project


def end_calls(*, now: datetime) -> int:
    """Calls whose time is over (periodic); how many ended."""
    due = SharedProject.objects.filter(state=ProjectState.CALL, call_until__lte=now).order_by("pk")
    return sum(end_call(project_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def end_call(*, project_id: int, now: datetime, by: User | None = None) -> bool:
    """Three stakeholders make a project; fewer, and the theme gives way to the next. Everyone who enrolled is told.

    Asked twice, or before its time by the clock, it is done once; an editor (`by`) may end it earlier.
    """
    project = lock_project(project_id=project_id)
    if project.state != ProjectState.CALL or (by is None and project.call_until > now):
        return False
    stakeholders = present(project=project, role=EngagementRole.STAKEHOLDER).count()
    feasible = stakeholders >= FEWEST_STAKEHOLDERS
    to = ProjectState.DESIGN if feasible else ProjectState.GIVEN_UP
    PROJECT.check(project.state, to)
    project.state = to
    project.given_up_because = "" if feasible else _FEW
    project.call_until = min(project.call_until, now)
    project.moved_at = now
    project.save(update_fields=["state", "given_up_because", "call_until", "moved_at"])
    _note(project=project, title=project.get_state_display(), text=project.given_up_because, by=by, now=now)
    _tell_all(project=project, template="project_starts" if feasible else "project_given_up")
    return True


@transaction.atomic
def move_project(*, project_id: int, to: ProjectState, by: User, now: datetime, words: str = "") -> SharedProject:
    """To the next phase, or back to the one before; given up, with its reason. Raises `WrongState`."""
    project = lock_project(project_id=project_id)
    if to == ProjectState.GIVEN_UP:
        if project.is_over:
            raise WrongState(project.state)
        if not words.strip():
            raise ReasonMissing
        project.given_up_because = words.strip()[:500]
    elif not project.is_running or not _one_phase(project.state, to):
        raise WrongState(project.state)
    project.state, project.moved_at = to, now
    project.save(update_fields=["state", "given_up_because", "moved_at"])
    _note(project=project, title=to.label, text=words, by=by, now=now)
    if to == ProjectState.GIVEN_UP:
        _tell_all(project=project, template="project_given_up")
    return project


def _one_phase(before: str, to: ProjectState) -> bool:
    """Forward, or back to the one before; the report has a way of its own."""
    forward = to != ProjectState.REPORTED and PROJECT.allows(before, to)
    return forward or PROJECT.allows(before, to, undo=True)


@transaction.atomic
def report_project(*, project_id: int, text: str, what_failed: str, by: User, now: datetime) -> SharedProject:
    """The final report: the project is over, and a draft experience of the library is made of it, that editors finish.

    Raises `WrongState`, `TooFewStakeholders`, `SectionMissing`.
    """
    project = lock_project(project_id=project_id)
    if not PROJECT.allows(project.state, ProjectState.REPORTED):
        raise WrongState(project.state)
    stakeholders = list(present(project=project, role=EngagementRole.STAKEHOLDER))
    if not stakeholders:
        raise TooFewStakeholders
    page = create_resource_draft(
        draft=ResourceDraft(
            kind=ResourceKind.EXPERIENCE,
            title=project.title,
            summary=project.summary[:500],
            body=text,
            what_failed=what_failed,
            themes=[project.theme] if project.theme else [],
            territories=[one.organisation.place for one in stakeholders if one.organisation.place],
            organisations=[one.organisation for one in stakeholders],
            source_label="Projet partagé",
            source_url=settings.SITE_URL + reverse("cooperation:project", args=[project.slug]),
        ),
        owner=by,
    )
    project.state, project.moved_at = ProjectState.REPORTED, now
    project.report_id = page.pk
    project.save(update_fields=["state", "moved_at", "report"])
    _note(project=project, title=ProjectState.REPORTED.label, text=text, by=by, now=now)
    # Before the experience is on line: it names them.
    _tell_all(project=project, template="project_reported", contact_url=settings.SITE_URL + "/contact/")
    return project


def _note(*, project: SharedProject, title: str, by: User | None, now: datetime, text: str = "") -> None:
    ProjectEntry.objects.create(
        project=project, kind=EntryKind.PHASE, title=title[:200], text=text[:10_000], is_public=True, by=by, at=now
    )


def _tell_all(*, project: SharedProject, template: str, **context: Any) -> None:
    rows = Engagement.objects.filter(project=project).exclude(state=EngagementState.LEFT)
    for row in rows.select_related("contact", "organisation"):
        write_to(engagement=row, template=template, subject=f"Projet partagé : {project.title}", **context)


def _free_slug(title: str) -> str:
    root = slugify(title)[:70].strip("-") or "projet"
    taken = set(SharedProject.objects.filter(slug__startswith=root).values_list("slug", flat=True))
    return next(slug for slug in (root, *(f"{root}-{rank}" for rank in range(2, len(taken) + 3))) if slug not in taken)


def phases_of(*, project: SharedProject) -> list[tuple[str, str]]:
    """(label, "done" | "current" | "") of each phase; a project given up stays where it was."""
    if project.state == ProjectState.GIVEN_UP:
        return []
    at = PHASES.index(ProjectState(project.state))
    return [
        (phase.label, "done" if number < at else "current" if number == at else "")
        for number, phase in enumerate(PHASES)
    ]
