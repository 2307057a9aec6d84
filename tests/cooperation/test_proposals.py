"""Proposed themes: put together, kept, handed to a vote, and taken back at each step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from commun.common import clock
from commun.common.privacy import erase_person
from commun.cooperation.exceptions import CannotMerge, TooFewProposals, WrongState
from commun.cooperation.models import ThemeProposal
from commun.cooperation.services import retention, shortlisting
from commun.cooperation.types import ProposalState
from commun.territories.api import TerritoryKind
from commun.votes import api as votes
from tests.contributions.test_by_mail import body_of, mails
from tests.cooperation.factories import editor, make_proposal
from tests.library.factories import TerritoryFactory
from tests.votes.factories import DRAFTS

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def state_of(proposal: ThemeProposal) -> str:
    proposal.refresh_from_db()
    return proposal.state


def test_a_proposal_kept_for_the_vote_is_told_once_to_all_who_proposed_it():
    by, first = editor(), make_proposal()
    second = make_proposal(title="La participation à la campagne", address="bea@village.example.org")
    shortlisting.merge(proposal_id=second.pk, into_id=first.pk, by=by, now=NOON)
    shortlisting.shortlist(proposal_id=first.pk, by=by, now=NOON)
    shortlisting.unlist(proposal_id=first.pk, by=by, now=NOON)
    shortlisting.shortlist(proposal_id=first.pk, by=by, now=NOON)
    assert [mail["Subject"].strip().split(" :")[0] for mail in mails()] == [
        "Votre proposition rejoint une autre",
        "Votre proposition est retenue",
        "Votre proposition est retenue",
    ]


def test_merging_into_itself_into_what_is_merged_or_in_a_circle_is_refused():
    by, first, second = editor(), make_proposal(), make_proposal(title="Autre")
    with pytest.raises(CannotMerge):
        shortlisting.merge(proposal_id=first.pk, into_id=first.pk, by=by, now=NOON)
    shortlisting.merge(proposal_id=second.pk, into_id=first.pk, by=by, now=NOON)
    with pytest.raises(CannotMerge):
        shortlisting.merge(proposal_id=first.pk, into_id=second.pk, by=by, now=NOON)
    shortlisting.part(proposal_id=second.pk, by=by, now=NOON)
    assert state_of(second) == ProposalState.NEW


def test_what_was_attached_follows_when_its_proposal_is_merged_in_turn():
    by = editor()
    one, two, three = make_proposal(), make_proposal(title="Deux"), make_proposal(title="Trois")
    shortlisting.merge(proposal_id=one.pk, into_id=two.pk, by=by, now=NOON)
    shortlisting.merge(proposal_id=two.pk, into_id=three.pk, by=by, now=NOON)
    assert {row.pk for row in three.merged.all()} == {one.pk, two.pk}


def test_whoever_proposed_the_same_is_known_as_long_as_what_hers_joined_moves_on():
    by, first = editor(), make_proposal(now=NOON)
    second = make_proposal(title="Deux", address="bea@village.example.org", now=NOON)
    shortlisting.merge(proposal_id=second.pk, into_id=first.pk, by=by, now=NOON)
    later = NOON + timedelta(days=2 * 365)
    shortlisting.shortlist(proposal_id=first.pk, by=by, now=later)
    assert retention.forget_old(now=NOON + retention.KEPT + timedelta(days=1)) == 0
    second.refresh_from_db()
    assert second.address == "bea@village.example.org"
    assert retention.forget_old(now=later + retention.KEPT + timedelta(days=1)) == 2
    second.refresh_from_db()
    assert (second.name, second.address) == ("", "")


def test_a_declined_proposal_says_why_and_can_be_taken_up_again():
    by, proposal = editor(), make_proposal()
    shortlisting.decline(proposal_id=proposal.pk, words="Traitée l’an dernier.", by=by, now=NOON)
    assert "Traitée l’an dernier." in body_of(mails()[-1])
    with pytest.raises(WrongState):
        shortlisting.shortlist(proposal_id=proposal.pk, by=by, now=NOON)
    shortlisting.reopen_proposal(proposal_id=proposal.pk, by=by, now=NOON)
    assert state_of(proposal) == ProposalState.NEW


def test_one_proposal_alone_makes_no_vote():
    by, proposal = editor(), make_proposal()
    shortlisting.shortlist(proposal_id=proposal.pk, by=by, now=NOON)
    with pytest.raises(TooFewProposals):
        shortlisting.prepare_vote(by=by, now=NOON)


def test_the_list_becomes_the_draft_of_a_vote_and_comes_back_when_the_draft_is_deleted():
    by = editor()
    rows = [make_proposal(title=title) for title in ("Mobilités", "Santé", "Écartée")]
    for row in rows[:2]:
        shortlisting.shortlist(proposal_id=row.pk, by=by, now=NOON)

    vote = shortlisting.prepare_vote(by=by, now=NOON)

    assert [option.title for option in vote.options.all()] == ["Mobilités", "Santé"]
    assert [state_of(row) for row in rows] == ["in_vote", "in_vote", "new"]
    votes.delete_draft(vote_id=vote.pk, now=NOON)
    assert [state_of(row) for row in rows] == ["shortlisted", "shortlisted", "new"]


def test_whoever_proposed_hears_once_that_the_vote_is_open(monkeypatch):
    TerritoryFactory(kind=TerritoryKind.COMMUNE)
    by = editor()
    for title in ("Mobilités", "Santé"):
        shortlisting.shortlist(proposal_id=make_proposal(title=title).pk, by=by, now=NOON)
    vote = shortlisting.prepare_vote(by=by, now=NOON)
    votes.schedule_vote(vote_id=vote.pk, by=by, now=NOON)
    before = len(mails())
    assert shortlisting.tell_opened(now=NOON) == 0
    opened = vote.opens_at + timedelta(minutes=1)
    monkeypatch.setattr(clock, "database_now", lambda: opened)
    votes.open_vote(vote_id=vote.pk, electors=DRAFTS)
    assert [shortlisting.tell_opened(now=opened), shortlisting.tell_opened(now=opened)] == [2, 0]
    said = [mail for mail in mails()[before:] if "mise au vote" in mail["Subject"]]
    assert len(said) == 2
    assert f"/votes/{vote.slug}/" in body_of(said[0])


def test_erasure_takes_the_person_and_leaves_the_proposal():
    proposal = make_proposal()
    erase_person(email="camille@bourg.example.org", now=NOON)
    proposal.refresh_from_db()
    assert (proposal.name, proposal.address, proposal.title) == ("", "", "Participer en zone rurale")
