"""The page of whoever gave something, behind the link sent to her mailbox: where it stands, and what she may do.

GET changes nothing: link scanners open every address of every mail.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commun.common import clock
from commun.common.guard import anonymous_form
from commun.common.personal import personal_page
from commun.contributions.exceptions import WrongState
from commun.contributions.forms.page import AnswerForm, CorrectForm, EmptyForm
from commun.contributions.models import Contribution, Message
from commun.contributions.selectors.contributions import get_contribution_by_token
from commun.contributions.selectors.needs import asked_in, meanwhile
from commun.contributions.services import claiming, contributor, handing_on
from commun.contributions.types import OPEN, Direction, FileState, Source, State, Trust, state_label

_AN_HOUR = timedelta(hours=1)
_DONE = {
    "confirmee": "Merci : votre adresse est confirmée.",
    "repondu": "Votre réponse est partie à la rédaction.",
    "corrigee": "Vos corrections sont enregistrées.",
    "retiree": "C’est retiré : rien n’en sera publié.",
    "trop-tard": "Ce n’est plus possible : la rédaction en a décidé. Si c’est une erreur, répondez à son message.",
}


_personal = personal_page(name="row", find=get_contribution_by_token, unknown="contributions/link_unknown.html")


@_personal
@require_safe
def show(request: HttpRequest, row: Contribution, token: str) -> HttpResponse:
    """Once it became a need or a proposal, one page alone is hers: theirs. This one stays to be read where something
    was said, or sent, that the other does not show."""
    if row.forgotten_at is not None:
        return render(request, "contributions/forgotten.html", status=410)
    followed_at = handing_on.followed_at(became=row.became)
    unclaimed = row.trust != Trust.PROVEN and row.state not in {State.WITHDRAWN, State.SPAM}
    thread, files = _exchanges(row), list(row.files.all())
    if followed_at and not unclaimed and not files and all(one.direction == Direction.OUT for one in thread):
        return redirect(followed_at)
    context = {
        "contribution": row,
        "token": token,
        "state": state_label(kind=row.kind, state=row.state),
        "thread": thread,
        "files": files,
        "followed_at": followed_at,
        "may_correct": row.state in OPEN,
        "may_withdraw": row.state in {*OPEN, State.ACCEPTED, State.DECLINED} and not followed_at,
        "may_answer": row.state in {*OPEN, State.ACCEPTED, State.DECLINED} and bool(row.address) and not followed_at,
        "unclaimed": unclaimed,
        "done": _DONE.get(request.GET.get("fait", ""), ""),
        "form": AnswerForm(),
        "claim_form": EmptyForm(prefix="c"),
        "asked_in": asked_in(row=row),
        "meanwhile": meanwhile(row=row, now=clock.now()),
    }
    return render(request, "contributions/page.html", context)


def _exchanges(row: Contribution) -> list[Message]:
    """What was said since: the first message of a mail is what is shown above."""
    thread = list(row.messages.order_by("at", "pk"))
    return thread[1:] if row.source == Source.MAIL else thread


@require_POST
@anonymous_form(scope="contributions.claim", limit=30, period=_AN_HOUR)
@_personal
def claim(request: HttpRequest, row: Contribution, token: str) -> HttpResponse:
    claiming.claim(contribution_id=row.pk, now=clock.now())
    return _back(token, "confirmee")


@require_POST
@anonymous_form(scope="contributions.answer", limit=30, period=_AN_HOUR)
@_personal
def answer(request: HttpRequest, row: Contribution, token: str) -> HttpResponse:
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "contributions/answer.html", _values(row, token, form), status=422)
    try:
        contributor.answer(contribution_id=row.pk, text=form.cleaned_data["reponse"], now=clock.now())
    except WrongState:
        return _back(token, "trop-tard")
    return _back(token, "repondu")


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="contributions.correct", limit=30, period=_AN_HOUR)
@_personal
def correct(request: HttpRequest, row: Contribution, token: str) -> HttpResponse:
    form = CorrectForm(request.POST or None, row=row)
    if request.method != "POST" or not form.is_valid():
        if row.state not in OPEN:
            return _back(token, "trop-tard")
        status = 422 if request.method == "POST" else 200
        return render(request, "contributions/correct.html", _values(row, token, form), status=status)
    try:
        contributor.correct(contribution_id=row.pk, values=form.values, now=clock.now())
    except WrongState:
        return _back(token, "trop-tard")
    return _back(token, "corrigee")


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="contributions.withdraw", limit=30, period=_AN_HOUR)
@_personal
def withdraw(request: HttpRequest, row: Contribution, token: str) -> HttpResponse:
    form = EmptyForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "contributions/withdraw.html", _values(row, token, form), status=status)
    try:
        contributor.withdraw(contribution_id=row.pk, now=clock.now())
    except WrongState:
        return _back(token, "trop-tard")
    return _back(token, "retiree")


@_personal
@require_safe
def file(request: HttpRequest, row: Contribution, token: str, pk: int) -> HttpResponseBase:
    """One's own file, to download: shown by no browser under our name."""
    found = row.files.filter(pk=pk, state=FileState.KEPT).first()
    if found is None:
        raise Http404
    return sent_file(found)


def sent_file(found: Any) -> FileResponse:
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _values(row: Contribution, token: str, form: Any) -> dict[str, Any]:
    return {"contribution": row, "token": token, "form": form}


def _back(token: str, done: str) -> HttpResponse:
    response = redirect("contributions:page", token)
    response["Location"] += f"?fait={done}"
    return response
