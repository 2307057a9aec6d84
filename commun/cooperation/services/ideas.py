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
from commun.cooperation.types import ProjectState, ProposalAct
from commun.votes.api import Option, VoteState, get_results

_LOT = 100


def tell_steps(*, now: datetime) -> int:
    """Periodic: results, projects and reports that nobody was told of. How many proposals moved."""
    return _tell_results(now=now) + _tell_projects(now=now)


def tell_letter(*, votes: Collection[int], projects: Collection[int], number: int, url: str, now: datetime) -> int:
    """A letter that says where these votes and projects (primary keys) stand was sent. How many proposals it tells
    of: once each, first as what became a project. Of a vote a letter names the first themes or none, so that what is
    said to all is that it speaks of their vote."""
    chosen = Q(pk=None)
    for project in SharedProject.objects.filter(pk__in=projects):
        chosen |= _chosen(project)
    letter = f"n° {number}"
    of_vote = f"{letter}, qui parle du vote où figure votre proposition"
    said = ProposalEvent.objects.filter(act=ProposalAct.LETTER, words__in=[letter, of_vote])
    told = 0
    for about, words, template in (
        (chosen, letter, "in_letter"),
        (Q(option__vote__in=votes), of_vote, "vote_in_letter"),
    ):
        found = ThemeProposal.objects.filter(about).exclude(pk__in=said.values("proposal")).order_by("pk")
        for pk in list(found.values_list("pk", flat=True)):
            told += _step(pk, act=ProposalAct.LETTER, words=words, template=template, url=url, now=now, letter=letter)
    return told


def _tell_results(*, now: datetime) -> int:
    waiting = _without(ProposalAct.RESULT).filter(option__vote__state=VoteState.DECIDED)
    told = 0
    for row in waiting.select_related("option__vote").order_by("pk")[:_LOT]:
        assert row.option is not None
        told += _step(
            row.pk,
            act=ProposalAct.RESULT,
            words=_result(row.option),
            template="voted",
            url=settings.SITE_URL + reverse("votes:vote", args=[row.option.vote.slug]),
            now=now,
        )
    return told


def _result(option: Option) -> str:
    results = get_results(vote=option.vote)
    mine = next(one for one in results if one.number == option.number)
    if not mine.ballots:
        return "aucun bulletin n’a été déposé"
    place = "première" if mine.place == 1 else f"{mine.place}e"
    equal = sum(one.place == mine.place for one in results) > 1
    return f"{place}{' ex aequo' if equal else ''} sur {len(results)}"


def _tell_projects(*, now: datetime) -> int:
    """A project that a vote chose, then its report once that is on line."""
    told = 0
    for project in SharedProject.objects.exclude(state=ProjectState.GIVEN_UP).select_related("report"):
        chosen = _chosen(project)
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


def _chosen(project: SharedProject) -> Q:
    """The proposal that it comes from, whatever the vote called it."""
    return Q(option__vote=project.vote_id, option__number=project.option_number)


def _without(act: ProposalAct) -> QuerySet[ThemeProposal]:
    told = ProposalEvent.objects.filter(act=act).values("proposal")
    return ThemeProposal.objects.exclude(pk__in=told)


@transaction.atomic
def _step(pk: int, *, act: ProposalAct, words: str, template: str, url: str, now: datetime, letter: str = "") -> bool:
    """Two workers tell once: the row is locked, and its event looked for again."""
    words = words[:500]
    row = ThemeProposal.objects.select_for_update(of=("self",)).get(pk=pk)
    same = row.events.filter(act=act)
    if (same.filter(words=words) if act == ProposalAct.LETTER else same).exists():
        return False
    ProposalEvent.objects.create(
        proposal=row, act=act, at=now, before=row.state, after=row.state, words=words, option=row.option
    )
    ThemeProposal.objects.filter(pk=row.pk).update(moved_at=now)
    for one in [row, *row.merged.all()]:
        subject = f"{_SUBJECTS[template]} : {one.title}"
        values: dict[str, Any] = {"words": words, "url": url, "letter": letter}
        write_about_proposal(proposal=one, template=f"proposal_{template}", subject=subject, by=None, **values)
    return True


_SUBJECTS = {
    "voted": "Votre proposition a été votée",
    "project": "Votre proposition devient un projet",
    "report": "Ce que votre proposition a donné",
    "in_letter": "Votre proposition est dans la lettre",
    "vote_in_letter": "La lettre parle du vote où figure votre proposition",
}
