"""What stakeholders write in the space of their project: news, decisions, documents, meetings, plans, comments.

Each act asks for the access that `selectors.projects.get_project_for` gave: it says for whom one writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import filetype
from django.core.files.base import ContentFile
from django.db import transaction

from commun.accounts.models import User
from commun.agenda.api import EventDraft, create_event_draft
from commun.cooperation.exceptions import DocumentRefused, NotStakeholder, WrongState
from commun.cooperation.models import (
    ActionPlan,
    ActionStep,
    PlanComment,
    ProjectEntry,
    ProjectMeeting,
    SharedProject,
)
from commun.cooperation.selectors.projects import Access, present
from commun.cooperation.services.projects.letters import write_to
from commun.cooperation.types import EntryKind, StepState

LARGEST = 10 * 1024 * 1024
MOST_STEPS = 60
# Extension → what the bytes must look like; None where a text has no signature.
_KINDS: dict[str, tuple[str, str | None]] = {
    "pdf": ("application/pdf", "pdf"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "zip"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "zip"),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "zip"),
    "odt": ("application/vnd.oasis.opendocument.text", "zip"),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", "zip"),
    "odp": ("application/vnd.oasis.opendocument.presentation", "zip"),
    "jpg": ("image/jpeg", "jpg"),
    "jpeg": ("image/jpeg", "jpg"),
    "png": ("image/png", "png"),
}
_ZIPPED = {"zip", "docx", "xlsx", "pptx", "odt", "ods", "odp"}


@dataclass(frozen=True, kw_only=True)
class Upload:
    name: str
    data: bytes


def require_writer(access: Access) -> None:
    if not access.may_write:
        raise NotStakeholder


def write_entry(
    *, access: Access, kind: EntryKind, title: str, text: str, is_public: bool, user: User, now: datetime
) -> ProjectEntry:
    """A piece of news or a decision. Raises `NotStakeholder`."""
    require_writer(access)
    return ProjectEntry.objects.create(
        project=access.engagement.project,
        kind=kind,
        title=title,
        text=text,
        is_public=is_public,
        organisation=access.engagement.organisation,
        by=user,
        at=now,
    )


def add_document(
    *, access: Access, title: str, upload: Upload, is_public: bool, user: User, now: datetime
) -> ProjectEntry:
    """A file of a usual kind, whose bytes are what its name says. Raises `NotStakeholder`, `DocumentRefused`."""
    require_writer(access)
    content_type = kind_of(upload)
    return ProjectEntry.objects.create(
        project=access.engagement.project,
        kind=EntryKind.DOCUMENT,
        title=title,
        file=ContentFile(upload.data, name="document"),
        file_name=upload.name[-160:],
        content_type=content_type,
        size=len(upload.data),
        is_public=is_public,
        organisation=access.engagement.organisation,
        by=user,
        at=now,
    )


def kind_of(upload: Upload) -> str:
    """Content type, by name and by bytes. Raises `DocumentRefused` ("empty", "large", "kind")."""
    if not upload.data:
        raise DocumentRefused("empty")
    if len(upload.data) > LARGEST:
        raise DocumentRefused("large")
    extension = upload.name.rpartition(".")[2].lower()
    known = _KINDS.get(extension)
    found = filetype.guess_extension(upload.data[:4096])
    if known is None or found is None:
        raise DocumentRefused("kind")
    content_type, wanted = known
    if found != wanted and not (wanted == "zip" and found in _ZIPPED):
        raise DocumentRefused("kind")
    return content_type


@transaction.atomic
def plan_meeting(
    *, access: Access, values: dict[str, Any], announce: bool, user: User, now: datetime
) -> ProjectMeeting:
    """A meeting, told to everyone who takes part; open to all, a draft event of the agenda is made of it, that editors
    publish. Raises `NotStakeholder`, `ValidationError`."""
    require_writer(access)
    project = access.engagement.project
    meeting = ProjectMeeting.objects.create(project=project, **values)
    if announce:
        meeting.event = create_event_draft(
            draft=EventDraft(
                title=f"{project.title} : {meeting.title}"[:255],
                start=meeting.start,
                end=meeting.end,
                summary=f"Réunion ouverte du projet partagé « {project.title} »."[:500],
                place=meeting.place,
                is_online=bool(meeting.video_url),
                video_url=meeting.video_url,
                themes=[project.theme] if project.theme else [],
            )
        )
        meeting.save(update_fields=["event"])
    for row in present(project=project):
        write_to(
            engagement=row,
            template="project_meeting",
            subject=f"Réunion du projet « {project.title} » : {meeting.title}",
            meeting=meeting,
        )
    return meeting


@transaction.atomic
def cancel_meeting(*, access: Access, meeting_id: int, now: datetime) -> ProjectMeeting:
    """It will not take place: everyone is told, once. Raises `NotStakeholder`, `ProjectMeeting.DoesNotExist`."""
    require_writer(access)
    project = access.engagement.project
    meeting = ProjectMeeting.objects.select_for_update(of=("self",)).get(pk=meeting_id, project=project)
    if meeting.cancelled_at is not None or meeting.start <= now:
        raise WrongState("meeting")
    meeting.cancelled_at = now
    meeting.save(update_fields=["cancelled_at"])
    for row in present(project=project):
        write_to(
            engagement=row,
            template="project_meeting_cancelled",
            subject=f"Réunion annulée : {meeting.title}",
            meeting=meeting,
        )
    return meeting


def own_plan(*, access: Access) -> ActionPlan:
    """The plan of the collectivité one writes for. Raises `NotStakeholder`."""
    require_writer(access)
    return ActionPlan.objects.get(engagement=access.engagement)


@transaction.atomic
def set_aims(*, access: Access, aims: str, now: datetime) -> ActionPlan:
    plan = own_plan(access=access)
    plan.aims, plan.changed_at = aims, now
    plan.save(update_fields=["aims", "changed_at"])
    return plan


@transaction.atomic
def add_step(*, access: Access, title: str, who: str, due: date | None, now: datetime) -> ActionStep:
    """Raises `NotStakeholder`, `WrongState` where the plan is longer than anybody follows."""
    plan = own_plan(access=access)
    if plan.steps.count() >= MOST_STEPS:
        raise WrongState("steps")
    ActionPlan.objects.filter(pk=plan.pk).update(changed_at=now)
    return ActionStep.objects.create(plan=plan, title=title, who=who, due=due)


@transaction.atomic
def set_step(*, access: Access, step_id: int, state: StepState, now: datetime) -> ActionStep:
    """Raises `NotStakeholder`, `ActionStep.DoesNotExist`, also for a step of another's plan."""
    plan = own_plan(access=access)
    step = ActionStep.objects.select_for_update(of=("self",)).get(pk=step_id, plan=plan)
    step.state = state
    step.save(update_fields=["state"])
    ActionPlan.objects.filter(pk=plan.pk).update(changed_at=now)
    return step


@transaction.atomic
def remove_step(*, access: Access, step_id: int, now: datetime) -> None:
    plan = own_plan(access=access)
    ActionStep.objects.get(pk=step_id, plan=plan).delete()
    ActionPlan.objects.filter(pk=plan.pk).update(changed_at=now)


def comment_plan(*, access: Access, plan_id: int, text: str, user: User, now: datetime) -> PlanComment:
    """A peer's eye on a plan of the same project. Raises `NotStakeholder`, `ActionPlan.DoesNotExist`."""
    require_writer(access)
    plan = ActionPlan.objects.get(pk=plan_id, engagement__project=access.engagement.project_id)
    return PlanComment.objects.create(
        plan=plan, organisation=access.engagement.organisation, by=user, text=text, at=now
    )


def file_of(*, project: SharedProject, entry_id: int, inside: bool) -> ProjectEntry:
    """A document: public ones for everybody, the others for those who take part. Raises `ProjectEntry.DoesNotExist`."""
    found = ProjectEntry.objects.filter(project=project).exclude(file="")
    return (found if inside else found.filter(is_public=True)).get(pk=entry_id)
