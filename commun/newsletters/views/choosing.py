"""Choosing what a letter shows: found as readers find, narrowed as an editor thinks, with what she must know of each.

What everybody may read comes by `finding`, in its order; drafts, which it does not know, follow by their title.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.html import format_html
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.chooser import BaseChooseView, ChooseResultsView, ChooseView
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.models import Page

from commun.common import clock, french
from commun.finding.analysis import read_question
from commun.finding.api import Asked, find, keys_of
from commun.library.api import ThemePage, published_themes
from commun.library.types import ResourceKind
from commun.newsletters import choosers
from commun.newsletters.selectors.shown import issues_showing, shown_pages
from commun.territories.api import names_by_code, places_within
from commun.territories.types import TerritoryKind

FOUND = 200  # more than anybody turns pages for
_MODELS = {
    "library.ExperiencePage": ResourceKind.EXPERIENCE,
    "library.ArticlePage": ResourceKind.ARTICLE,
    "library.GuidePage": ResourceKind.GUIDE,
    "library.KitPage": ResourceKind.KIT,
}


class _Filters(BaseFilterForm):
    """Words, theme, and what the letter has shown already. `places`: its field for where it happens, or ""."""

    kinds: ClassVar[tuple[str, ...]] = ()  # of `finding`
    places: ClassVar[str] = "territories"

    q = forms.CharField(label="Mots", required=False, widget=forms.TextInput(attrs={"placeholder": "Chercher"}))
    theme = forms.ModelChoiceField(
        label="Thématique", queryset=ThemePage.objects.none(), required=False, empty_label="Toutes"
    )
    place = forms.ChoiceField(label="Territoire", required=False)
    new = forms.BooleanField(label="Jamais parue dans une lettre", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = published_themes()  # type: ignore[attr-defined]
        if self.places:
            self.fields["place"].choices = _places()  # type: ignore[attr-defined]
        else:
            del self.fields["place"]

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.cleaned_data
        if asked.get("theme"):
            objects = objects.filter(themes=asked["theme"])
        if asked.get("place"):
            # By a list of pages: a page of two places of a région is one page.
            within = objects.filter(**{f"{self.places}__in": places_within(key=asked["place"])})
            objects = objects.filter(pk__in=within.order_by().values("pk"))
        if asked.get("new"):
            objects = objects.exclude(pk__in=shown_pages())
        if question := asked.get("q", "").strip():
            self.is_searching, self.search_query = True, question
            objects = self._found(objects, question)
        return objects

    def _found(self, objects: QuerySet[Any], question: str) -> QuerySet[Any]:
        read = read_question(question, typing=True)
        answers = find(Asked(question=read, now=clock.now(), kinds=self.kinds, typing=True))
        pages = [int(key) for key in keys_of(entries=answers.found[:FOUND])]
        order = Case(*(When(pk=pk, then=Value(at)) for at, pk in enumerate(pages)), default=Value(FOUND))
        drafts = Q(live=False, title__icontains=question)
        found = objects.filter(Q(pk__in=pages) | drafts)
        return found.order_by(order, "-latest_revision_created_at", "pk")


def _places() -> list[tuple[str, Any]]:
    """Régions, then départements, by the key of the register."""
    kinds = ((TerritoryKind.REGION, "Régions"), (TerritoryKind.DEPARTEMENT, "Départements"))
    groups = [
        (title, [(f"{kind}:{code}", _called(kind, code, name)) for code, name in names_by_code(kind=kind).items()])
        for kind, title in kinds
    ]
    return [("", "Tous"), *groups]


def _called(kind: TerritoryKind, code: str, name: str) -> str:
    return name if kind == TerritoryKind.REGION else f"{name} ({code})"


class _ResourceFilters(_Filters):
    kinds = tuple(kind.value for kind in ResourceKind if kind != ResourceKind.CONCEPT)

    kind = forms.ChoiceField(
        label="Nature",
        required=False,
        choices=[("", "Toutes"), *((model, kind.label) for model, kind in _MODELS.items())],
    )
    picture = forms.BooleanField(label="Avec une image", required=False)
    field_order = ("q", "theme", "place", "kind", "picture", "new")

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        if self.cleaned_data.get("picture"):
            objects = objects.filter(cover_image__isnull=False)
        if kind := self.cleaned_data.get("kind"):
            objects = objects.filter(content_type__in=_types([kind]))
        return super().filter(objects)


class _ConceptFilters(_Filters):
    kinds = (ResourceKind.CONCEPT.value,)


class _EventFilters(_Filters):
    kinds = ("event",)
    places = "territory"

    past = forms.BooleanField(label="Aussi ceux qui sont passés", required=False)
    field_order = ("q", "theme", "place", "past", "new")

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        if not self.cleaned_data.get("past"):
            objects = objects.filter(end__gte=clock.now())
        return super().filter(objects)


class _NewsFilters(_Filters):
    kinds = ("news",)
    places = ""


def _types(labels: Iterable[str]) -> list[int]:
    from django.apps import apps

    return [ContentType.objects.get_for_model(apps.get_model(label)).pk for label in labels]


class _Choosing(BaseChooseView):
    """What both the whole window and its list of results share."""

    per_page = 12

    def get_object_list(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.model_class.objects.order_by("-live", "-latest_revision_created_at", "pk")
        return found

    def get(self, request: Any) -> Any:
        self._shown: Mapping[int, list[int]] = {}
        return super().get(request)

    def get_results_page(self, request: Any) -> Any:
        results = super().get_results_page(request)
        self._shown = issues_showing(pages=results.object_list)
        return results

    def _already(self, page: Page) -> str:
        numbers = self._shown.get(page.pk, [])
        return ", ".join(f"n° {number}" for number in numbers) or "–"

    @property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            *self.own_columns(),
            Column("already", label="Déjà parue", accessor=self._already),
            Column("state", label="État", accessor=_state),
        ]

    def own_columns(self) -> list[Column]:
        return []


def _state(page: Page) -> str:
    return "En ligne" if page.live else "Brouillon"


class _ChoosingResource(_Choosing):
    filter_form_class = _ResourceFilters

    def get_object_list(self) -> QuerySet[Any]:
        return super().get_object_list().filter(content_type__in=_types(_MODELS)).select_related("cover_image")

    def own_columns(self) -> list[Column]:
        return [
            Column("picture", label="Image", accessor=_picture),
            Column("kind", label="Nature", accessor=lambda page: page.cached_content_type.name.capitalize()),
        ]


def _picture(page: Any) -> str:
    if page.cover_image is None:
        return "–"
    small = page.cover_image.get_rendition("fill-80x60")
    return format_html('<img src="{}" width="80" height="60" alt="" loading="lazy">', small.url)


class _ChoosingExperience(_ChoosingResource):
    filter_form_class = _Filters

    def get_object_list(self) -> QuerySet[Any]:
        return _Choosing.get_object_list(self).select_related("cover_image")

    def own_columns(self) -> list[Column]:
        return [Column("picture", label="Image", accessor=_picture)]


class _ChoosingConcept(_Choosing):
    filter_form_class = _ConceptFilters


class _ChoosingEvent(_Choosing):
    filter_form_class = _EventFilters

    def get_object_list(self) -> QuerySet[Any]:
        found: QuerySet[Any] = self.model_class.objects.order_by("start", "pk")
        return found

    def own_columns(self) -> list[Column]:
        return [Column("when", label="Date", accessor=_when)]


def _when(event: Any) -> str:
    said = french.span(timezone.localtime(event.start), timezone.localtime(event.end), all_day=event.all_day)
    return f"{said} (passé)" if event.end < clock.now() else said


class _ChoosingNews(_Choosing):
    filter_form_class = _NewsFilters

    def own_columns(self) -> list[Column]:
        return [Column("kind", label="Type", accessor="get_kind_display")]


class _PageChooser(ChooserViewSet):
    """`choosing`: what its window and its results show."""

    register_widget = False
    choosing: ClassVar[type[_Choosing]]

    @property
    def choose_view_class(self) -> Any:
        return type("Choose", (self.choosing, ChooseView), {})

    @property
    def choose_results_view_class(self) -> Any:
        return type("ChooseResults", (self.choosing, ChooseResultsView), {})


def _viewset(chooser: type[choosers.PageChooser], choosing: type[_Choosing]) -> ChooserViewSet:
    name = chooser.chooser_modal_url_name.partition(":")[0]
    made = type(
        f"{chooser.__name__}ViewSet",
        (_PageChooser,),
        {"model": chooser.model, "icon": chooser.icon, "page_title": chooser.choose_one_text, "choosing": choosing},
    )
    return made(name, url_prefix=name.replace("_", "-"))  # type: ignore[no-any-return]


VIEWSETS = [
    _viewset(choosers.ResourceChooser, _ChoosingResource),
    _viewset(choosers.ExperienceChooser, _ChoosingExperience),
    _viewset(choosers.ConceptChooser, _ChoosingConcept),
    _viewset(choosers.EventChooser, _ChoosingEvent),
    _viewset(choosers.NewsChooser, _ChoosingNews),
]
