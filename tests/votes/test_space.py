"""« Mon espace »: votes that wait for her collectivité, and those it took part in."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commun.accounts.api import create_member
from commun.territories.models import Membership
from commun.votes import api
from tests.cooperation.factories import make_collectivite
from tests.votes.factories import cast, elector_of, make_closed, make_member, make_open

pytestmark = pytest.mark.django_db
EMPTY = "Aucun vote n’attend votre collectivité, et elle n’a encore pris part à aucun."


def space_of(client, user) -> str:
    client.force_login(user)
    return " ".join(client.get("/mon-espace/").content.decode().replace("\u00a0", " ").split())


def test_past_votes_say_that_it_took_part_and_when_and_never_how(client, clock):
    vote, other = make_open(clock), make_open(clock, title="Un vote auquel elle ne prend pas part")
    user, colleague = make_member(elector_of(vote)), make_member(elector_of(vote), "collegue@example.org")
    neighbour = make_member(elector_of(vote, 1), "voisine@example.org")
    clock.at += timedelta(days=2)
    cast(user, elector_of(vote), [3, 2, 1])
    page = space_of(client, user)
    assert "Bulletin déposé" in page

    clock.at = vote.closes_at
    assert "Dépouillement en cours" in space_of(client, user)
    make_closed(clock, vote)
    make_closed(clock, other)
    for one in (user, colleague):
        page = space_of(client, one)
        assert f'href="/votes/{vote.slug}/"' in page
        assert "bulletin déposé le 4 novembre 2026" in page
        assert "Résultat publié" in page
        assert EMPTY not in page
        assert other.title not in page
        assert "Prioritaire" not in page
    assert EMPTY in space_of(client, neighbour)


def test_a_vote_called_off_is_among_them_and_who_acts_for_nobody_has_no_such_list(client, clock):
    vote = make_open(clock)
    user = make_member(elector_of(vote))
    cast(user, elector_of(vote), [3, 2, 1])
    api.cancel_vote(vote_id=vote.pk, by=None, reason="La liste était incomplète", now=clock.at)
    assert "Annulé" in space_of(client, user)
    Membership.objects.filter(user=user).update(expires_at=clock.at - timedelta(days=1))
    for one in (user, create_member(email="lectrice@example.org")):
        page = space_of(client, one)
        assert EMPTY in page
        assert vote.title not in page


def test_many_votes_cost_the_page_two_questions_more_than_none(client, clock, django_assert_max_num_queries):
    client.force_login(make_collectivite("Plougar")[1])
    client.get("/mon-espace/")
    with django_assert_max_num_queries(20):
        client.get("/mon-espace/")
    vote = make_open(clock)
    user = make_member(elector_of(vote))
    for rank in range(12):
        one = make_open(clock, title=f"Vote {rank}")
        api.Elector.objects.filter(pk=elector_of(one).pk).update(organisation=elector_of(vote).organisation)
        cast(user, elector_of(one), [3, 2, 1])
        if rank < 11:
            make_closed(clock, one)
            clock.at = vote.opens_at
    client.force_login(user)
    client.get("/mon-espace/")
    with django_assert_max_num_queries(22):
        page = client.get("/mon-espace/").content.decode()
    assert page.count("Résultat publié") == 10
    assert page.count("À voter") + page.count("Bulletin déposé") == 2
