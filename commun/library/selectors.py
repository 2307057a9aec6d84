"""Reading the library."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Prefetch, Q
from django.utils import timezone
from wagtail.models import PageQuerySet

from commun.library.models import (
    ArticlePage,
    ConceptPage,
    ExperienceFigure,
    ExperiencePage,
    GuidePage,
    KitPage,
    ResourcePage,
    SheetPage,
    ThemePage,
)
from commun.library.types import Missing, ResourceKind, ReviewRule
from commun.territories.api import Territory

REVIEW_AFTER = relativedelta(months=18)
_SLUG = re.compile(r"[\w-]{1,255}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """A published resource of which it must be asked whether it is still true. `by_figures`: one of its figures passed
    its rule; otherwise nobody looked at it for too long."""

    page_id: int
    by_figures: bool


@dataclass(frozen=True, kw_only=True)
class CalendarEntry:
    """One line of the editorial calendar. `counts` holds published resources by kind; every kind is a key."""

    theme: ThemePage
    planned_month: date | None
    call_until: date | None
    counts: Mapping[ResourceKind, int]
    drafts: int
    missing: Sequence[Missing]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


MODELS: dict[ResourceKind, type[ResourcePage]] = {
    ResourceKind.EXPERIENCE: ExperiencePage,
    ResourceKind.ARTICLE: ArticlePage,
    ResourceKind.GUIDE: GuidePage,
    ResourceKind.KIT: KitPage,
    ResourceKind.CONCEPT: ConceptPage,
}


def resources(
    *, theme: ThemePage | None = None, kinds: Collection[ResourceKind] | None = None
) -> PageQuerySet[ResourcePage]:
    """Published resources, latest first, as a query set to narrow or paginate; with what a card shows already fetched.

    Rows are `ResourcePage`: their `kind` is known, what only one type has needs `.specific`. `kinds=None` means all
    but concepts, which have a place of their own.
    """
    wanted = set(ResourceKind) - {ResourceKind.CONCEPT} if kinds is None else set(kinds)
    types = ContentType.objects.get_for_models(*(MODELS[kind] for kind in sorted(wanted)))
    found = ResourcePage.objects.live().filter(content_type__in=list(types.values()))
    if theme is not None:
        found = found.filter(themes=theme)
    return (
        found.select_related("cover_image", "contributor")
        .prefetch_related(
            "cover_image__renditions",
            "themes",
            "organisations",
            Prefetch("territories", queryset=Territory.objects.select_related("departement", "epci")),
        )
        .order_by(F("first_published_at").desc(nulls_last=True), "-pk")
    )


def published_resources(
    *,
    theme: ThemePage | None = None,
    kinds: Collection[ResourceKind] | None = None,
    limit: int | None = None,
) -> list[ResourcePage]:
    """The latest published resources, of a theme or of all. `resources` says what rows hold and `kinds` means."""
    return list(resources(theme=theme, kinds=kinds)[:limit])


def get_concept(*, theme: ThemePage) -> ConceptPage | None:
    """The latest published concept of a theme."""
    found = ConceptPage.objects.live().filter(themes=theme).select_related("cover_image", "contributor")
    return found.order_by(F("first_published_at").desc(nulls_last=True), "-pk").first()


def kit_sheets(*, kit: KitPage) -> list[SheetPage]:
    """The published sheets of a kit, in the editor's order."""
    return list(SheetPage.objects.live().child_of(kit).order_by("path"))


def kit_of(*, sheet: SheetPage) -> KitPage:
    """Whose rights, themes and places are those of the sheet."""
    found: KitPage = KitPage.objects.select_related("contributor").get(path=sheet.path[: -SheetPage.steplen])
    return found


def published_themes() -> PageQuerySet[ThemePage]:
    """Published themes, the latest issue first; those without a month come last."""
    return (
        ThemePage.objects.live()
        .select_related("cover_image")
        .prefetch_related("cover_image__renditions")
        .order_by(F("planned_month").desc(nulls_last=True), "title")
    )


def theme_at(*, slug: str) -> ThemePage | None:
    """The published theme of this slug, bare; None where there is none, whatever is asked (`?thematique=%00`)."""
    if not _SLUG.fullmatch(slug):
        return None
    return published_themes().prefetch_related(None).filter(slug=slug).first()


def current_theme(*, today: date) -> ThemePage | None:
    """The theme of the moment: the latest whose month has come; before the first one, the first to come."""
    planned = ThemePage.objects.live().filter(planned_month__isnull=False).select_related("cover_image")
    begun = planned.filter(planned_month__lte=today).order_by("-planned_month", "-pk").first()
    return begun or planned.order_by("planned_month", "pk").first()


def open_calls(*, today: date) -> list[ThemePage]:
    """Published themes that call for contributions today, the nearest deadline first."""
    calling = ThemePage.objects.live().filter(call_until__gte=today).select_related("cover_image")
    return list(calling.order_by("call_until", "planned_month", "pk"))


