"""The thread of an idea: what became of a theme that somebody proposed, behind the link sent to her."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commun.common import clock, french
from commun.common.personal import personal_page
from commun.cooperation.models import ThemeProposal
from commun.cooperation.selectors.proposals import get_idea_by_token, thread_of
from commun.cooperation.types import ProposalState
from commun.votes.api import VoteState

_COMING = {
    ProposalState.NEW: "La rédaction la lit, et la rapproche de celles qui disent la même chose.",
    ProposalState.SHORTLISTED: "Elle attend le prochain vote des collectivités. Nous vous écrirons à son ouverture.",
    ProposalState.DECLINED: "Elle n’ira pas plus loin pour cette fois. Vous pouvez en proposer d’autres.",
}


def _coming(root: ThemeProposal, now: datetime) -> str:
    """What comes next, as the vote stands."""
    vote = root.vote
    if vote is None:
        return _COMING.get(ProposalState(root.state), "")
    opens, closes = (french.moment(timezone.localtime(at)) for at in (vote.opens_at, vote.closes_at))
    match vote.state:
        case VoteState.DRAFT:
            words = "Le vote se prépare. Nous vous écrirons à son ouverture."
        case VoteState.SCHEDULED:
            words = f"Le vote est annoncé : il ouvre le {opens}. Nous vous écrirons ce jour-là."
        case VoteState.OPEN if now < vote.closes_at:
            words = f"Le vote est ouvert jusqu’au {closes}. Son résultat se lira ici."
        case VoteState.OPEN:
            words = "Le vote est clos, le dépouillement est en cours : son résultat se lira ici."
        case VoteState.CLOSED:
            words = "Le vote est clos et dépouillé ; un tirage au sort public doit encore départager des égalités."
        case _:
            words = "Le vote est terminé. Ce qui naît de votre idée se lira ici, et nous vous l’écrirons."
    return words


@personal_page(name="proposal", find=get_idea_by_token, unknown="cooperation/link_unknown.html")
@require_safe
def show(request: HttpRequest, proposal: ThemeProposal, token: str) -> HttpResponse:
    root = proposal.merged_into or proposal
    context = {
        "proposal": proposal,
        "root": root,
        "steps": thread_of(proposal=proposal),
        "coming": _coming(root, clock.now()),
    }
    return render(request, "cooperation/idea.html", context)
