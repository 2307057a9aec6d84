"""Casting a ballot: fill, review, cast; replace until closing. Signed-in pages, under Django's CSRF token."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from commun.common import clock, signing
from commun.common.errors import LinkError
from commun.votes.exceptions import BallotChanged, NotAllowed, StruckOff, VoteNotOpen
from commun.votes.forms import BallotForm
from commun.votes.models import Elector, Vote
from commun.votes.selectors.electors import electors_of, engages
from commun.votes.services.casting import cast_ballot
from commun.votes.types import VoteState
from commun.votes.views.pages import public_vote
from commun.votes.wording import say_roles

PURPOSE = "votes.ballot"


@login_required
@never_cache
@require_safe
def choose(request: HttpRequest, slug: str) -> HttpResponse:
    """In whose name? Straight to the ballot where there is one answer."""
    vote = public_vote(slug)
    mine = list(electors_of(user=request.user, vote=vote, now=clock.now()))
    if len(mine) == 1 and vote.state == VoteState.OPEN:
        return redirect("votes:ballot", vote.slug, mine[0].pk)
    return render(request, "votes/choose.html", {"vote": vote, "mine": mine})


@sensitive_post_parameters()
@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ballot(request: HttpRequest, slug: str, elector: int) -> HttpResponse:
    vote = public_vote(slug)
    # Somebody else's elector is not there: an address tells nobody who may vote.
    mine = get_object_or_404(electors_of(user=request.user, vote=vote, now=clock.now()), pk=elector)
    if vote.state != VoteState.OPEN or clock.database_now() >= vote.closes_at:
        return _refused(request, vote, mine, "cancelled" if vote.is_cancelled else "closed")
    if mine.struck_off_at is not None:
        return _refused(request, vote, mine, "struck_off")
    form = BallotForm(request.POST if request.method == "POST" else None, vote=vote, elector=mine)
    if request.method != "POST" or "corriger" in request.POST or not form.is_valid():
        return _fill(request, vote, mine, form)
    if "deposer" not in request.POST:
        return _page(request, "review", vote, mine, form=form, token=_token(mine, request.user.pk))
    return _cast(request, vote, mine, form)


def _fill(request: HttpRequest, vote: Vote, mine: Elector, form: BallotForm) -> HttpResponse:
    if "corriger" in request.POST:  # what was chosen comes back, and nothing is called an error
        initial = {name: request.POST.get(name, "") for name in form.fields}
        form = BallotForm(initial=initial, vote=vote, elector=mine)
    able = engages(user=request.user, elector=mine, now=clock.now())  # type: ignore[arg-type]  # login_required
    return _page(request, "ballot", vote, mine, form=form, role_summary=say_roles(able=able))


def _token(mine: Elector, user_id: int | None) -> str:
    """Names this very form, its author, and the ballot its author knew of when she reviewed it."""
    return signing.sign(purpose=PURPOSE, value=[user_id, mine.pk, mine.last_number, secrets.token_urlsafe(32)])


@sensitive_variables("form")
def _cast(request: HttpRequest, vote: Vote, mine: Elector, form: BallotForm) -> HttpResponse:
    try:
        author, elector, seen, submission = signing.unsign(purpose=PURPOSE, token=request.POST.get("formulaire", ""))
    except LinkError:
        author = elector = None
    if (author, elector) != (request.user.pk, mine.pk):
        return _page(request, "review", vote, mine, form=form, token=_token(mine, request.user.pk), again="unverified")
    try:
        receipt = cast_ballot(
            elector=mine,
            grades=form.grades,
            roles=form.roles,
            user=request.user,  # type: ignore[arg-type]  # login_required
            submission=submission,
            seen=seen,
        )
    except BallotChanged:
        mine.refresh_from_db()
        return _page(request, "review", vote, mine, form=form, token=_token(mine, request.user.pk), again="changed")
    except VoteNotOpen:
        vote.refresh_from_db(fields=["state"])
        return _refused(request, vote, mine, "cancelled" if vote.is_cancelled else "closed")
    except StruckOff:
        return _refused(request, vote, mine, "struck_off")
    except NotAllowed:  # a mandate that ended while she was reading
        raise Http404 from None
    address = reverse("votes:receipt", args=[vote.slug, receipt.number, receipt.commitment])
    return redirect(f"{address}?depose")


def _refused(request: HttpRequest, vote: Vote, mine: Elector, why: str) -> HttpResponse:
    return render(request, "votes/refused.html", {"vote": vote, "elector": mine, "why": why}, status=403)


def _page(request: HttpRequest, name: str, vote: Vote, mine: Elector, **context: Any) -> HttpResponse:
    values = {"vote": vote, "elector": mine, "again": "", **context}
    return render(request, f"votes/{name}.html", values)
