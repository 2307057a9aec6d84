"""What collectivités did together, here: pairs, for whoever draws the network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from django.db.models import Max

from commun.cooperation.models import Engagement, ProjectEntry, ProjectMeeting, Start
from commun.cooperation.types import EngagementRole, EngagementState, ProjectState, StartState, Together
from commun.library.api import credited_organisations

_BEGUN = (ProjectState.DESIGN, ProjectState.DOING, ProjectState.REPORTED)


def projects_together(*, now: datetime) -> Iterator[Together]:
    """Stakeholders of a project that began, two by two; observers look on. Twice: when both were there, and when the
    project last moved: its stage, a line of its journal, a meeting that took place."""
    rows = Engagement.objects.filter(
        role=EngagementRole.STAKEHOLDER, state=EngagementState.IN, project__state__in=_BEGUN
    )
    written = dict(ProjectEntry.objects.order_by().values_list("project").annotate(Max("at")))
    held = ProjectMeeting.objects.filter(cancelled_at=None, end__lte=now).order_by()
    met = dict(held.values_list("project").annotate(Max("end")))
    parties: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    moved: dict[int, datetime] = {}
    columns = ("project", "project__moved_at", "organisation", "seated_at", "enrolled_at")
    for project, moved_at, organisation, seated_at, enrolled_at in rows.order_by("project", "pk").values_list(*columns):
        parties[project].append((organisation, seated_at or enrolled_at))
        moved[project] = max(filter(None, (moved_at, written.get(project), met.get(project))))
    for project, found in parties.items():
        for (first, one), (second, other) in combinations(found, 2):
            since = max(one, other)
            yield Together(first=first, second=second, at=since)
            if moved[project] > since:
                yield Together(first=first, second=second, at=moved[project])


def starts_followed() -> Iterator[Together]:
    """Whoever began, and whoever told what she began after. A wish is no act; a start kept among members is no public
    one."""
    credited = credited_organisations()
    rows = Start.objects.filter(is_proved=True, inspired_by__isnull=False).exclude(state=StartState.WISH)
    columns = ("organisation", "inspired_by", "moved_at", "is_public")
    for organisation, page, at, public in rows.order_by("pk").values_list(*columns).iterator(chunk_size=5_000):
        for told in credited.get(page, ()):
            yield Together(first=organisation, second=told, at=at, public=public)
