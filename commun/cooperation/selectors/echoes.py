"""What the letter set off, as it comes back into the letter: numbers, and the stories that were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q
from wagtail.models import Page

from commun.cooperation.models import ProjectEntry, SharedProject, Start
from commun.cooperation.selectors.projects import present
from commun.cooperation.types import EngagementRole, EntryKind, StartState


@dataclass(frozen=True, kw_only=True)
class Echoes:
    """Since a moment, of what everybody may see: `begun` collectivités said that they begin, `done` brought theirs to
    its end; `stories` (experience, what it descends from) went on line."""

    begun: int
    done: int
    stories: Sequence[tuple[Page, Page | None]]

    @property
    def is_silent(self) -> bool:
        return not (self.begun or self.done or self.stories)


def echoes_since(*, since: datetime | None, limit: int = 3) -> Echoes:
    """`since` None: from the first day. Two queries, however much was set off."""
    shown = Start.objects.filter(is_public=True, is_proved=True)
    of_late = Q(started_at__gte=since) if since else Q()
    moved = Q(moved_at__gte=since) if since else Q()
    counts = shown.aggregate(
        begun=Count("place_key", distinct=True, filter=of_late),
        done=Count("place_key", distinct=True, filter=moved & Q(state=StartState.DONE)),
    )
    told = shown.filter(gave__live=True).select_related("gave", "inspired_by").order_by("-gave__first_published_at")
    if since:
        told = told.filter(gave__first_published_at__gte=since)
    return Echoes(
        begun=counts["begun"],
        done=counts["done"],
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
