"""Ask to meet a collectivité, from its page; answer, from a link of one's own. GET changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commun.accounts.models import User
from commun.common import clock, french
from commun.common.errors import AppError
from commun.common.guard import anonymous_form
from commun.common.personal import personal_page
from commun.peers.calendars import to_ical
from commun.peers.exceptions import AlreadyAsked, CannotBeAsked, NobodyLeft, SameBody, TimeGone, TooManyAsked
from commun.peers.forms import AcceptForm, AskForm, HelpedForm, OneButtonForm, ShowForm
from commun.peers.links import introduction_path
from commun.peers.selectors.introductions import (
    Meeting,
    Subjects,
    able_to_ask,
    get_meeting_by_token,
    is_quiet,
    others_to_meet,
    subjects_between,
)
from commun.peers.services import answering, asking
from commun.peers.types import Helped, IntroductionState, Side, Subject, Wish
from commun.territories.api import Organisation

_AN_HOUR = timedelta(hours=1)
_DONE = {
    "demande": "C’est envoyé, en privé. Vous aurez une réponse dans trois semaines environ.",
    "deja": "Ces deux collectivités ont déjà cette mise en relation : voici où elle en est.",
    "oui": "Merci ! Un courriel vient de partir à chacune, avec l’adresse de l’autre.",
    "non": "C’est noté. Personne n’en est prévenu avant le jour dit, et rien n’en dira la raison.",
    "retiree": "Votre demande est retirée.",
    "aide": "Merci de nous l’avoir dit.",
    "montree": "C’est noté : vous voulez bien que d’autres le voient.",
    "cachee": "C’est noté : cette mise en relation reste entre vous et l’équipe.",
    "silence": "C’est noté : vous ne recevrez plus de demande de mise en relation.",
    "impossible": "Cela n’a pas pu être fait : la page avait changé entre-temps. Voici où en est cette demande.",
    "moment": "Ce moment est passé ou n’est plus proposé : choisissez-en un autre.",
    "personne": "Plus personne n’agit aujourd’hui pour la collectivité qui vous l’avait demandé.",
}


# --- asking ---------------------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    asked = get_object_or_404(Organisation.objects.select_related("territory__departement"), slug=slug, is_checked=True)
    now = clock.now()
    able = [one for one in able_to_ask(user=user, at=now) if one.body_key != asked.body_key]
    found = subjects_between(asking=able, asked=asked, now=now)
    subjects = _subjects(found)
    form = AskForm(
        request.POST or None,
        collectivites=[(str(one.pk), french.name(one.label)) for one in able],
        sujets=[(key, words) for key, (words, _) in subjects.items()],
        now=now,
        initial={"sujet": _wanted(request, list(subjects))},
    )
    if request.method == "POST" and able and form.is_valid():
        mine = next(one for one in able if str(one.pk) == form.cleaned_data["pour"])
        try:
            row = asking.ask(asking=mine, asked=asked, user=user, wish=_wish(form, subjects), now=clock.now())
        except AlreadyAsked as error:
            return _back(introduction_path(reference=error.reference, user_id=user.pk), "deja")
        except AppError as error:
            form.add_error(None, _word(error, asked=asked, mine=mine))
        else:
            return _back(introduction_path(reference=row.reference, user_id=user.pk), "demande")
    context = {"asked": asked, "form": form, "able": able, "is_own": not able and bool(able_to_ask(user=user, at=now))}
    return render(request, "peers/ask.html", context, status=422 if form.errors else 200)


def _subjects(found: Subjects) -> dict[str, tuple[str, dict[str, Any]]]:
    """Key in the form → its words, and what it makes of the wish."""
    subjects: dict[str, tuple[str, dict[str, Any]]] = {}
    for need in found.theirs:
        subjects[f"besoin-{need.pk}"] = (
            f"Leur besoin : {need.title}",
            {"subject": Subject.THEIR_NEED, "need": need},
        )
    for page in found.pages:
        subjects[f"page-{page.pk}"] = (f"Leur expérience : {page.title}", {"subject": Subject.PAGE, "page": page})
    for need in found.ours:
        subjects.setdefault(
            f"besoin-{need.pk}", (f"Notre besoin : {need.title}", {"subject": Subject.OUR_NEED, "need": need})
        )
    subjects["autre"] = ("Autre chose", {"subject": Subject.OTHER})
    return subjects


def _wanted(request: HttpRequest, keys: list[str]) -> str:
    """What the page one comes from is about, chosen already; the first else."""
    wanted = request.GET.get("sujet", "")
    return wanted if wanted in keys else keys[0]


def _wish(form: AskForm, subjects: dict[str, tuple[str, dict[str, Any]]]) -> Wish:
    data = form.cleaned_data
    return Wish(
        reason=data["raison"],
        hope=data["espoir"],
        availability=data["disponibilites"],
        times=form.times,
        shown=data["montrer"],
        **subjects[data["sujet"]][1],
    )


def _word(error: AppError, *, asked: Organisation, mine: Organisation) -> str:
    match error:
        case CannotBeAsked():
            return (
                f"{french.name(asked.label)} ne peut pas être sollicitée en ce moment. Gardez votre texte, et essayez "
                "le mois prochain, ou une autre collectivité."
            )
        case TooManyAsked():
            return (
                f"{french.name(mine.label)} a déjà demandé cinq mises en relation ce mois-ci : laissez aux autres le "
                "temps de répondre."
            )
        case SameBody():
            return "C’est votre propre collectivité."
    return "Cela n’a pas pu être envoyé : votre mandat a peut-être changé. Réessayez."


# --- the page of one introduction, for each of those concerned -------------------------------------------


def _find(*, token: str) -> Meeting:
    return get_meeting_by_token(token=token, at=clock.now())


_personal = personal_page(name="meeting", find=_find, unknown="peers/link_unknown.html")


@_personal
@require_safe
def show(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    return _page(request, meeting, token, done=_DONE.get(request.GET.get("fait", ""), ""))


def _page(
    request: HttpRequest,
    meeting: Meeting,
    token: str,
    *,
    form: AcceptForm | None = None,
    done: str = "",
    status: int = 200,
) -> HttpResponse:
    row, now = meeting.row, clock.now()
    over = row.state == IntroductionState.NOT_THIS_TIME
    asks = meeting.side == Side.ASKING
    context = {
        "meeting": meeting,
        "row": row,
        "token": token,
        "done": done,
        "asks": asks,
        "may_answer": not asks and row.is_waiting,
        "declined": not asks and row.state == IntroductionState.DECLINED,
        "accepted": row.state == IntroductionState.ACCEPTED,
        "over": over,
        "accept_form": form or AcceptForm(moments=_moments(meeting, now)),
        "button": OneButtonForm(),
        "helped_form": HelpedForm(),
        "show_form": ShowForm(),
        "times": [_moment(one) for one in row.times],
        "helps": Helped.choices,
        "others": others_to_meet(row=row, at=now) if over and asks else [],
        # A forwarded link shows no address: the mail does, and this page to her alone.
        "contact": meeting.contact if request.user == meeting.person else None,
        "is_quiet": is_quiet(user=meeting.person),
    }
    return render(request, "peers/introduction.html", context, status=status)


def _moment(iso: str) -> str:
    return french.weekday_moment(timezone.localtime(datetime.fromisoformat(iso)))


def _moments(meeting: Meeting, now: datetime) -> list[tuple[str, str]]:
    return [(iso, _moment(iso)) for iso in meeting.row.times if datetime.fromisoformat(iso) > now]


def _guarded(name: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        guard = anonymous_form(scope=f"peers.{name}", limit=30, period=_AN_HOUR)
        return require_POST(guard(_personal(view)))

    return decorate


@_guarded("accept")
def accept(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    form = AcceptForm(request.POST, moments=_moments(meeting, clock.now()))
    if not form.is_valid():
        return _page(request, meeting, token, form=form, status=422)
    time = form.cleaned_data["moment"]
    return _do(
        token,
        "oui",
        lambda: answering.accept(
            introduction_id=meeting.row.pk,
            user=meeting.person,
            time=datetime.fromisoformat(time) if time else None,
            shown=form.cleaned_data["montrer"],
            now=clock.now(),
        ),
    )


@_guarded("decline")
def decline(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    if not OneButtonForm(request.POST).is_valid():
        return _again(token, "impossible")
    return _do(
        token,
        "non",
        lambda: answering.decline(introduction_id=meeting.row.pk, user=meeting.person, now=clock.now()),
    )


@_guarded("withdraw")
def withdraw(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    if not OneButtonForm(request.POST).is_valid():
        return _again(token, "impossible")
    return _do(
        token,
        "retiree",
        lambda: asking.withdraw(introduction_id=meeting.row.pk, user=meeting.person, now=clock.now()),
    )


@_guarded("helped")
def helped(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    form = HelpedForm(request.POST)
    if not form.is_valid():
        return _again(token, "impossible")
    said = Helped(form.cleaned_data["aide"])
    return _do(
        token,
        "aide",
        lambda: answering.tell_if_it_helped(
            introduction_id=meeting.row.pk, user=meeting.person, helped=said, now=clock.now()
        ),
    )


@_guarded("change_shown")
def change_shown(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    form = ShowForm(request.POST)
    if not form.is_valid():
        return _again(token, "impossible")
    shown = form.cleaned_data["montrer"] == "oui"
    return _do(
        token,
        "montree" if shown else "cachee",
        lambda: answering.show(introduction_id=meeting.row.pk, user=meeting.person, shown=shown, now=clock.now()),
    )


@_guarded("leave_alone")
def leave_alone(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    if not OneButtonForm(request.POST).is_valid():
        return _again(token, "impossible")
    return _do(token, "silence", lambda: asking.be_quiet(user=meeting.person, quiet=True, now=clock.now()))


@_personal
@require_safe
def invitation(request: HttpRequest, meeting: Meeting, token: str) -> HttpResponse:
    """The meeting, for her own calendar."""
    if meeting.row.meeting_at is None:
        raise Http404
    url = request.build_absolute_uri(reverse("peers:introduction", args=[token]))
    response = HttpResponse(
        to_ical(row=meeting.row, url=url, now=clock.now()), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return response


def _do(token: str, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except TimeGone:
        return _again(token, "moment")
    except NobodyLeft:
        return _again(token, "personne")
    except AppError:
        return _again(token, "impossible")
    return _again(token, done)


def _again(token: str, done: str) -> HttpResponse:
    return _back(reverse("peers:introduction", args=[token]), done)


def _back(path: str, done: str) -> HttpResponse:
    return redirect(f"{path}?fait={done}")


# --- to be left alone -----------------------------------------------------------------------------------


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def quiet(request: HttpRequest) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    if request.method == "POST":
        wants = request.POST.get("silence") == "oui"
        asking.be_quiet(user=user, quiet=wants, now=clock.now())
        said = "Vous ne recevrez plus de demande." if wants else "Vous recevrez de nouveau les demandes."
        messages.success(request, said)
        return redirect("peers:quiet")
    return render(request, "peers/quiet.html", {"is_quiet": is_quiet(user=user)})
