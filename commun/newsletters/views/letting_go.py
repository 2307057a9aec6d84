"""Sending, moving a planned date, stopping."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commun.common import clock, french
from commun.newsletters.forms import MoveForm, SendForm
from commun.newsletters.holidays import next_working_morning, overseas
from commun.newsletters.models import IssuePage
from commun.newsletters.services import sending
from commun.newsletters.services.audience import Chosen, chosen_audience, reached_now
from commun.newsletters.services.doubts import doubts
from commun.newsletters.services.topics import topics_of
from commun.newsletters.types import IssueState
from commun.newsletters.views.issues import crumbs
from commun.newsletters.views.sending import act, back, crumb, get_issue_or_404, progress_of, status_of
from commun.newsletters.wording import people
from commun.subscribers.api import NamedSegment, audience_size, usable_segments

_WITHOUT = (
    "personne qui devait recevoir ce numéro ne le recevra pas"
    "|personnes qui devaient recevoir ce numéro ne le recevront pas"
)


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what leaves, to how many, when, and what is odd about it; then count down."""
    page = get_issue_or_404(request, pk)
    status = status_of(page)
    segments = usable_segments()
    segment = _chosen(segments, request.GET.get("segment", ""))
    everybody = audience_size(topics=topics_of(theme=page.theme))
    number = everybody
    if segment is not None:
        number = audience_size(topics=topics_of(theme=page.theme), conditions=segment.conditions)
    without = everybody - number if segment else 0
    form = SendForm(
        request.POST if request.method == "POST" else None,
        people=number,
        doubts=lambda at: _doubts(page, at=at, number=number, without=without),
        initial={
            "seen": status.submission.message.hash if status.submission else "",
            "at": next_working_morning(timezone.localtime(clock.now())),
        },
    )
    if request.method == "POST" and form.is_valid():
        return _let_go(request, pk, at=form.cleaned_data["at"], seen=form.cleaned_data["seen"], segment=segment)
    if status.state != IssueState.APPROVED:
        return back(page)
    context = {
        "issue": page,
        "status": status,
        "form": form,
        "overseas": _overseas(form),
        "doubts": form.doubts if form.is_bound else _doubts(page, at=None, number=number, without=without),
        "segments": segments,
        "segment": segment,
        "recipients": people(number),
        "countdown": settings.SEND_COUNTDOWN,
        "breadcrumbs_items": crumbs(crumb(page), (request.path, "Envoyer")),
    }
    return render(request, "newsletters/admin/send.html", context, status=422 if form.errors else 200)


def _chosen(segments: Sequence[NamedSegment], asked: str) -> NamedSegment | None:
    """None: everybody. What names no segment is an error, for it would go to everybody."""
    if not asked:
        return None
    found = next((one for one in segments if str(one.pk) == asked), None)
    if found is None:
        raise Http404(asked)
    return found


def _let_go(
    request: HttpRequest, pk: int, *, at: datetime | None, seen: str, segment: NamedSegment | None
) -> HttpResponse:
    minutes = settings.SEND_COUNTDOWN
    if at is not None:
        said = f"L’envoi est programmé pour le {french.moment(timezone.localtime(at))}."
    elif minutes:
        said = f"La lettre part dans {french.count(minutes, 'minute')}. Jusque-là, toute l’équipe peut l’arrêter."
        at = clock.now() + timedelta(minutes=minutes)
    else:
        said = "L’envoi commence."
    leaves = at
    return act(
        request,
        pk,
        do=lambda page, user: sending.send_issue(issue=page, user=user, at=leaves, seen_hash=seen, segment=segment),
        done=said,
    )


def _doubts(page: IssuePage, *, at: datetime | None, number: int, without: int = 0) -> list[str]:
    found = doubts(issue=page, at=at or clock.now() + timedelta(minutes=settings.SEND_COUNTDOWN), people=number)
    if without:
        found.append(f"{french.count(without, _WITHOUT)} : il ne part qu’une fois.")
    return found


def _overseas(form: SendForm | MoveForm) -> dict[str, Any]:
    """At the hour that the form shows."""
    at = timezone.localtime((form.cleaned_data.get("at") if form.is_bound else None) or form.initial["at"])
    return {"at": at, "clocks": overseas(at)}


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another date; approvals stand."""
    page = get_issue_or_404(request, pk)
    status = status_of(page)
    if status.state != IssueState.SCHEDULED or status.progress is None:
        return back(page)
    chosen = chosen_audience(submission=status.submission)
    number = reached_now(issue=page, chosen=chosen)
    without = 0 if chosen.everybody else reached_now(issue=page, chosen=Chosen()) - number
    planned: Any = status.progress.scheduled_at
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        doubts=lambda at: _doubts(page, at=at, number=number, without=without),
        initial={"at": timezone.localtime(planned)},
    )
    if request.method == "POST" and form.is_valid():
        at = form.cleaned_data["at"]
        return act(
            request,
            pk,
            do=lambda page, user: sending.move_issue(issue=page, user=user, at=at),
            done=f"L’envoi est déplacé au {french.moment(timezone.localtime(at))}.",
        )
    items = crumbs(crumb(page), (request.path, "Déplacer l’envoi"))
    context = {
        "issue": page,
        "form": form,
        "doubts": form.doubts,
        "planned": planned,
        "overseas": _overseas(form),
        "breadcrumbs_items": items,
    }
    return render(request, "newsletters/admin/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then stop. During the countdown the button asks nothing: there is no time to."""
    page = get_issue_or_404(request, pk)
    status = status_of(page)
    if request.method == "POST":
        left = status.progress is not None and status.progress.started_at is not None
        after = "qui l’a reçu le garde" if left else "personne ne l’a reçu, le numéro est de nouveau un brouillon"
        return act(
            request,
            pk,
            do=lambda page, user: sending.stop_issue(issue=page, user=user),
            done=f"L’envoi est arrêté : {after}.",
        )
    if status.progress is None:
        return back(page)
    items = crumbs(crumb(page), (request.path, "Arrêter"))
    context = {"issue": page, "progress": progress_of(status), "breadcrumbs_items": items}
    return render(request, "newsletters/admin/stop.html", context)
