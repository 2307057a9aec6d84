"""A search as its address says it: words, facets, a place, a page; and what a page shows of the answers."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page as Paged
from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict

from commun.cms.api import Licence
from commun.common import french
from commun.common.memory import remember
from commun.finding import api as finding
from commun.finding.analysis import STRATA, Piece, read_question
from commun.library import api as library
from commun.territories.api import OrganisationKind, Territory, TerritoryField, TerritoryKind, names_by_code
from commun.website.map import Map, draw

PAGE_SIZE = 12
_VALUE = re.compile(r"[\w.:-]{1,80}")
_FIRST_SHOWN = 12  # values of a facet; the others are one step away
_FEW_MORE = 2  # that would save no room by standing apart
_MOST_LOOSENED = 4
_ON_A_MAP = "carte"  # of `vue`
_AROUND_BY_DEFAULT = (finding.Around.HERE, finding.Around.COVERS, finding.Around.DEPARTEMENT)
_OF_PAGES = (
    "kind", "theme", "around", "region", "departement", "stratum", "obstacle", "audience", "stage", "licence", "fresh",
    "year",
)  # fmt: skip
_FRESH = {"1": "Vérifié ou publié depuis moins d’un an", "3": "Depuis moins de trois ans"}


class PlaceForm(forms.Form):
    lieu = TerritoryField(
        label="Votre collectivité",
        required=False,
        help_text="Nom ou code postal : pour chercher près de chez vous, ou chez des communes de votre taille.",
    )


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Where one searches: an address, the kinds that are answered there, and how what is found is shown; `feed`: the
    address that follows it; `members`: those that are listed where nothing is typed, and come first."""

    address: str
    kinds: Collection[str]
    feed: str = ""
    facets: Collection[str] = _OF_PAGES
    size: int = PAGE_SIZE
    typing: bool = False
    show: Callable[..., Sequence[Any]] = finding.show
    members: Callable[[datetime], Collection[str]] | None = None

    @property
    def is_by_name(self) -> bool:
        return self.members is not None


RESOURCES = Scope(
    address="/ressources/",
    kinds=tuple(kind.value for kind in library.ResourceKind if kind != library.ResourceKind.CONCEPT),
    feed="/flux/ressources.xml",
)


def everything() -> Scope:
    return Scope(address="/recherche/", kinds=tuple(finding.kind_labels()))


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A group of boxes. `param`: its name in the address. `choices`: what is chosen, and what most answers have;
    `others`: the rest."""

    param: str
    legend: str
    choices: Sequence[Choice]
    others: Sequence[Choice]


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What narrows the list: its word, the address without it, and what that would give, where it was asked."""

    label: str
    address: str
    total: int | None = None


@dataclass(frozen=True, kw_only=True)
class Search:
    scope: Scope
    words: str
    meant: Sequence[tuple[str, str]]
    page: Paged[Any]
    hits: Sequence[Any]
    facets: Sequence[Facet]
    chosen: Sequence[Chosen]
    loosened: Sequence[Chosen]
    place_form: PlaceForm
    is_asked: bool
    by_date: bool
    has_every_word: bool
    has_places: bool
    map: Map | None
    feed: str

    @property
    def total(self) -> int:
        return self.page.paginator.count


@dataclass(frozen=True, kw_only=True)
class _Kept:
    """A facet as `finding` names it, as addresses do, and as people read it."""

    name: str
    param: str
    legend: str
    labels: Callable[[HttpRequest, Collection[str]], Mapping[str, str]]


def _themes(request: HttpRequest, values: Collection[str]) -> Mapping[str, str]:
    def read() -> dict[str, str]:
        return dict(library.published_themes().prefetch_related(None).values_list("slug", "title"))

    return remember(request=request, key="theme-titles", compute=read)


def _places(kind: TerritoryKind) -> Callable[[HttpRequest, Collection[str]], Mapping[str, str]]:
    return lambda request, values: remember(
        request=request, key=f"places:{kind}", compute=lambda: names_by_code(kind=kind)
    )


