"""Sending, moving a planned date, stopping."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commun.common import clock, french
from commun.newsletters.forms import MoveForm, SendForm
from commun.newsletters.holidays import next_working_morning
from commun.newsletters.models import IssuePage
from commun.newsletters.services import sending
from commun.newsletters.services.doubts import doubts
from commun.newsletters.services.topics import topics_of
from commun.newsletters.types import IssueState
from commun.newsletters.views.issues import crumbs
from commun.newsletters.views.sending import act, back, crumb, get_issue_or_404, progress_of, status_of
from commun.newsletters.wording import people
from commun.subscribers.api import audience_size


@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what leaves, to how many, when, and what is odd about it; then count down."""
    page = get_issue_or_404(request, pk)
    status = status_of(page)
    number = audience_size(topics=topics_of(theme=page.theme))
    form = SendForm(
        request.POST if request.method == "POST" else None,
        people=number,
        doubts=lambda at: _doubts(page, at=at, number=number),
        initial={
            "seen": status.submission.message.hash if status.submission else "",
            "at": next_working_morning(timezone.localtime(clock.now())),
        },
    )
    if request.method == "POST" and form.is_valid():
        return _let_go(request, pk, at=form.cleaned_data["at"], seen=form.cleaned_data["seen"])
    if status.state != IssueState.APPROVED:
        return back(page)
    context = {
        "issue": page,
        "status": status,
        "form": form,
        "doubts": form.doubts if form.is_bound else _doubts(page, at=None, number=number),
        "recipients": people(number),
        "countdown": settings.SEND_COUNTDOWN,
        "breadcrumbs_items": crumbs(crumb(page), (request.path, "Envoyer")),
    }
    return render(request, "newsletters/admin/send.html", context, status=422 if form.errors else 200)


def _let_go(request: HttpRequest, pk: int, *, at: datetime | None, seen: str) -> HttpResponse:
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
        do=lambda page, user: sending.send_issue(issue=page, user=user, at=leaves, seen_hash=seen),
        done=said,
    )


def _doubts(page: IssuePage, *, at: datetime | None, number: int) -> list[str]:
    return doubts(issue=page, at=at or clock.now() + timedelta(minutes=settings.SEND_COUNTDOWN), people=number)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another date; approvals stand."""
    page = get_issue_or_404(request, pk)
    status = status_of(page)
    if status.state != IssueState.SCHEDULED or status.progress is None:
        return back(page)
    number = audience_size(topics=topics_of(theme=page.theme))
    planned: Any = status.progress.scheduled_at
    form = MoveForm(
        request.POST if request.method == "POST" else None,
        doubts=lambda at: _doubts(page, at=at, number=number),
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
    context = {"issue": page, "form": form, "doubts": form.doubts, "planned": planned, "breadcrumbs_items": items}
    return render(request, "newsletters/admin/move.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once more, then stop. During the countdown the button asks nothing: there is no time to."""
    page = get_issue_or_404(request, pk)
    if request.method == "POST":
        return act(
            request, pk, do=lambda page, user: sending.stop_issue(issue=page, user=user), done="L’envoi est arrêté."
        )
    status = status_of(page)
    if status.progress is None:
        return back(page)
    items = crumbs(crumb(page), (request.path, "Arrêter"))
    context = {"issue": page, "progress": progress_of(status), "breadcrumbs_items": items}
    return render(request, "newsletters/admin/stop.html", context)
