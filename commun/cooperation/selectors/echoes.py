"""What the letter set off, as it comes back into the letter: numbers, and the stories that were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from wagtail.models import Page

from commun.cooperation.models import SharedProject, Start
from commun.cooperation.types import ProjectState, StartState

_QUIET = (ProjectState.GIVEN_UP,)


@dataclass(frozen=True, kw_only=True)
class Echoes:
    """Since a moment, of what everybody may see: `begun` collectivités said that they begin, `done` brought theirs to
    its end; `stories` (experience, what it descends from) went on line; `projects` moved."""

    begun: int
    done: int
    stories: Sequence[tuple[Page, Page | None]]
    projects: Sequence[SharedProject]

    @property
    def is_silent(self) -> bool:
        return not (self.begun or self.done or self.stories or self.projects)


def echoes_since(*, since: datetime | None, limit: int = 3) -> Echoes:
    """`since` None: from the first day. Three queries, however much was set off."""
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
    projects = SharedProject.objects.exclude(state__in=_QUIET).order_by("-moved_at")
    if since:
        projects = projects.filter(moved_at__gte=since)
    return Echoes(
        begun=counts["begun"],
        done=counts["done"],
        stories=[(one.gave, _on_line(one.inspired_by)) for one in told[:limit] if one.gave is not None],
        projects=list(projects[:limit]),
    )


def _on_line(page: Page | None) -> Page | None:
    return page if page is not None and page.live else None