def _years(request: HttpRequest, values: Collection[str]) -> Mapping[str, str]:
    return {value: value for value in sorted(values, reverse=True) if re.fullmatch(r"(19|20)\d\d", value)}


_FACETS = (
    _Kept(name="kind", param="type", legend="Type", labels=lambda request, values: finding.kind_labels()),
    _Kept(name="body", param="type", legend="Type", labels=lambda request, values: dict(OrganisationKind.choices)),
    _Kept(name="theme", param="thematique", legend="Thématique", labels=_themes),
    _Kept(name="gave", param="thematique", legend="Thématique de ce qui a été donné", labels=_themes),
    _Kept(
        name="around",
        param="autour",
        legend="Près de chez vous",
        labels=lambda request, values: dict(finding.Around.choices),
    ),
    _Kept(name="region", param="region", legend="Région", labels=_places(TerritoryKind.REGION)),
    _Kept(name="departement", param="departement", legend="Département", labels=_places(TerritoryKind.DEPARTEMENT)),
    _Kept(
        name="stratum",
        param="taille",
        legend="Taille de la commune",
        labels=lambda request, values: {str(at): one.label.capitalize() for at, one in enumerate(STRATA)},
    ),
    _Kept(
        name="obstacle",
        param="frein",
        legend="Frein que cela aide à lever",
        labels=lambda request, values: dict(library.Obstacle.choices),
    ),
    _Kept(
        name="audience",
        param="public",
        legend="Avec qui",
        labels=lambda request, values: dict(library.Audience.choices),
    ),
    _Kept(
        name="stage",
        param="etape",
        legend="Où vous en êtes",
        labels=lambda request, values: dict(library.Stage.choices),
    ),
    _Kept(
        name="licence",
        param="licence",
        legend="Licence",
        labels=lambda request, values: {one.value: one.short for one in Licence},
    ),
    _Kept(name="fresh", param="fraicheur", legend="Fraîcheur", labels=lambda request, values: _FRESH),
    _Kept(name="year", param="annee", legend="Année", labels=_years),
)

PARAMETERS = tuple(dict.fromkeys(facet.param for facet in _FACETS))
OF_FEED = ("q", "lieu", "lieu_texte", "lieu_pour", *PARAMETERS)


def read_asked(*, request: HttpRequest, scope: Scope, now: datetime) -> tuple[finding.Asked, PlaceForm]:
    """What an address asks for; what it does not know is left out."""
    query = request.GET
    form = PlaceForm(query if any(name.startswith("lieu") for name in query) else None)
    place = form.cleaned_data["lieu"] if form.is_bound and form.is_valid() else None
    if place is not None:
        form = PlaceForm(initial={"lieu": place})  # an address may name a place by its key alone
    asked = finding.Asked(
        question=read_question(query.get("q", ""), typing=scope.typing),
        now=now,
        kinds=scope.kinds,
        chosen=_chosen(query, place=place, request=request, scope=scope),
        place=place,
        typing=scope.typing,
        members=scope.members(now) if scope.members is not None else None,
        order=finding.Order.LATEST if query.get("tri") == finding.Order.LATEST else finding.Order.CLOSEST,
    )
    return asked, form


def is_known(asked: finding.Asked, *, query: QueryDict) -> bool:
    """Whether all that an address asks for exists: what follows it would otherwise follow more than was asked."""
    given = any(query.get(name) for name in ("lieu", "lieu_texte"))
    wanted = [(facet.name, value) for facet in _of(asked) for value in query.getlist(facet.param) if value]
    known = all(value in (asked.kinds if name == "kind" else asked.chosen[name]) for name, value in wanted)
    return known and (asked.place is not None or not given)


def covers(asked: finding.Asked, *, request: HttpRequest) -> str:
    """What an address asks for, as people say it; empty for everything."""
    words = [f"« {asked.question.text} »"] if asked.question.text else []
    return ", ".join([*words, *(one.label for one in _narrowed(asked, query=request.GET, request=request))])


