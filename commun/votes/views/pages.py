"""Pages everybody reads: votes, one vote, its result, its minutes, its published ballots."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from commun.common import clock
from commun.common.kept import kept
from commun.votes import registry
from commun.votes.models import BallotBox, Vote
from commun.votes.selectors import results
from commun.votes.selectors.boxes import event_body
from commun.votes.selectors.electors import electors_of, get_turnout
from commun.votes.types import EntryKind, Role, VoteState
from commun.votes.wording import bars, explain

PAGE = 50


@kept()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    votes = Vote.objects.public()
    context = {
        "under_way": votes.filter(state=VoteState.OPEN).order_by("closes_at"),
        "coming": votes.filter(state=VoteState.SCHEDULED).order_by("opens_at"),
        "over": votes.filter(state__in=[VoteState.CLOSED, VoteState.DECIDED, VoteState.CANCELLED])[:PAGE],
        "now": clock.now(),
    }
    return render(request, "votes/index.html", context)


@kept()
@require_safe
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_vote(slug)
    context: dict[str, Any] = {
        "vote": found,
        "options": found.options.all(),
        "time_is_up": clock.now() >= found.closes_at,
        "box": BallotBox.objects.filter(vote=found).first(),
        "mine": [],
    }
    if context["box"] is not None:
        context["turnout"] = get_turnout(vote=found)
        context["struck_off"] = list(results.struck_off(vote=found))
    if found.state == VoteState.OPEN:
        context["mine"] = list(electors_of(user=request.user, vote=found, now=clock.now()))
    if found.is_cancelled:
        return render(request, "votes/cancelled.html", context)
    if found.is_over:
        context |= _results(found) | {"became": registry.became(vote=found)}
        return render(request, "votes/results.html", context)
    return render(request, "votes/vote.html", context)


@kept()
@require_safe
def minutes(request: HttpRequest, slug: str) -> HttpResponse:
    found = public_vote(slug)
    if not found.is_over:
        raise Http404
    context = {
        "vote": found,
        "options": found.options.all(),
        "box": BallotBox.objects.get(vote=found),
        "setup": event_body(vote=found, kind=EntryKind.SETUP),
        "closing": event_body(vote=found, kind=EntryKind.CLOSE),
        "turnout": get_turnout(vote=found),
        "struck_off": list(results.struck_off(vote=found)),
        **_results(found),
    }
    return render(request, "votes/minutes.html", context)


@kept("nom")
@require_safe
def published(request: HttpRequest, slug: str) -> HttpResponse:
    """The counted ballots of a closed vote, by pages: names from one on, never a person's."""
    found = public_vote(slug)
    if not found.is_over:
        raise Http404
    start = request.GET.get("nom", "")[:100]
    ballots = results.published_ballots(vote=found)
    rows = list(ballots.filter(elector__label__gte=start)[: PAGE + 1])
    grades, roles = found.scale.grades, dict(Role.choices)
    context = {
        "vote": found,
        "options": found.options.all(),
        "start": start,
        "next": rows[PAGE].elector.label if len(rows) > PAGE else "",
        "rows": [
            {
                "label": row.elector.label,
                "number": row.number,
                "answers": [
                    (grades[int(grade)], roles[int(role)] if role != "0" else "")
                    for grade, role in zip(row.grades, row.roles, strict=True)
                ],
            }
            for row in rows[:PAGE]
        ],
    }
    return render(request, "votes/published.html", context)


def public_vote(slug: str) -> Vote:
    return get_object_or_404(Vote.objects.public(), slug=slug)


def _results(vote: Vote) -> dict[str, Any]:
    found = results.get_results(vote=vote)
    ranking = results.ranking_of(vote=vote)
    titles = {one.number: one.title for one in found}
    return {
        "results": found,
        "ballots": found[0].ballots,
        "grades": list(reversed(vote.scale.grades)),
        "bars": bars(results=found, scale=vote.scale),
        "ties": explain(ranking=ranking, results=found, scale=vote.scale),
        "titles": titles,
        "waits_for_draw": vote.state == VoteState.CLOSED,
        "seed": results.seed_of(vote=vote) or "",
        "popular_from": vote.scale.grades[vote.scale.popular_from],
    }
