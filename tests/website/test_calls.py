"""The call to vote of the letter leads to the vote under way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from commun.newsletters.calls import call_link, call_until
from commun.newsletters.types import CallKind
from commun.website import calls
from tests.territories.conftest import register  # noqa: F401  (a fixture)
from tests.votes.conftest import _electorate, clock  # noqa: F401  (fixtures)
from tests.votes.factories import make_open, make_scheduled

pytestmark = pytest.mark.django_db


def link(network):
    return call_link(kind=CallKind.VOTE, network=network)


@pytest.fixture
def network(db):
    from tests.newsletters.factories import network

    return network()


def test_it_leads_to_the_open_vote_until_its_closing_day(clock, network):  # noqa: F811
    make_scheduled(title="Un vote annoncé")
    assert "mailto:" in link(network).url
    assert call_until(kind=CallKind.VOTE) is None
    vote = make_open(clock)
    assert link(network).url.endswith(f"/votes/{vote.slug}/")
    assert call_until(kind=CallKind.VOTE) == date(2026, 11, 30)
    clock.at = vote.closes_at
    assert calls.vote_page() == ""


def test_it_leads_to_the_list_when_several_are_open(clock, network):  # noqa: F811
    make_open(clock)
    second = make_open(clock, title="Un autre")
    assert link(network).url.endswith("/votes/")
    assert call_until(kind=CallKind.VOTE) is None
    clock.at = second.closes_at + timedelta(days=1)
    assert "mailto:" in link(network).url