def _feed(asked: finding.Asked, *, scope: Scope, query: QueryDict) -> str:
    if not scope.feed or not is_known(asked, query=query):
        return ""
    given = [(name, value) for name in OF_FEED for value in query.getlist(name) if value]
    return scope.feed + (f"?{urlencode(given)}" if given else "")


def search(*, request: HttpRequest, scope: Scope, now: datetime) -> Search:
    """Whatever the address says: what it does not know is ignored, never an error."""
    query = request.GET
    asked, form = read_asked(request=request, scope=scope, now=now)
    place = asked.place
    answers = _answers(asked, request=request)
    page = Paginator(answers.found, scope.size).get_page(query.get("page"))
    chosen = _narrowed(asked, query=query, request=request)
    words = answers.read
    return Search(
        scope=scope,
        words=asked.question.text,
        meant=tuple(words.meant.items()),
        page=page,
        hits=scope.show(entries=list(page.object_list), sought=words.sought, place=place),
        facets=_shown(asked, counts=answers.counts, request=request),
        chosen=chosen,
        loosened=[] if answers.found else _loosened(asked, chosen=chosen, query=query, scope=scope),
        place_form=form,
        is_asked=bool(asked.question.text or any(asked.chosen.values()) or place),
        by_date=asked.order == finding.Order.LATEST,
        has_every_word=words.whole > 0,
        has_places=bool(answers.counts.get("departement")),
        map=_map(asked, answers=answers, query=query, request=request) if query.get("vue") == _ON_A_MAP else None,
        feed=_feed(asked, scope=scope, query=query),
    )


def _answers(asked: finding.Asked, *, request: HttpRequest) -> finding.Answers:
    """Before anybody has chosen anything, all there is answers: found and counted once for everybody."""
    if asked.question.text or any(asked.chosen.values()) or asked.place is not None:
        return finding.find(asked)
    key = f"everything:{asked.order}:{','.join(sorted(asked.kinds))}:{asked.members is None}"
    return remember(request=request, key=key, compute=lambda: finding.find(asked))


def _map(asked: finding.Asked, *, answers: finding.Answers, query: QueryDict, request: HttpRequest) -> Map:
    """Whatever départements are chosen, each is shown with what it would give."""
    mine = asked.chosen.get("departement", ())

    def address(code: str) -> str:
        left = query.copy()
        for name in ("page", "vue"):
            left.pop(name, None)
        left.setlist("departement", [one for one in mine if one != code] if code in mine else [*mine, code])
        return f"?{left.urlencode()}"

    names = _places(TerritoryKind.DEPARTEMENT)(request, ())
    counts = answers.counts.get("departement", {})
    return draw(counts=counts, names=names, chosen=list(mine), nowhere=answers.nowhere, address=address)


def _of(asked: finding.Asked) -> list[_Kept]:
    """Facets that narrow there: those of its scope."""
    return [facet for facet in _FACETS if facet.name in asked.chosen]


def _chosen(query: QueryDict, *, place: Territory | None, request: HttpRequest, scope: Scope) -> dict[str, list[str]]:
    found = {}
    for facet in (one for one in _FACETS if one.name in scope.facets):
        values = [value for value in dict.fromkeys(query.getlist(facet.param)) if _VALUE.fullmatch(value)]
        known = facet.labels(request, values) if values else {}
        found[facet.name] = [value for value in values if value in known]
    if place is None:
        found["around"] = []
    elif not found["around"]:
        found["around"] = [way.value for way in _AROUND_BY_DEFAULT]
    return found


