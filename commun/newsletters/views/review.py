"""Reading what is frozen, then approving it or not; taking it back."""

from __future__ import annotations

import difflib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from commun.newsletters.forms import ReachForm, WordsForm
from commun.newsletters.models import IssuePage, Submission
from commun.newsletters.rendering import Finding
from commun.newsletters.rendering.mailboxes import MAILBOXES
from commun.newsletters.selectors.issues import IssueStatus, editors_of
from commun.newsletters.selectors.journal import last_decision, last_refusal, previous_submission
from commun.newsletters.services import approval
from commun.newsletters.services.topics import topics_of
from commun.newsletters.types import IssueState
from commun.newsletters.views.issues import crumbs
from commun.newsletters.views.sending import act, back, crumb, get_issue_or_404, status_of
from commun.newsletters.wording import say_audience, say_reach
from commun.subscribers.api import audience_of, reach_of

_STANDING = {IssueState.SUBMITTED, IssueState.APPROVED}


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """What is frozen, what changed, the checks, whom it reaches; then two buttons. A POST asks about one address."""
    page = get_issue_or_404(request, pk)
    status = status_of(page)
    if status.state not in _STANDING:
        return back(page)
    reach = ReachForm(request.POST if request.method == "POST" else None)
    answer = ""
    if request.method == "POST" and reach.is_valid():
        address = reach.cleaned_data["address"]
        answer = say_reach(reach_of(address=address, topics=topics_of(theme=page.theme)), address=address)
    return _screen(request, page, status, reach=reach, answer=answer)


def _screen(request: HttpRequest, page: IssuePage, status: IssueStatus, **shown: Any) -> HttpResponse:
    submission: Any = status.submission
    user: Any = request.user
    decided = last_decision(submission=submission, user=user)
    before = decided.submission if decided else previous_submission(submission=submission)
    forms: dict[str, Any] = {"reach": ReachForm(), "refusal": WordsForm(), "answer": "", **shown}
    context = {
        "issue": page,
        "status": status,
        "submission": submission,
        "findings": [(Finding(**kept), "") for kept in submission.report],
        "mailboxes": MAILBOXES.values(),
        "decided": decided,
        "changes": _changes(submission, before=before),
        "refusal_said": last_refusal(issue=page),
        "audience": say_audience(audience_of(topics=topics_of(theme=page.theme))),
        "own_work": user.pk in editors_of(submission=submission),
        "may_approve": user.has_perm("newsletters.approve_issue") and status.state == IssueState.SUBMITTED,
        "has_approved": any(agreed.by_id == user.pk for agreed in status.approvals),
        "forms": forms,
        "breadcrumbs_items": crumbs(crumb(page), (request.path, "Relire ce qui est figé")),
    }
    bad = any(form.errors for form in (forms["reach"], forms["refusal"]))
    return render(request, "newsletters/admin/read.html", context, status=422 if bad else 200)


def _changes(submission: Submission, *, before: Submission | None) -> list[tuple[str, str]] | None:
    """(sign, line) of the text part against what was frozen before; None the first time."""
    if before is None:
        return None
    old, new = before.message.text.splitlines(), submission.message.text.splitlines()
    lines = difflib.unified_diff(old, new, n=0, lineterm="")
    return [
        (line[0], line[1:])
        for line in lines
        if line[:1] in "+-" and line[:3] not in {"+++", "---"} and line[1:].strip()
    ]


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    def do(page: IssuePage, user: Any) -> None:
        approval.approve_issue(issue=page, user=user, seen_hash=request.POST.get("seen", ""))

    return act(request, pk, do=do, done="Vous avez approuvé ce numéro.")


@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_issue_or_404(request, pk)
    form = WordsForm(request.POST)
    status = status_of(page)
    if not form.is_valid() and status.state in _STANDING:
        return _screen(request, page, status, refusal=form)

    def do(page: IssuePage, user: Any) -> None:
        seen, words = request.POST.get("seen", ""), form.cleaned_data.get("words", "")
        approval.refuse_issue(issue=page, user=user, words=words, seen_hash=seen)

    return act(request, pk, do=do, done="Le numéro est rendu à la rédaction, avec vos remarques.")


@require_POST
def answer(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    def do(page: IssuePage, user: Any) -> None:
        approval.answer_refusal(issue=page, entry=entry, user=user, words=request.POST.get("words", ""))

    return act(request, pk, do=do, done="Votre réponse est gardée, et envoyée à la personne qui a refusé.")


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Say why, then it is a draft again."""
    page = get_issue_or_404(request, pk)
    form = WordsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        return act(
            request,
            pk,
            do=lambda page, user: approval.withdraw_submission(issue=page, user=user, reason=words),
            done="Le numéro est de nouveau un brouillon.",
        )
    status = status_of(page)
    if status.state not in _STANDING:
        return back(page)
    items = crumbs(crumb(page), (request.path, "Reprendre en brouillon"))
    context = {"issue": page, "status": status, "form": form, "breadcrumbs_items": items}
    return render(request, "newsletters/admin/withdraw.html", context, status=422 if form.errors else 200)
