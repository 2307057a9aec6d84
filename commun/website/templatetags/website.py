"""What pages show of the rooms below: home, themes, lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from wagtail.models import Page

from commun.agenda import api as agenda
from commun.cms.api import on_line
from commun.common import clock, french, privacy
from commun.common.memory import remember
from commun.common.outline import outlined
from commun.cooperation import api as cooperation
from commun.finding import api as finding
from commun.library import api as library
from commun.newsletters import api as newsletters
from commun.territories.api import memberships_of
from commun.votes import api as votes
from commun.website import dates, listings, searching, tree
from commun.website.duty.audit import Audit, get_audit, get_ecodesign
from commun.website.glossary import link_terms, terms
from commun.website.selectors import get_frame

register = template.Library()
_MOST_TERMS = 1000


@register.simple_tag(takes_context=True)
def network(context: Any) -> Any:
    """Identity of the network: name, addresses, publisher."""
    return get_frame(request=context["request"]).network


@register.simple_tag
def accessibility_audit() -> Audit:
    return get_audit()


@register.simple_tag
def ecodesign_audit() -> Audit:
    return get_ecodesign()


@register.simple_tag
def holdings() -> list[privacy.Holding]:
    """What all rooms keep of people."""
    return privacy.told()


@dataclass(frozen=True)
class Home:
    theme: library.ThemePage | None
    issue: Any
    events: Sequence[agenda.EventPage]
    resources: Sequence[library.ResourcePage]
    calls: Sequence[library.ThemePage]


@register.simple_tag(takes_context=True)
def home_content(context: Any) -> Home:
    return remember(request=context.get("request"), key=f"home:{clock.today()}", compute=_read_home)


@register.simple_tag(takes_context=True)
def votes_under_way(context: Any) -> Sequence[votes.Vote]:
    """Until the hour at which one opens or closes."""
    return remember(request=context.get("request"), key="votes", compute=lambda: list(votes.open_votes(at=clock.now())))


def _read_home() -> Home:
    today, now = clock.today(), clock.now()
    theme = library.current_theme(today=today)
    return Home(
        theme=theme,
        issue=newsletters.latest_issue(),
        events=agenda.upcoming_events(now=now, limit=3),
        resources=library.published_resources(limit=3),
        calls=library.open_calls(today=today)[:1],
    )


@dataclass(frozen=True)
class Few:
    """The first of a list, and how many there are."""

    items: Sequence[Any]
    total: int

    def __bool__(self) -> bool:
        return bool(self.items)

    @property
    def is_cut(self) -> bool:
        return self.total > len(self.items)


def _few(found: Any, *, shown: int) -> Few:
    items = list(found[: shown + 1])
    return Few(items=items[:shown], total=found.count() if len(items) > shown else len(items))


@dataclass(frozen=True)
class ThemeContent:
    """However much is attached to a theme, its page shows the first of each, and leads to the rest."""

    resources: Few
    concepts: Few
    events: Few
    past_events: Few
    news: Few
    issues: Few
    projects: Sequence[cooperation.SharedProject]
    call_is_open: bool

    @property
    def is_empty(self) -> bool:
        dated = self.events or self.past_events or self.news
        return not (self.resources or self.concepts or dated or self.issues or self.projects)


@register.simple_tag(takes_context=True)
def theme_content(context: Any, theme: library.ThemePage) -> ThemeContent:
    """What is attached to a theme."""
    key = f"theme:{theme.pk}:{clock.today()}"
    return remember(request=context.get("request"), key=key, compute=lambda: _read_theme(theme=theme))


def _read_theme(*, theme: library.ThemePage) -> ThemeContent:
    now = clock.now()
    return ThemeContent(
        resources=_few(library.resources(theme=theme), shown=12),
        concepts=_few(library.resources(theme=theme, kinds=[library.ResourceKind.CONCEPT]), shown=6),
        events=_few(agenda.events(theme=theme).filter(end__gte=now), shown=6),
        past_events=_few(agenda.past_events(now=now, theme=theme), shown=6),
        news=_few(agenda.news(now=now, theme=theme), shown=6),
        issues=_few(newsletters.published_issues().filter(theme=theme), shown=6),
        projects=cooperation.projects_on(theme_id=theme.pk)[:12],
        call_is_open=theme.call_until is not None and theme.call_until >= clock.today(),
    )


@register.simple_tag(takes_context=True)
def resource_search(context: Any) -> searching.Search:
    """Resources as asked for in the address."""
    return searching.search(request=context["request"], scope=searching.RESOURCES, now=clock.now())


@register.simple_tag
def cards_of(found: searching.Search) -> list[tuple[library.ResourcePage, finding.Shown]]:
    return searching.cards(hits=found.hits)


@register.filter
def page_numbers(paged: Any) -> list[int | str]:
    """Few, however many pages there are: the first, those around, the last."""
    return list(paged.paginator.get_elided_page_range(paged.number, on_each_side=2, on_ends=1))


@register.simple_tag(takes_context=True)
def agenda_list(context: Any) -> dates.AgendaList:
    return dates.list_agenda(request=context["request"], now=clock.now())


@register.simple_tag(takes_context=True)
def agenda_title(context: Any, title: str) -> str:
    """With the month or the day that is shown."""
    return dates.title_of(title, query=context["request"].GET)


@register.simple_tag(takes_context=True)
def news_list(context: Any) -> listings.NewsList:
    return listings.list_news(request=context["request"], now=clock.now())


@register.simple_tag(takes_context=True)
def themes(context: Any) -> Any:
    return listings.paginate(library.published_themes(), query=context["request"].GET, size=24)


@register.simple_tag(takes_context=True)
def concepts(context: Any) -> Any:
    """In the order of the alphabet, as a glossary."""
    found = library.resources(kinds=[library.ResourceKind.CONCEPT]).order_by("title", "pk")
    return listings.paginate(found, query=context["request"].GET, size=24)


@register.simple_tag(takes_context=True)
def page_themes(context: Any, page: Any) -> list[library.ThemePage]:
    """Themes an event or a piece of news is tied to."""
    request = context.get("request")
    return remember(request=request, key=f"themes-of:{page.pk}", compute=lambda: on_line(page.themes.all()))


@register.simple_tag(takes_context=True)
def sheets(context: Any, kit: library.KitPage) -> list[library.SheetPage]:
    request = context.get("request")
    return remember(request=request, key=f"sheets:{kit.pk}", compute=lambda: library.kit_sheets(kit=kit))


@dataclass(frozen=True)
class SheetPlace:
    kit: library.KitPage
    reuse: listings.Reuse
    number: int
    total: int
    before: library.SheetPage | None
    after: library.SheetPage | None
    all: Sequence[library.SheetPage]


@register.simple_tag(takes_context=True)
def sheet_place(context: Any, sheet: library.SheetPage) -> SheetPlace:
    """Where a sheet stands in its kit."""
    request = context.get("request")
    return remember(request=request, key=f"sheet:{sheet.pk}", compute=lambda: _find_sheet(sheet=sheet))


def _find_sheet(*, sheet: library.SheetPage) -> SheetPlace:
    kit = library.kit_of(sheet=sheet)
    found = library.kit_sheets(kit=kit)
    index = next((number for number, one in enumerate(found) if one.pk == sheet.pk), 0)
    return SheetPlace(
        kit=kit,
        reuse=listings.reuse_of_sheet(sheet, kit=kit),
        number=index + 1,
        total=len(found),
        before=found[index - 1] if index else None,
        after=found[index + 1] if index + 1 < len(found) else None,
        all=found,
    )


@register.simple_tag(takes_context=True)
def resource_parts(context: Any, page: library.ResourcePage) -> listings.ResourceParts:
    """What the page of a resource shows beside its text."""
    request = context.get("request")
    return remember(request=request, key=f"parts:{page.pk}", compute=lambda: listings.resource_parts(page=page))


@register.simple_tag(takes_context=True)
def related_pages(context: Any, page: library.ResourcePage) -> list[finding.Related]:
    """What else to read, and why."""
    kinds = (*searching.RESOURCES.kinds, library.ResourceKind.CONCEPT.value)

    def read() -> list[finding.Related]:
        return finding.related(source="pages", key=str(page.pk), kinds=kinds, now=clock.now())

    return remember(request=context.get("request"), key=f"related:{page.pk}", compute=read)


@dataclass(frozen=True, kw_only=True)
class SetOff:
    """What a page made others begin, and the page that it comes from itself."""

    may_start: bool
    descent: cooperation.Descent
    ancestor: Any
    drawing: str

    @property
    def stories(self) -> Sequence[cooperation.Descendant]:
        return [one for one in self.descent.found if one.story is not None]

    @property
    def others(self) -> Sequence[cooperation.Descendant]:
        return [one for one in self.descent.found if one.story is None]


@register.simple_tag(takes_context=True)
def set_off(context: Any, page: library.ResourcePage) -> SetOff:
    """What a collectivité said a moment ago is here within a minute; what it tells members only, for them alone."""
    request = context.get("request")
    user = getattr(request, "user", None)
    member = user is not None and user.is_authenticated and bool(memberships_of(user=user, at=clock.now()))
    key = f"set_off:{page.pk}{':members' if member else ''}"
    return remember(request=request, key=key, compute=lambda: _read_set_off(page, among_members=member))


def _read_set_off(page: library.ResourcePage, *, among_members: bool) -> SetOff:
    may_start = isinstance(page, cooperation.INSPIRING)
    descent = cooperation.Descent()
    if may_start:
        descent = cooperation.descent_of(page_id=page.pk, among_members=among_members)
    return SetOff(
        may_start=may_start,
        descent=descent,
        drawing=_draw(page, descent) if descent.found else "",
        ancestor=cooperation.ancestor_of(page_id=page.pk) if page.kind == library.ResourceKind.EXPERIENCE else None,
    )


def _draw(page: library.ResourcePage, descent: cooperation.Descent) -> str:
    """Each branch by whose it is; the lists below the drawing say the rest."""
    below = [_branch(one) for one in descent.found]
    root = tree.Branch(label=page.title, told=True, below=below, more=_others(descent.more))
    return tree.draw_tree(
        root=root, title="Ce que cette ressource a fait naître : la liste qui suit dit la même chose."
    )


def _branch(one: cooperation.Descendant) -> tree.Branch:
    return tree.Branch(
        label=french.name(one.start.organisation.label),
        told=one.story is not None,
        below=[_branch(each) for each in one.below],
        more=_others(one.more),
    )


def _others(number: int) -> str:
    return f"et {french.count(number, 'autre')}" if number else ""


@register.filter
def in_the_past(day: date | None) -> bool:
    return day is not None and day < timezone.localdate()


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """The current address' query with some values changed; what is empty is left out."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query.pop(name, None)
        if value not in {None, ""}:
            query[name] = str(value)
    return f"?{query.urlencode()}" if query else "?"


class _Glossed(template.Node):
    """What people wrote, as everybody reads it: words of the glossary linked where they first stand inside, headings
    without a gap."""

    def __init__(self, nodes: template.NodeList) -> None:
        self.nodelist = nodes

    def render(self, context: template.Context) -> SafeString:
        request, page = context.get("request"), context.get("page")
        known = remember(request=request, key="glossary", compute=lambda: terms(_concepts(request)))
        address = (page.get_url(request=request) or "") if isinstance(page, Page) else ""
        html = outlined(self.nodelist.render(context))
        return mark_safe(link_terms(html, known=known, but=address))  # noqa: S308 (as it came)


def _concepts(request: Any) -> dict[str, str]:
    found = library.resources(kinds=[library.ResourceKind.CONCEPT]).prefetch_related(None).select_related(None)
    return {page.title: page.get_url(request=request) or "" for page in found.order_by("pk")[:_MOST_TERMS]}


@register.tag
def glossed(parser: template.base.Parser, token: template.base.Token) -> _Glossed:
    nodes = parser.parse(("endglossed",))
    parser.delete_first_token()
    return _Glossed(nodes)