def _shown(asked: finding.Asked, *, counts: Mapping[str, Mapping[str, int]], request: HttpRequest) -> list[Facet]:
    """Facets in which there is something to choose; of a long one, first the values that most answers have."""
    found = []
    for facet in _of(asked):
        numbers, mine = counts.get(facet.name, {}), asked.chosen.get(facet.name, ())
        wanted = {value for value, count in numbers.items() if count} | {*mine}
        labels = facet.labels(request, wanted)
        choices = [
            Choice(value=value, label=label, count=numbers.get(value, 0), chosen=value in mine)
            for value, label in labels.items()
            if value in wanted
        ]
        if len(choices) > 1 or mine:
            found.append(_in_two(Facet(param=facet.param, legend=facet.legend, choices=choices, others=())))
    return found


def _in_two(facet: Facet) -> Facet:
    """A long list begins with what most answers have; what is chosen is never put away."""
    if len(facet.choices) <= _FIRST_SHOWN + _FEW_MORE:
        return facet
    ranked = sorted(facet.choices, key=lambda one: (-one.count, one.value))
    first = {one.value for one in ranked[:_FIRST_SHOWN]}
    shown = [one for one in facet.choices if one.chosen or one.value in first]
    return replace(facet, choices=shown, others=[one for one in facet.choices if one not in shown])


def _narrowed(asked: finding.Asked, *, query: QueryDict, request: HttpRequest) -> list[Chosen]:
    found = []
    for facet in _of(asked):
        if facet.name != "around":
            values = asked.chosen.get(facet.name, ())
            labels = facet.labels(request, values)
            found += [Chosen(label=labels[one], address=_without(query, facet.param, one)) for one in values]
    if asked.place is not None:
        label = f"Près {french.of(asked.place.name)}"
        found.append(Chosen(label=label, address=_without(query, "lieu", "lieu_texte", "lieu_pour", "autour")))
    return found


def _without(query: QueryDict, param: str, *more: str) -> str:
    """The address without one value (`param`, value), or without several parameters."""
    left = query.copy()
    left.pop("page", None)
    if len(more) == 1 and more[0] in left.getlist(param):
        left.setlist(param, [value for value in left.getlist(param) if value != more[0]])
    else:
        for name in (param, *more):
            left.pop(name, None)
    return f"?{left.urlencode()}"


def _loosened(asked: finding.Asked, *, chosen: Sequence[Chosen], query: QueryDict, scope: Scope) -> list[Chosen]:
    """What to let go of where nothing answers, with what that would give."""
    tries: list[tuple[str, str, finding.Asked]] = []
    for facet in _of(asked):
        if asked.chosen.get(facet.name) and facet.name != "around":
            wider = replace(asked, chosen={**asked.chosen, facet.name: []})
            tries.append((f"sans choisir « {facet.legend} »", _without(query, facet.param), wider))
    if asked.place is not None:
        wider = replace(asked, chosen={**asked.chosen, "around": []}, place=None)
        tries.append(("partout en France", _without(query, "lieu", "lieu_texte", "lieu_pour", "autour"), wider))
    if asked.question.text and any(asked.chosen.values()):
        tries.append(("sans vos mots", _without(query, "q"), replace(asked, question=read_question(""))))
    found = []
    for label, address, wider in tries[:_MOST_LOOSENED]:
        if total := finding.find(wider).total:
            found.append(Chosen(label=label, address=address, total=total))
    return found


def marks(pieces: Iterable[Piece]) -> list[tuple[int, int]]:
    """Where the words that answer begin and end in the pieces put together. In UTF-16 units, as scripts count."""
    found, at = [], 0
    for piece in pieces:
        end = at + len(piece.text.encode("utf-16-le")) // 2
        if piece.hit:
            found.append((at, end))
        at = end
    return found


def cards(*, hits: Sequence[finding.Shown]) -> list[tuple[library.ResourcePage, finding.Shown]]:
    """The pages of these answers, with what a card shows, in their order, each with why it answers."""
    keys = [int(one.key) for one in hits]
    pages = library.resources(kinds=library.ResourceKind).filter(pk__in=keys).prefetch_related(None)
    found = {page.pk: page for page in pages.prefetch_related("cover_image__renditions", "territories__departement")}
    return [(found[key], hit) for key, hit in zip(keys, hits, strict=True) if key in found]
