"""Partners' feeds: entered, looked at, stopped. GET changes nothing, and asks no other site."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.common.errors import AppError
from commun.common.fetch import FetchFailed, Why, check_address
from commun.contributions.admin.views import screen
from commun.contributions.models import Feed
from commun.contributions.selectors.contributions import MODERATE
from commun.contributions.selectors.feeds import came_of, waiting_of
from commun.contributions.services import feeds
from commun.contributions.understanding.feeds import MOST_ENTRIES
from commun.library.api import ThemePage
from commun.territories.api import AdminOrganisationPicker

_LATEST = 20
_REASONS = {
    "unknown": "ce n’est ni un agenda (.ics), ni un flux RSS ou Atom, ni l’export JSON d’un agenda : peut-être la page "
    "qui le présente, plutôt que le flux lui-même",
    "malformed": "le fichier est abîmé ou incomplet",
    "many": f"il a plus de {MOST_ENTRIES} entrées : demandez au partenaire un flux de ce qui vient, ou d’un seul sujet",
    "http_401": "le site demande un mot de passe",
    "http_403": "le site refuse de le donner à un programme",
    "http_404": "il n’y a rien à cette adresse",
    "http_410": "le site dit qu’il n’y a plus rien à cette adresse",
}


class FeedForm(forms.ModelForm):
    url = forms.URLField(
        label="Adresse du flux",
        max_length=1000,
        assume_scheme="https",
        help_text="Un agenda (.ics), un flux RSS ou Atom, ou l’export JSON d’un agenda public.",
        error_messages={"invalid": "Cette adresse n’est pas complète. Exemple : https://agenda.example.org/flux.ics"},
    )

    theme = forms.ModelChoiceField(
        label="Thématique",
        queryset=ThemePage.objects.order_by("title"),
        required=False,
        empty_label="—",
        help_text="Celle de tout ce que le flux annonce, s’il n’en a qu’une.",
    )

    class Meta:
        model = Feed
        fields = ("name", "url", "organisation", "theme")
        widgets = {"organisation": AdminOrganisationPicker}
        help_texts = {"organisation": "Créditée comme organisatrice. Vide : le nom du flux."}

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            check_address(url)
        except FetchFailed as error:
            raise forms.ValidationError(f"Ce flux ne pourra pas être lu : {error.why.words}.") from None
        return url


def reason(feed: Feed) -> str:
    """Why it was refused, in a sentence to be continued; "" where it was not."""
    if not feed.why:
        return ""
    if feed.why in _REASONS:
        return _REASONS[feed.why]
    if feed.why in list(Why):
        return Why(feed.why).words
    return f"le site répond par une erreur (code {feed.why.removeprefix('http_')})"


@permission_required(MODERATE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows = Feed.objects.select_related("organisation", "theme")
    context = {"rows": [(feed, reason(feed)) for feed in rows]}
    return screen(request, "feeds", "Flux de partenaires", context)


@permission_required(MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    form = FeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        feed = feeds.add(values=form.cleaned_data, by=request.user, now=clock.now())  # type: ignore[arg-type]
        messages.success(request, "Flux ajouté : il sera lu dans une minute ou deux.")
        return redirect("contributions_team:feed", feed.pk)
    status = 422 if form.errors else 200
    return screen(request, "feed_form", "Ajouter un flux", {"form": form}, status=status)


@permission_required(MODERATE)
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    feed = _find(pk)
    form = FeedForm(request.POST or None, instance=_find(pk))
    if request.method == "POST" and form.is_valid():
        feeds.edit(feed_id=pk, values=form.cleaned_data, now=clock.now())
        messages.success(request, "Flux enregistré.")
        return redirect("contributions_team:feed", pk)
    came = came_of(feed=feed)
    context = {
        "feed": feed,
        "form": form,
        "reason": reason(feed),
        "came": list(came[:_LATEST]),
        "total": came.count(),
        "waiting": waiting_of(feed=feed),
    }
    return screen(request, "feed", feed.name, context, status=422 if form.errors else 200)


_ACTS: dict[str, tuple[Any, str]] = {
    "arreter": (feeds.stop, "Flux arrêté : plus rien n’en vient. Ce qui est venu reste."),
    "lire": (feeds.read_again, "Il sera lu dans une minute ou deux."),
}


@permission_required(MODERATE)
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    if name not in _ACTS:
        raise Http404
    _find(pk)
    do, said = _ACTS[name]
    try:
        do(feed_id=pk, **({"now": clock.now()} if name == "lire" else {}))
    except AppError:
        messages.error(request, "Ce flux a changé d’état entre-temps : rien n’a été changé.")
    else:
        messages.success(request, said)
    return redirect("contributions_team:feed", pk)


def _find(pk: int) -> Feed:
    try:
        return Feed.objects.select_related("organisation", "theme", "added_by").get(pk=pk)
    except Feed.DoesNotExist:
        raise Http404 from None
