"""« Envoi »: everything between a draft and its last recipient, on one screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from commun.common import clock
from commun.common.errors import AppError
from commun.newsletters.forms import CorrectionForm, TestForm
from commun.newsletters.models import IssuePage, TrialAnswer
from commun.newsletters.rendering import Documents, Finding, from_json
from commun.newsletters.rendering.mailboxes import MAILBOXES, shown_in
from commun.newsletters.selectors.errata import AT_REST
from commun.newsletters.selectors.issues import (
    IssueStatus,
    corrections_of,
    current_submission,
    editors_of,
    is_taken_off,
    issue_status,
)
from commun.newsletters.selectors.journal import journal_of, unanswered_refusals
from commun.newsletters.selectors.places import pointed
from commun.newsletters.selectors.web import WebEdition
from commun.newsletters.services import approval, sending
from commun.newsletters.services.audience import chosen_audience, reached_now
from commun.newsletters.services.corrections import correct_issue
from commun.newsletters.services.freeze import freeze, latest
from commun.newsletters.services.freeze import render as render_documents
from commun.newsletters.types import Document, IssueState
from commun.newsletters.views.issues import check_access, crumbs
from commun.newsletters.wording import DELIVERIES, EXPLAINED, SCHEDULED, STATES, WAITING, say, say_progress, say_whom

_LETTING_GO = {IssueState.SENDING, IssueState.PAUSED, IssueState.HELD}
MOVING = {IssueState.SCHEDULED, IssueState.SENDING, IssueState.PAUSED, IssueState.HELD}
# The policy of a received message: its own styles, our images, nothing else.
MAIL_POLICY = "default-src 'none'; img-src * data:; style-src 'unsafe-inline'; sandbox allow-popups"


def get_issue_or_404(request: HttpRequest, pk: int) -> IssuePage:
    check_access(request)
    return get_object_or_404(IssuePage.objects.select_related("theme"), id=pk)


def status_of(issue: IssuePage) -> IssueStatus:
    submission = current_submission(issue=issue)
    changed = submission is not None and approval.changed_since(submission=submission, issue=issue)
    return issue_status(issue=issue, changed=changed)


# --- the screen -------------------------------------------------------------------------------------


@require_safe
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    return show_issue(request, get_issue_or_404(request, pk))


def show_issue(request: HttpRequest, page: IssuePage, *, code: int = 200, **forms: Any) -> HttpResponse:
    status = status_of(page)
    documents, findings = documents_of(page, status)
    user: Any = request.user
    submission = status.submission
    context = {
        "issue": page,
        "status": status,
        "state": status.state.value,
        "label": STATES[status.state],
        "explained": EXPLAINED[status.state],
        "steps": _steps(status.state),
        "findings": pointed(findings=findings, issue=latest(issue=page)),
        "editable": status.state == IssueState.DRAFT,
        "blocking": any(finding.level == "blocking" for finding in findings),
        "text": documents.text if documents else "",
        "mailboxes": MAILBOXES.values(),
        "has_documents": documents is not None,
        "library_changed": _library_changed(status),
        "own_work": submission is not None and user.pk in editors_of(submission=submission),
        "has_approved": any(agreed.by_id == user.pk for agreed in status.approvals),
        "may": {name: user.has_perm(f"newsletters.{name}") for name in ("submit_issue", "approve_issue", "send_issue")},
        "progress": progress_of(status),
        "whom": _whom(page, status),
        "journal": journal_of(issue=page),
        "refusals": unanswered_refusals(issue=page) if status.state == IssueState.DRAFT else (),
        "trial_answers": TrialAnswer.objects.filter(issue=page),
        "corrections": corrections_of(issue=page),
        "taken_off": is_taken_off(issue=page),
        "test_form": forms.get("test_form") or TestForm(initial={"address": user.email}),
        "correction_form": forms.get("correction_form") or CorrectionForm(),
        "breadcrumbs_items": crumbs((request.path, f"Numéro {page.number} : {page.title}")),
    }
    return render(request, "newsletters/admin/issue.html", context, status=code)


def documents_of(page: IssuePage, status: IssueStatus) -> tuple[Documents | None, tuple[Finding, ...]]:
    """What is frozen; for a draft, what would be. None when it cannot be made: the finding says why."""
    try:
        if status.submission is not None and status.state != IssueState.DRAFT:
            content = from_json(status.submission.content)
            documents = render_documents(content=content)
            return documents, tuple(Finding(**kept) for kept in status.submission.report)
        frozen = freeze(issue=latest(issue=page))
    except AppError as error:
        return None, (Finding(error.code, "blocking", say(error)),)
    return frozen.documents, frozen.findings


def _library_changed(status: IssueStatus) -> bool:
    if status.submission is None or status.state not in {IssueState.SUBMITTED, IssueState.APPROVED}:
        return False
    return approval.library_changed(submission=status.submission)


def _steps(state: IssueState) -> list[dict[str, Any]]:
    """What is done, where it stands, what is left; the last two say what happened, not what was hoped."""
    leaving = "Envoi programmé" if state == IssueState.SCHEDULED else "Envoi"
    steps = [
        ("Brouillon", {IssueState.DRAFT}),
        ("Soumis", {IssueState.SUBMITTED}),
        ("Approuvé", {IssueState.APPROVED}),
        (leaving, {IssueState.SCHEDULED, *_LETTING_GO}),
        ("Arrêté", {IssueState.STOPPED}) if state == IssueState.STOPPED else ("Envoyé", {IssueState.SENT}),
    ]
    current = next(position for position, (_, states) in enumerate(steps) if state in states)
    over = state == IssueState.SENT
    return [
        {"label": label, "done": position < current or over, "current": position == current and not over}
        for position, (label, _) in enumerate(steps)
    ]


def progress_of(status: IssueStatus) -> dict[str, Any] | None:
    progress = status.progress
    if progress is None:
        return None
    return {
        "send_id": progress.send_id,
        "state": status.state.value,
        "label": STATES[status.state],
        "sentence": SCHEDULED if status.state == IssueState.SCHEDULED else say_progress(progress),
        "waiting": WAITING.get(progress.waiting_for, "") if progress.waiting_for else "",
        "begun": progress.started_at is not None,
        "total": progress.total,
        "settled": progress.settled,
        "counts": [(code, label, progress.counts.get(code, 0)) for code, label in DELIVERIES.items()],
        "moving": status.state in MOVING,
        "at_rest": progress.started_at is not None and progress.state in AT_REST,
        "scheduled_at": progress.scheduled_at,
        "seconds": _seconds(status),
        "finished_at": progress.finished_at,
    }


def _whom(page: IssuePage, status: IssueStatus) -> str:
    """Which people it goes to, and how many: counted today as long as the list is not written."""
    if status.progress is None:
        return ""
    chosen = chosen_audience(submission=status.submission)
    total = status.progress.total
    number = reached_now(issue=page, chosen=chosen) if total is None else total
    return say_whom(number, segment=None if chosen.everybody else chosen.name, counted=total is None)


def _seconds(status: IssueStatus) -> int | None:
    """Until it leaves, within the hour: a countdown. None otherwise."""
    at = status.progress.scheduled_at if status.progress and status.state == IssueState.SCHEDULED else None
    left = int((at - clock.now()).total_seconds()) if at else None
    return max(0, left) if left is not None and left <= 3600 else None


@require_safe
def state(request: HttpRequest, pk: int) -> JsonResponse:
    """For the screen that refreshes itself."""
    progress = progress_of(status_of(get_issue_or_404(request, pk)))
    if progress is None:
        return JsonResponse({"state": "", "moving": False})
    counts = {code: number for code, _, number in progress["counts"]}
    keys = ("state", "label", "sentence", "waiting", "total", "settled", "moving")
    return JsonResponse({**{key: progress[key] for key in keys}, "counts": counts})


@require_safe
def document(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """What is frozen (for a draft: what would be), alone in a frame."""
    page = get_issue_or_404(request, pk)
    if name not in set(Document) and name not in MAILBOXES:
        raise Http404(name)
    status = status_of(page)
    documents, _ = documents_of(page, status)
    if documents is None:
        return HttpResponse("La lettre ne peut pas être montrée : voyez la liste des points à corriger.", status=409)
    if name == Document.TEXT:
        return HttpResponse(documents.text, content_type="text/plain; charset=utf-8")
    if name == Document.WEB:
        edition = WebEdition(documents.web)
        return render(request, "newsletters/issue.html", {"page": page, "self": page, "edition": edition})
    mailbox = MAILBOXES.get(name)
    response = HttpResponse(shown_in(email=documents.email, mailbox=mailbox) if mailbox else documents.email)
    response["Content-Security-Policy"] = MAIL_POLICY
    return response


# --- actions ----------------------------------------------------------------------------------------


def back(page: IssuePage) -> HttpResponse:
    return redirect("newsletters:issue", page.pk)


def act(
    request: HttpRequest, pk: int, *, do: Callable[[IssuePage, Any], Any], done: str, to: str = "newsletters:issue"
) -> HttpResponse:
    """Do it, say how it went, and lead back to the screen named `to`."""
    page = get_issue_or_404(request, pk)
    try:
        do(page, request.user)
    except AppError as error:
        messages.error(request, say(error))
    else:
        messages.success(request, done)
    return redirect(to, page.pk)


@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    def do(page: IssuePage, user: Any) -> None:
        approval.submit_issue(issue=page, user=user)

    return act(request, pk, do=do, done="Le numéro est figé. Une autre personne doit maintenant l’approuver.")


@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    def do(page: IssuePage, user: Any) -> None:
        sending.pause_issue(issue=page, user=user)

    return act(request, pk, do=do, done="L’envoi est en pause.")


@require_POST
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    def do(page: IssuePage, user: Any) -> None:
        sending.resume_issue(issue=page, user=user)

    return act(request, pk, do=do, done="L’envoi reprend.")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    def do(page: IssuePage, user: Any) -> None:
        sending.restore_issue(issue=page, user=user)

    return act(request, pk, do=do, done="L’édition web est de nouveau en ligne, telle qu’elle a été envoyée.")


def crumb(page: IssuePage) -> tuple[str, str]:
    return reverse("newsletters:issue", args=[page.pk]), f"Numéro {page.number} : {page.title}"


@require_POST
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_issue_or_404(request, pk)
    form = CorrectionForm(request.POST)
    if form.is_valid():
        try:
            correct_issue(issue=page, user=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except AppError as error:
            form.add_error("wrong", say(error))
        else:
            messages.success(request, "L’édition web est corrigée, et le dit.")
            return back(page)
    return show_issue(request, page, code=422, correction_form=form)
