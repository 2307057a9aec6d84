"""« Nous voulons le faire »: begin, from the page of a resource; say how it goes, from a link sent to one mailbox."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commun.common import clock, french
from commun.common.errors import AppError
from commun.common.guard import anonymous_form
from commun.common.personal import personal_page
from commun.cooperation.exceptions import WrongState
from commun.cooperation.forms import EmptyForm
from commun.cooperation.links import start_token
from commun.cooperation.models import Start
from commun.cooperation.selectors.starts import Reusable, able_to_start, get_start_by_token, inspiring, reusable_of
from commun.cooperation.services import starting
from commun.cooperation.start_forms import BeginForm, NewsForm, QuietForm, SeenForm
from commun.cooperation.types import StartState

_AN_HOUR = timedelta(hours=1)
_DONE = {
    "commence": "C’est noté. Nous vous demanderons dans trois mois comment cela se passe.",
    "fait": "C’est noté : vous l’avez déjà fait. Racontez-le : d’autres s’en serviront.",
    "deja": "Votre collectivité l’avait déjà dit : voici où elle en est.",
    "note": "Merci : c’est noté.",
    "montre": "C’est noté : tout le monde voit votre collectivité sur la page de cette ressource.",
    "reserve": "C’est noté : seuls les membres du réseau, une fois connectés, la voient désormais.",
    "racontee": "Votre expérience en est née : votre démarche ne peut plus être retirée ici. Écrivez-nous.",
    "silence": "C’est noté : nous ne vous demanderons plus de nouvelles de cette démarche.",
    "plus_de_questions": "C’est noté. Nos questions sont finies : donnez des nouvelles ici quand vous voulez.",
    "questions": "C’est noté : nous vous demanderons de nouveau comment cela se passe.",
}


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    page = inspiring(page_id=pk)
    if page is None:
        raise Http404
    now = clock.now()
    able = able_to_start(user=request.user, at=now)
    choices = [(str(one.pk), french.name(one.label)) for one, _ in able]
    form = BeginForm(request.POST or None, collectivites=choices)
    if request.method == "POST" and form.is_valid():
        organisation = next(one for one, _ in able if str(one.pk) == form.cleaned_data["collectivite"])
        try:
            row = starting.begin(
                page=page,
                organisation=organisation,
                user=request.user,  # type: ignore[arg-type]
                state=StartState(form.cleaned_data["etat"]),
                purpose=form.cleaned_data["propos"],
                begun_on=form.cleaned_data["mois"],
                is_public=form.cleaned_data["public"],
                now=clock.now(),
            )
        except AppError:
            messages.error(request, "Cela n’a pas pu être noté : votre mandat ou cette page a changé. Réessayez.")
            return redirect("cooperation:start", pk)
        known = row.started_at < now
        done = "deja" if known else "commence" if row.is_under_way else "fait"
        return _back(start_token(reference=row.reference, user_id=request.user.pk), done)  # type: ignore[arg-type]
    context = {
        "resource": page,  # `page` is the name of the page that is shown
        "form": form,
        "able": able,
        "unproved": [organisation for organisation, proved in able if not proved],
    }
    return render(request, "cooperation/starts/begin.html", context, status=422 if form.errors else 200)


def _find(*, token: str) -> Start:
    return get_start_by_token(token=token, at=clock.now())


_personal = personal_page(name="start", find=_find, unknown="cooperation/starts/link_unknown.html")


@_personal
@require_safe
def news(request: HttpRequest, start: Start, token: str) -> HttpResponse:
    form = NewsForm(initial={"etat": start.state})
    return _page(request, start, token, form, done=_DONE.get(request.GET.get("fait", ""), ""))


def _page(
    request: HttpRequest, start: Start, token: str, form: NewsForm, *, done: str = "", status: int = 200
) -> HttpResponse:
    page_id = start.inspired_by_id
    given = reusable_of(page_ids=[page_id]).get(page_id) if page_id is not None else None
    context = {
        "start": start,
        "reusable": given or Reusable(),
        "token": token,
        "form": form,
        "quiet_form": QuietForm(prefix="rappel"),
        "seen_form": SeenForm(prefix="voir"),
        "done": done,
        "events": list(start.events.all()),
        "is_over": not start.is_under_way,
        "may_tell": not start.is_under_way or start.asked >= len(starting.ASKED_AFTER),
        "story_url": f"{reverse('contributions:start', args=['ressource'])}?demarche={token}",
    }
    return render(request, "cooperation/starts/news.html", context, status=status)


@require_POST
@anonymous_form(scope="cooperation.start_news", limit=30, period=_AN_HOUR)
@_personal
def tell(request: HttpRequest, start: Start, token: str) -> HttpResponse:
    form = NewsForm(request.POST)
    if not form.is_valid():
        return _page(request, start, token, form, status=422)
    state, words = StartState(form.cleaned_data["etat"]), form.cleaned_data["nouvelles"]
    starting.tell(start_id=start.pk, state=state, words=words, by=None, now=clock.now())
    return _back(token, "note")


@require_POST
@anonymous_form(scope="cooperation.start_quiet", limit=30, period=_AN_HOUR)
@_personal
def quiet(request: HttpRequest, start: Start, token: str) -> HttpResponse:
    form = QuietForm(request.POST, prefix="rappel")
    if form.is_valid() and form.cleaned_data["encore"] == "oui":
        asked = starting.ask_again(start_id=start.pk, now=clock.now())
        return _back(token, "questions" if asked else "plus_de_questions")
    starting.ask_no_more(start_id=start.pk)
    return _back(token, "silence")


@require_POST
@anonymous_form(scope="cooperation.start_seen", limit=30, period=_AN_HOUR)
@_personal
def show(request: HttpRequest, start: Start, token: str) -> HttpResponse:
    form = SeenForm(request.POST, prefix="voir")
    if not form.is_valid():
        return redirect("cooperation:start_news", token)
    public = form.cleaned_data["tous"] == "oui"
    starting.show(start_id=start.pk, public=public)
    return _back(token, "montre" if public else "reserve")


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="cooperation.start_remove", limit=30, period=_AN_HOUR)
@_personal
def remove(request: HttpRequest, start: Start, token: str) -> HttpResponse:
    """It was a mistake: asked once more, then nothing of it stays."""
    if start.gave_id is not None:
        return _back(token, "racontee")
    form = EmptyForm(request.POST or None)
    context = {"start": start, "token": token, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "cooperation/starts/remove.html", context, status=422 if form.errors else 200)
    try:
        starting.remove(start_id=start.pk)
    except WrongState:
        return _back(token, "racontee")
    return render(request, "cooperation/starts/removed.html", {"start": start})


def _back(token: str, done: str) -> HttpResponse:
    response = redirect("cooperation:start_news", token)
    response["Location"] += f"?fait={done}"
    return response
