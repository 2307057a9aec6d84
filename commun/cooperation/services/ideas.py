"""What becomes of a proposed theme once it was voted on: whoever proposed it hears of each step, once.

Events of the proposal are the memory: a step is told in the transaction that writes its event, and an event is there
once. Those attached to a proposal are told with it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from commun.cooperation.models import ProposalEvent, SharedProject, ThemeProposal
from commun.cooperation.services.letters import write_about_proposal
from commun.cooperation.types import ProjectState, ProposalAct, ProposalState
from commun.votes.api import Vote, VoteState, get_results

_LOT = 100
_OVER = (VoteState.DECIDED, VoteState.CANCELLED)


def tell_steps(*, now: datetime) -> int:
    """Periodic: results, projects and reports that nobody was told of. How many proposals moved."""
    return _tell_results(now=now) + _tell_projects(now=now)


def tell_letter(*, votes: Collection[int], projects: Collection[int], number: int, url: str, now: datetime) -> int:
    """A letter that says where these votes and projects (primary keys) stand was sent. How many proposals it tells
    of."""
    about = Q(vote__in=votes)
    for project in SharedProject.objects.filter(pk__in=projects).select_related("vote"):
        about |= Q(vote=project.vote_id, title=_chosen(project))
    rows = ThemeProposal.objects.filter(state=ProposalState.IN_VOTE).filter(about)
    words = f"n° {number}"
    found = rows.exclude(pk__in=ProposalEvent.objects.filter(act=ProposalAct.LETTER, words=words).values("proposal"))
    keys = list(found.order_by("pk").values_list("pk", flat=True))
    return sum(_step(pk, act=ProposalAct.LETTER, words=words, template="in_letter", url=url, now=now) for pk in keys)


def _tell_results(*, now: datetime) -> int:
    waiting = _without(ProposalAct.RESULT).filter(vote__state__in=_OVER).select_related("vote")
    told = 0
    for row in waiting.order_by("pk")[:_LOT]:
        assert row.vote is not None
        told += _step(
            row.pk,
            act=ProposalAct.RESULT,
            words=_result(row, vote=row.vote),
            template="voted",
            url=settings.SITE_URL + reverse("votes:vote", args=[row.vote.slug]),
            now=now,
        )
    return told


def _result(row: ThemeProposal, *, vote: Vote) -> str:
    if vote.is_cancelled:
        return "vote annulé"
    results = get_results(vote=vote)
    mine = next((one for one in results if one.title == row.title), None)
    if mine is None:
        return "vote clos"
    return f"{'première' if mine.place == 1 else f'{mine.place}e'} sur {len(results)}"


def _tell_projects(*, now: datetime) -> int:
    """A project that a vote chose, then its report once that is on line."""
    told = 0
    for project in SharedProject.objects.exclude(state=ProjectState.GIVEN_UP).select_related("vote", "report"):
        chosen = Q(vote=project.vote_id, title=_chosen(project))
        path = reverse("cooperation:project", args=[project.slug])
        for pk in list(_without(ProposalAct.PROJECT).filter(chosen).values_list("pk", flat=True)[:_LOT]):
            url = settings.SITE_URL + path
            told += _step(pk, act=ProposalAct.PROJECT, words=project.title, template="project", url=url, now=now)
        if project.report is not None and project.report.live:
            url = settings.SITE_URL + (project.report.url or path)
            for pk in list(_without(ProposalAct.REPORT).filter(chosen).values_list("pk", flat=True)[:_LOT]):
                words = project.report.title
                told += _step(pk, act=ProposalAct.REPORT, words=words, template="report", url=url, now=now)
    return told


def _chosen(project: SharedProject) -> str:
    """What the vote called it: the title of its proposal."""
    return str(project.vote.options.filter(number=project.option_number).values_list("title", flat=True).first())


def _without(act: ProposalAct) -> QuerySet[ThemeProposal]:
    told = ProposalEvent.objects.filter(act=act).values("proposal")
    return ThemeProposal.objects.filter(state=ProposalState.IN_VOTE).exclude(pk__in=told)


@transaction.atomic
def _step(pk: int, *, act: ProposalAct, words: str, template: str, url: str, now: datetime) -> bool:
    """Two workers tell once: the row is locked, and its event looked for again."""
    row = ThemeProposal.objects.select_for_update(of=("self",)).get(pk=pk)
    same = row.events.filter(act=act)
    if (same.filter(words=words[:500]) if act == ProposalAct.LETTER else same).exists():
        return False
    ProposalEvent.objects.create(proposal=row, act=act, at=now, before=row.state, after=row.state, words=words[:500])
    ThemeProposal.objects.filter(pk=row.pk).update(moved_at=now)
    for one in [row, *row.merged.all()]:
        subject = f"{_SUBJECTS[act]} : {one.title}"
        values: dict[str, Any] = {"words": words, "url": url}
        write_about_proposal(proposal=one, template=f"proposal_{template}", subject=subject, by=None, **values)
    return True


_SUBJECTS = {
    ProposalAct.RESULT: "Votre proposition a été votée",
    ProposalAct.PROJECT: "Votre proposition devient un projet",
    ProposalAct.REPORT: "Ce que votre proposition a donné",
    ProposalAct.LETTER: "Votre proposition est dans la lettre",
}
