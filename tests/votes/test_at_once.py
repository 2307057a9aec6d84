"""Several members at the same instant, each on a connection of its own: the box stays one sequence."""

from __future__ import annotations

import secrets
import threading

import pytest
from django.db import connection

from commun.accounts.api import create_member
from commun.votes import api
from commun.votes.models import Ballot, BallotBox, Entry
from tests.territories.factories import make_mandate
from tests.votes.factories import elector_of, make_closed, make_member, make_open

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list[object]:
    """What each act gave or raised, all of them let go together."""
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        try:
            outcomes[place] = acts[place]()
        except api.VotesError as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def casting(user, elector, grades, submission=""):
    submission = submission or secrets.token_urlsafe(32)
    values = {"grades": grades, "roles": [0, 0, 0], "submission": submission, "seen": None}
    return lambda: api.cast_ballot(elector=elector, user=user, **values)


def test_two_members_of_one_collectivite_one_is_kept_and_the_other_is_told(clock):
    vote = make_open(clock)
    elector = elector_of(vote)
    camille = make_member(elector)
    dominique = make_member(elector, "dominique@example.org")
    outcomes = at_once(casting(camille, elector, [3, 2, 1]), casting(dominique, elector, [0, 0, 0]))
    kept = [one for one in outcomes if isinstance(one, api.Receipt)]
    assert len(kept) == 1
    assert sum(isinstance(one, api.BallotChanged) for one in outcomes) == 1
    assert elector_of(vote).last_number == kept[0].number
    assert Ballot.objects.count() == 1


def test_one_form_sent_four_times_at_once_is_one_ballot_with_one_receipt(clock):
    vote = make_open(clock)
    elector = elector_of(vote)
    camille = make_member(elector)
    outcomes = at_once(*[casting(camille, elector, [3, 2, 1], submission="s" * 43) for _ in range(4)])
    assert {(one.number, one.commitment, one.head) for one in outcomes} == {
        (outcomes[0].number, outcomes[0].commitment, outcomes[0].head)
    }
    assert Ballot.objects.count() == 1


def test_four_collectivites_at_once_make_one_chain_without_a_hole(clock):
    vote = make_open(clock)
    electors = [elector_of(vote, rank) for rank in range(4)]
    people = [make_member(one, f"p{rank}@example.org") for rank, one in enumerate(electors)]
    outcomes = at_once(*[casting(user, one, [3, 2, 1]) for user, one in zip(people, electors, strict=True)])
    assert sorted(one.number for one in outcomes) == [2, 3, 4, 5]
    assert list(Entry.objects.values_list("height", flat=True)) == list(range(6))
    assert BallotBox.objects.get().cast == 4


def test_closing_twice_at_once_closes_once(clock):
    vote = make_open(clock)
    clock.at = vote.closes_at
    outcomes = at_once(*[lambda: api.close_vote(vote_id=vote.pk)] * 3)
    assert sum(isinstance(one, api.Vote) for one in outcomes) == 1
    assert Entry.objects.filter(kind="close").count() == 1
    with pytest.raises(api.WrongState):
        make_closed(clock, vote)


def test_a_body_moved_between_two_forms_sent_at_once_votes_once(clock):
    from commun.territories.api import Organisation, Territory

    vote = make_open(clock)
    electors = [elector_of(vote, rank) for rank in range(2)]
    places = [
        Territory.objects.create(kind="commune", code=one.key.split(":")[1], name="X", search_name="x", vintage=2026)
        for one in electors
    ]
    body = Organisation.objects.create(name="X", slug="x", territory=places[0], is_checked=True)
    camille = create_member(email="camille@example.org")
    make_mandate(user=camille, organisation=body, now=clock.at)

    def moved():
        Organisation.objects.filter(pk=body.pk).update(territory=places[1])
        return casting(camille, electors[1], [3, 2, 1])()

    outcomes = at_once(casting(camille, electors[0], [0, 0, 0]), moved)
    assert sum(isinstance(one, api.Receipt) for one in outcomes) == 1
    assert Ballot.objects.count() == 1
