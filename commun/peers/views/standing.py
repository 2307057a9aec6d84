"""Where we stand together: opened by a member, answered by whoever has a link, seen by those concerned alone."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commun.accounts.models import User
from commun.common import clock, french
from commun.common.errors import AppError
from commun.common.guard import anonymous_form
from commun.common.personal import personal_page
from commun.peers.exceptions import LinkUsed, RoundOver, RoundTooSoon, RoundUnderWay
from commun.peers.forms import RoundForm, SheetForm
from commun.peers.links import round_url
from commun.peers.models import Round
from commun.peers.selectors.standing import Seat, get_round_for, get_seat_by_token, result_of, whose_of
from commun.peers.services import standing as rounds
from commun.peers.standing import ANSWERS, DIMENSIONS, STATEMENTS, Group
from commun.peers.types import MOST_LINKS, RoundState

_AN_HOUR = timedelta(hours=1)
_MORE = 5
GROUPS = {
    Group.APART: "Là où vous ne voyez pas la même chose",
    Group.UNKNOWN: "Là où beaucoup ne savent pas",
    Group.BETWEEN: "Là où les avis se dispersent",
    Group.SAME: "Là où vous voyez la même chose",
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What it is, and every statement, before anybody is asked anything."""
    subjects = [
        (one.title, [statement.text for statement in STATEMENTS if statement.dimension == key])
        for key, one in DIMENSIONS.items()
    ]
    return render(request, "peers/standing.html", {"subjects": subjects, "answers": list(ANSWERS.values())})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    found = {one.key: one for one in whose_of(user=user, at=clock.now())}
    choices = [(key, french.name(one.label)) for key, one in found.items()]
    form = RoundForm(request.POST or None, whose=choices, today=clock.today())
    if request.method == "POST" and found and form.is_valid():
        try:
            row = rounds.open_round(
                whose=found[form.cleaned_data["pour"]],
                user=user,
                links=form.cleaned_data["personnes"],
                closes_at=form.closes_at,
                now=clock.now(),
            )
        except AppError as error:
            form.add_error(None, _word(error))
        else:
            messages.success(request, "Le questionnaire est ouvert. Donnez un lien à chaque personne.")
            return redirect("peers:round", row.reference)
    context = {"form": form, "able": bool(found)}
    return render(request, "peers/round_open.html", context, status=422 if form.errors else 200)


def _word(error: AppError) -> str:
    match error:
        case RoundUnderWay():
            return "Un questionnaire est déjà ouvert pour ces personnes : il est dans « Mon espace »."
        case RoundTooSoon(again_at=again_at):
            day = french.day(timezone.localdate(again_at))
            return (
                "Le dernier résultat de ces personnes est trop récent : deux résultats proches diraient, par leur "
                f"différence, qui a répondu entre les deux. Vous pourrez recommencer le {day}."
            )
    return "Cela n’a pas pu être ouvert : votre mandat ou ce projet a changé. Réessayez."


def _find(request: HttpRequest, reference: str) -> Round:
    try:
        return get_round_for(user=request.user, reference=reference, at=clock.now())  # type: ignore[arg-type]
    except Round.DoesNotExist:
        raise Http404 from None


@login_required
@never_cache
@require_safe
def show(request: HttpRequest, reference: str) -> HttpResponse:
    row = _find(request, reference)
    opens = row.opener_id == request.user.pk
    shows_links = opens and row.state == RoundState.OPEN
    numbers = range(1, row.links + 1) if shows_links else ()
    context = {
        **_shown(row),
        "links": [round_url(reference=row.reference, number=number) for number in numbers],
        "may_add": shows_links and row.links + _MORE <= MOST_LINKS,
        "may_erase": opens or row.opener_id is None,
    }
    return render(request, "peers/round.html", context)


def _shown(row: Round) -> dict[str, Any]:
    result = result_of(row=row, now=clock.now())
    return {
        "round": row,
        "is_open": row.state == RoundState.OPEN,
        "result": result,
        "groups": [(GROUPS[group], lines) for group, lines in result.groups] if result is not None else [],
        "answers": list(ANSWERS.items()),
    }


@login_required
@require_POST
def more_links(request: HttpRequest, reference: str) -> HttpResponse:
    row = _find(request, reference)
    try:
        rounds.add_links(round_id=row.pk, user=request.user, more=_MORE, now=clock.now())  # type: ignore[arg-type]
    except AppError:
        messages.error(request, "Il n’y a plus de lien à ajouter à ce questionnaire.")
    else:
        messages.success(request, "Cinq liens de plus, à la fin de la liste.")
    return redirect("peers:round", reference)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, reference: str) -> HttpResponse:
    row = _find(request, reference)
    if row.opener_id not in {request.user.pk, None}:
        raise Http404
    if request.method == "POST":
        rounds.erase(reference=reference, user=request.user, now=clock.now())  # type: ignore[arg-type]
        messages.success(request, "Le questionnaire est effacé, avec toutes ses réponses.")
        return redirect("website:space")
    return render(request, "peers/round_erase.html", {"round": row})


_personal = personal_page(name="seat", find=get_seat_by_token, unknown="peers/round_unknown.html")


@anonymous_form(scope="peers.answer", limit=120, period=_AN_HOUR)  # a whole town hall may share one address
@_personal
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, seat: Seat, token: str) -> HttpResponse:
    """One link: the sheet, then thanks, then the result; nothing of it says who holds it."""
    if request.method == "POST":
        form = SheetForm(request.POST)
        if not form.is_valid():
            return _sheet(request, seat, form, status=422)
        try:
            rounds.answer(reference=seat.round.reference, number=seat.number, sheet=form.sheet, now=clock.now())
        except (LinkUsed, RoundOver):
            return redirect("peers:answer", token)
        return redirect(f"{reverse('peers:answer', args=[token])}?fait=merci")
    return _sheet(request, seat, SheetForm())


def _sheet(request: HttpRequest, seat: Seat, form: SheetForm, *, status: int = 200) -> HttpResponse:
    row = seat.round
    may_answer = row.state == RoundState.OPEN and clock.now() < row.closes_at and not seat.used
    subjects = [
        (one.title, [form[statement.key] for statement in STATEMENTS if statement.dimension == key])
        for key, one in DIMENSIONS.items()
    ]
    context = {
        **_shown(row),
        "form": form,
        "seat": seat,
        "subjects": subjects,
        "may_answer": may_answer,
        "thanks": seat.used and request.GET.get("fait") == "merci",
    }
    return render(request, "peers/answer.html", context, status=status)
