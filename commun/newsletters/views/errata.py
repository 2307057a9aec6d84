"""« Rectificatif »: what puts a letter right by mail, on one screen: writing, reading, approving, sending."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commun.common import clock, french
from commun.common.errors import AppError
from commun.mailing.api import send_progress
from commun.mailing.types import OVER
from commun.newsletters.exceptions import NotReady
from commun.newsletters.forms import ErratumForm, ErratumSendForm, WordsForm
from commun.newsletters.models import Erratum, IssuePage, Submission
from commun.newsletters.rendering import Finding
from commun.newsletters.selectors.errata import AT_REST, begun_submission, errata_of, suggested_words
from commun.newsletters.services import errata
from commun.newsletters.services.doubts import odd_hours
from commun.newsletters.services.erratum_checks import check_erratum
from commun.newsletters.views.issues import crumbs
from commun.newsletters.views.sending import MAIL_POLICY, act, crumb, get_issue_or_404
from commun.newsletters.wording import say, say_progress, say_reached
from commun.subscribers.api import correction_audience

_SCREEN = "newsletters:erratum"


@require_http_methods(["GET", "HEAD", "POST"])
def erratum(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands, or a form to write one; those that left, below. A POST seals what was written."""
    page = get_issue_or_404(request, pk)
    sent = begun_submission(issue=page)
    if sent is None or (_leaves(sent) and not errata_of(issue=page)):
        messages.info(request, "Le rectificatif s’écrit quand l’envoi du numéro est en pause, arrêté ou fini.")
        return redirect("newsletters:issue", page.pk)
    uncertain = send_progress(send_id=_send_of(sent)).counts["uncertain"]
    form = ErratumForm(
        request.POST if request.method == "POST" else None,
        uncertain=uncertain,
        initial={"words": suggested_words(issue=page)},
    )
    if request.method == "POST" and form.is_valid():
        try:
            errata.write_erratum(issue=page, user=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except NotReady as error:
            for one in error.findings:
                if one.level == "blocking":
                    form.add_error(one.field, one.message)
        except AppError as error:
            form.add_error(None, say(error))
        else:
            messages.success(request, "Le rectificatif est figé. Une autre personne doit maintenant l’approuver.")
            return redirect(_SCREEN, page.pk)
    return _screen(request, page, form=form)


def _leaves(sent: Submission) -> bool:
    """At this very moment: nothing new is written meanwhile, what stands is shown."""
    return sent.send is not None and sent.send.state not in AT_REST


def _send_of(sent: Submission) -> int:
    assert sent.send_id is not None
    return sent.send_id


def _screen(request: HttpRequest, page: IssuePage, **forms: Any) -> HttpResponse:
    user: Any = request.user
    sent: Any = begun_submission(issue=page)
    found = errata_of(issue=page)
    standing = found[0] if found and found[0].send is None else None
    audience = correction_audience(send_id=sent.send_id, with_uncertain=standing.with_uncertain if standing else False)
    seen = {"seen": standing.message.hash} if standing else {}
    doubts = _doubts()
    context = {
        "issue": page,
        "over": sent.send.state in OVER,
        "leaves": _leaves(sent),
        "doubts": doubts,
        "standing": standing,
        "findings": _findings(sent, standing) if standing else [],
        "left": [_shown(one) for one in found if one.send is not None],
        "form": forms.get("form"),
        "withdrawal": forms.get("withdrawal") or WordsForm(),
        "send_form": forms.get("send_form") or ErratumSendForm(people=audience.total, doubts=doubts, initial=seen),
        "audience": say_reached(audience),
        "corrected": page.corrections.exists(),
        "needed": settings.APPROVALS_REQUIRED,
        "countdown": settings.SEND_COUNTDOWN,
        "own_work": standing is not None and standing.written_by_id == user.pk,
        "may": {name: user.has_perm(f"newsletters.{name}") for name in ("submit_issue", "approve_issue", "send_issue")},
        "breadcrumbs_items": crumbs(crumb(page), (request.path, "Rectificatif")),
    }
    bad = any(form.is_bound and form.errors for form in forms.values() if form is not None)
    return render(request, "newsletters/admin/erratum.html", context, status=422 if bad else 200)


def _findings(sent: Submission, standing: Erratum) -> list[tuple[Finding, str]]:
    """What the checks said of it when it was sealed, in no need of an address: it is written again, not edited."""
    day = timezone.localdate(standing.written_at)
    return [(one, "") for one in check_erratum(sent=sent, reason=standing.reason, words=standing.words, day=day)]


def _doubts() -> list[str]:
    """Of its leaving now: after the countdown."""
    return odd_hours(at=clock.now() + timedelta(minutes=settings.SEND_COUNTDOWN))


def _shown(one: Erratum) -> dict[str, Any]:
    """One that has its send: where that stands, and how long it can still be stopped."""
    send: Any = one.send
    progress = send_progress(send_id=send.pk)
    waits = progress.state == "scheduled"
    seconds = int((progress.scheduled_at - clock.now()).total_seconds()) if waits and progress.scheduled_at else None
    cancelled = progress.state == "cancelled"
    never = cancelled and progress.started_at is None
    return {
        "erratum": one,
        "sentence": "Arrêté avant son départ : personne ne l’a reçu."
        if never
        else ""
        if waits
        else say_progress(progress),
        "seconds": None if seconds is None else max(0, seconds),
        "moving": progress.state in {"scheduled", "freezing", "sending", "paused", "held"},
    }


def _of(request: HttpRequest, pk: int, number: int) -> tuple[IssuePage, Erratum]:
    page = get_issue_or_404(request, pk)
    found = Erratum.objects.filter(issue=page, pk=number).select_related("issue", "message").first()
    if found is None:
        raise Http404("erratum")
    return page, found


@require_safe
def document(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The message, alone in a frame; `?texte` its text part."""
    _, found = _of(request, pk, number)
    if "texte" in request.GET:
        return HttpResponse(found.message.text, content_type="text/plain; charset=utf-8")
    response = HttpResponse(found.message.html)
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


def _act(request: HttpRequest, page: IssuePage, *, do: Callable[[Any], Any], done: str) -> HttpResponse:
    return act(request, page.pk, do=lambda _, user: do(user), done=done, to=_SCREEN)


@require_POST
def approve(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    page, found = _of(request, pk, number)
    seen = request.POST.get("seen", "")
    return _act(
        request,
        page,
        do=lambda user: errata.approve_erratum(erratum=found, user=user, seen_hash=seen),
        done="Vous avez approuvé ce rectificatif.",
    )


@require_POST
def withdraw(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    page, found = _of(request, pk, number)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _screen(request, page, withdrawal=form)
    words = form.cleaned_data["words"]
    return _act(
        request,
        page,
        do=lambda user: errata.withdraw_erratum(erratum=found, user=user, reason=words),
        done="Le rectificatif est retiré : rien ne part.",
    )


@require_POST
def send(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """After the exact number; then the countdown, as for a letter."""
    page, found = _of(request, pk, number)
    audience = correction_audience(send_id=found.corrects_id, with_uncertain=found.with_uncertain)
    form = ErratumSendForm(request.POST, people=audience.total, doubts=_doubts())
    if not form.is_valid():
        return _screen(request, page, send_form=form)
    minutes = settings.SEND_COUNTDOWN
    at = clock.now() + timedelta(minutes=minutes) if minutes else None
    seen = form.cleaned_data["seen"]
    return _act(
        request,
        page,
        do=lambda user: errata.send_erratum(erratum=found, user=user, seen_hash=seen, at=at),
        done=f"Le rectificatif part dans {french.count(minutes, 'minute')}. Jusque-là, toute l’équipe peut l’arrêter."
        if minutes
        else "L’envoi commence.",
    )


@require_POST
def stop(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    page, found = _of(request, pk, number)
    return _act(
        request,
        page,
        do=lambda user: errata.stop_erratum(erratum=found, user=user),
        done="L’envoi du rectificatif est arrêté.",
    )