def themes_calendar() -> list[CalendarEntry]:
    """The editorial calendar: every theme, draft or published, by month, with what it has and what it lacks.

    Three queries, however many themes. Themes without a month come last.
    """
    themes = ThemePage.objects.order_by(F("planned_month").asc(nulls_last=True), "title")
    counts, drafts = _count_resources()
    return [_entry(theme=theme, counts=counts[theme.pk], drafts=drafts[theme.pk]) for theme in themes]


def _count_resources() -> tuple[dict[int, dict[ResourceKind, int]], dict[int, int]]:
    kinds = {kind_type.pk: kind for kind, kind_type in _content_types().items()}
    counts: dict[int, dict[ResourceKind, int]] = defaultdict(lambda: dict.fromkeys(ResourceKind, 0))
    drafts: dict[int, int] = defaultdict(int)
    rows = (
        ResourcePage.objects.filter(themes__isnull=False)
        .order_by()
        .values_list("themes", "content_type", "live")
        .annotate(number=Count("pk"))
    )
    for theme, content_type, live, number in rows:
        if live:
            counts[theme][kinds[content_type]] += number
        else:
            drafts[theme] += number
    return counts, drafts


def _content_types() -> dict[ResourceKind, ContentType]:
    found = ContentType.objects.get_for_models(*MODELS.values())
    return {kind: found[model] for kind, model in MODELS.items()}


def _entry(*, theme: ThemePage, counts: dict[ResourceKind, int], drafts: int) -> CalendarEntry:
    method = counts[ResourceKind.ARTICLE] + counts[ResourceKind.GUIDE] + counts[ResourceKind.KIT]
    lacking = {
        Missing.PUBLICATION: not theme.live,
        Missing.COVER: theme.cover_image_id is None,
        Missing.QUESTION: not theme.question,
        Missing.DEADLINE: theme.call_until is None,
        Missing.EXPERIENCE: not counts[ResourceKind.EXPERIENCE],
        Missing.METHOD: not method,
        Missing.CONCEPT: not counts[ResourceKind.CONCEPT],
    }
    missing: Sequence[Missing] = tuple(code for code, lacks in lacking.items() if lacks)
    return CalendarEntry(
        theme=theme,
        planned_month=theme.planned_month,
        call_until=theme.call_until,
        counts=counts,
        drafts=drafts,
        missing=missing,
    )


def to_review(*, on: date) -> list[ToReview]:
    """What nobody confirmed for eighteen months, and experiences with a figure past its rule since; by page. Five
    queries, however many."""
    limit = on - REVIEW_AFTER
    published = timezone.make_aware(datetime.combine(limit, time.min))
    old = Q(reviewed_on__lte=limit) | Q(reviewed_on__isnull=True, first_published_at__lt=published)
    found = dict.fromkeys(ResourcePage.objects.live().filter(old).values_list("pk", flat=True), False)
    for rule in ReviewRule:
        if rule == ReviewRule.NEVER:
            continue
        limit = on - relativedelta(months=rule)
        unseen = Q(page__reviewed_on__isnull=True) | Q(page__reviewed_on__lte=limit)
        figures = ExperienceFigure.objects.filter(unseen, page__live=True, review_after=rule, date__lte=limit)
        found.update(dict.fromkeys(figures.values_list("page", flat=True), True))
    return [ToReview(page_id=pk, by_figures=figures) for pk, figures in sorted(found.items())]


def credited(*, page_ids: Collection[int]) -> dict[int, list[int]]:
    """The organisations of these resources: the one credited first, then those it was done with."""
    found: dict[int, list[int]] = defaultdict(list)
    rows = ResourcePage.objects.filter(pk__in=page_ids, contributor__isnull=False)
    for pk, organisation in rows.values_list("pk", "contributor"):
        found[pk].append(organisation)
    through = ResourcePage.organisations.through.objects.filter(resourcepage__in=page_ids).order_by("pk")
    for pk, organisation in through.values_list("resourcepage", "organisation"):
        if organisation not in found[pk]:
            found[pk].append(organisation)
    return dict(found)


def credited_organisations() -> dict[int, tuple[int, ...]]:
    """Of each page on line: primary keys of the organisations it comes from or tells of. Two queries."""
    found: dict[int, dict[int, None]] = defaultdict(dict)
    live = ResourcePage.objects.live()
    for page, contributor in live.filter(contributor__isnull=False).order_by("pk").values_list("pk", "contributor"):
        found[page][contributor] = None
    told = live.filter(organisations__isnull=False).order_by("pk", "organisations")
    for page, organisation in told.values_list("pk", "organisations"):
        found[page][organisation] = None
    return {page: tuple(organisations) for page, organisations in found.items()}


def resources_together() -> list[tuple[datetime, tuple[int, ...]]]:
    """When each resource credited to two organisations or more came on line, and to which."""
    shared = {page: found for page, found in credited_organisations().items() if len(found) > 1}
    dates = ResourcePage.objects.filter(pk__in=list(shared)).order_by("pk").values_list("pk", "first_published_at")
    return [(at, shared[page]) for page, at in dates if at is not None]
