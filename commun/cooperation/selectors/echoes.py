"""What the letter set off, as it comes back into the letter: numbers, and the stories that were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from wagtail.models import Page

from commun.cooperation.models import ProjectEntry, SharedProject, Start, StartEvent
from commun.cooperation.selectors.projects import present
from commun.cooperation.types import UNDER_WAY, EngagementRole, EntryKind, StartState


@dataclass(frozen=True, kw_only=True)
class Echoes:
    """Since a moment, of what everybody may see: `begun` collectivités said that they begin, and have not stopped;
    `done` brought to its end what they had begun so (what was done before it was said is neither); `told` tell what
    they made of it, in an experience that went on line; `stories` are the latest of these (experience, what it descends
    from)."""

    begun: int
    done: int
    told: int
    stories: Sequence[tuple[Page, Page | None]]


def echoes_since(*, since: datetime | None, limit: int = 3) -> Echoes:
    """`since` None: from the first day. Two queries, however much was set off."""
    shown = Start.objects.filter(is_public=True, is_proved=True)
    of_late = Q(started_at__gte=since) if since else Q()
    ends = StartEvent.objects.filter(start=OuterRef("pk"), state=StartState.DONE)
    ended = shown.filter(Exists(ends.filter(at__gt=OuterRef("started_at"))), state=StartState.DONE)
    if since:
        ended = ended.filter(~Exists(ends.filter(at__lt=since)))
    on_line = Q(gave__live=True)
    if since:
        on_line &= Q(gave__first_published_at__gte=since)
    counts = shown.aggregate(
        begun=Count("place_key", distinct=True, filter=of_late & Q(state__in=[one.value for one in UNDER_WAY])),
        done=Count("place_key", distinct=True, filter=Q(pk__in=ended.order_by().values("pk"))),
        told=Count("place_key", distinct=True, filter=on_line),
    )
    told = shown.filter(on_line).select_related("gave", "inspired_by").order_by("-gave__first_published_at")
    return Echoes(
        begun=counts["begun"],
        done=counts["done"],
        told=counts["told"],
        stories=[(one.gave, _on_line(one.inspired_by)) for one in told[:limit] if one.gave is not None],
    )


def _on_line(page: Page | None) -> Page | None:
    return page if page is not None and page.live else None


# What says what a project does; arrivals and stages are told otherwise.
_TOLD = (EntryKind.NOTE, EntryKind.DECISION, EntryKind.DOCUMENT)


def projects_moved(*, since: datetime, limit: int) -> list[SharedProject]:
    """Those that changed stage, or told everybody something, the latest first."""
    told = ProjectEntry.objects.filter(project=OuterRef("pk"), is_public=True, kind__in=_TOLD, at__gte=since)
    found = SharedProject.objects.filter(Q(moved_at__gte=since) | Exists(told))
    return list(found.order_by("-moved_at")[:limit])


def bodies_in(*, project: SharedProject) -> list[str]:
    """Names of its stakeholders."""
    return [row.organisation.name for row in present(project=project, role=EngagementRole.STAKEHOLDER)]


def told_of_project(*, project: SharedProject, since: datetime | None, limit: int = 3) -> list[str]:
    """Titles of what it told everybody since, the latest first."""
    found = project.entries.filter(is_public=True, kind__in=_TOLD)
    if since is not None:
        found = found.filter(at__gte=since)
    return list(found.values_list("title", flat=True)[:limit])
