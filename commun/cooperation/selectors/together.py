"""What collectivités did together, here: pairs, for whoever draws the network."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import combinations

from commun.cooperation.models import Engagement, Start
from commun.cooperation.types import EngagementRole, EngagementState, ProjectState, StartState, Together
from commun.library.api import credited_organisations

_BEGUN = (ProjectState.DESIGN, ProjectState.DOING, ProjectState.REPORTED)


def projects_together() -> Iterator[Together]:
    """Stakeholders of a project that began, two by two; observers look on."""
    rows = Engagement.objects.filter(
        role=EngagementRole.STAKEHOLDER, state=EngagementState.IN, project__state__in=_BEGUN
    )
    parties: dict[tuple[int, datetime], list[int]] = defaultdict(list)
    for project, moved_at, organisation in rows.order_by("project", "pk").values_list(
        "project", "project__moved_at", "organisation"
    ):
        parties[project, moved_at].append(organisation)
    for (_, at), found in parties.items():
        for first, second in combinations(found, 2):
            yield Together(first=first, second=second, at=at)


def starts_followed() -> Iterator[Together]:
    """Whoever began, and whoever told what she began after. A wish is no act; a start kept among members is no public
    one."""
    credited = credited_organisations()
    rows = Start.objects.filter(is_proved=True, inspired_by__isnull=False).exclude(state=StartState.WISH)
    columns = ("organisation", "inspired_by", "moved_at", "is_public")
    for organisation, page, at, public in rows.order_by("pk").values_list(*columns).iterator(chunk_size=5_000):
        for told in credited.get(page, ()):
            yield Together(first=organisation, second=told, at=at, public=public)
