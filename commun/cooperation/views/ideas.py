"""The thread of an idea: what became of a theme that somebody proposed, behind the link sent to her."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commun.common.personal import personal_page
from commun.cooperation.models import ThemeProposal
from commun.cooperation.selectors.proposals import get_idea_by_token, thread_of
from commun.cooperation.types import ProposalState

_COMING = {
    ProposalState.NEW: "La rédaction la lit, et la rapproche de celles qui disent la même chose.",
    ProposalState.SHORTLISTED: "Elle attend le prochain vote des collectivités. Nous vous écrirons à son ouverture.",
    ProposalState.DECLINED: "Elle n’ira pas plus loin pour cette fois. Vous pouvez en proposer d’autres.",
    ProposalState.IN_VOTE: "Le vote, le projet qui peut en naître, son bilan, la lettre : nous vous écrirons à chaque "
    "étape.",
}


@personal_page(name="proposal", find=get_idea_by_token, unknown="cooperation/link_unknown.html")
@require_safe
def show(request: HttpRequest, proposal: ThemeProposal, token: str) -> HttpResponse:
    root = proposal.merged_into or proposal
    context = {
        "proposal": proposal,
        "root": root,
        "steps": thread_of(proposal=proposal),
        "coming": _COMING.get(ProposalState(root.state), ""),
    }
    return render(request, "cooperation/idea.html", context)
