"""News of a project, to those who take part, once a week at most and only when there are some."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from commun.common import signing
from commun.cooperation.models import Engagement, ProjectEntry, SharedProject
from commun.cooperation.selectors.projects import present
from commun.cooperation.services.projects.letters import write_to
from commun.cooperation.services.projects.opening import lock_project
from commun.cooperation.types import EntryKind, ProjectState

EVERY = timedelta(days=7)
MOST = 30
STOP = "cooperation.digest"


def send_digests(*, now: datetime) -> int:
    """Projects whose week is over and where something was written (periodic); how many messages were queued."""
    due = SharedProject.objects.filter(
        Q(told_until=None) | Q(told_until__lte=now - EVERY),
        state__in=[ProjectState.DESIGN, ProjectState.DOING, ProjectState.REPORTED],
    )
    return sum(_send(project_id=pk, now=now) for pk in list(due.order_by("pk").values_list("pk", flat=True)))


@transaction.atomic
def _send(*, project_id: int, now: datetime) -> int:
    project = lock_project(project_id=project_id)
    since = project.told_until or project.created_at
    if project.told_until is not None and project.told_until > now - EVERY:
        return 0  # another worker was first
    entries = list(news_of(project=project, since=since, until=now))
    if not entries:
        return 0
    SharedProject.objects.filter(pk=project.pk).update(told_until=now)
    subject = f"Nouvelles du projet « {project.title} »"
    return sum(
        write_to(
            engagement=row,
            template="project_digest",
            subject=subject,
            entries=entries[:MOST],
            more=max(len(entries) - MOST, 0),
            stop_url=stop_url(engagement=row),
        )
        for row in present(project=project).filter(digest=True)
    )


def news_of(*, project: SharedProject, since: datetime, until: datetime) -> list[ProjectEntry]:
    found = project.entries.filter(at__gt=since, at__lte=until).exclude(kind=EntryKind.LEFT)
    return list(found.select_related("organisation__territory__departement").order_by("at", "pk"))


def stop_url(*, engagement: Engagement) -> str:
    return settings.SITE_URL + reverse("cooperation:digest", args=[signing.sign(purpose=STOP, value=engagement.pk)])


def read_stop_token(token: str) -> int:
    """Primary key of the engagement; raises `ForgedLink`."""
    return int(signing.unsign(purpose=STOP, token=token))


def set_digest(*, engagement_id: int, wanted: bool) -> bool:
    """Whether anything changed hands: False for what is no more."""
    return bool(Engagement.objects.filter(pk=engagement_id).update(digest=wanted))
