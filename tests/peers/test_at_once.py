"""Several people at the same instant; each on a connection of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock
from commun.mailing.models import ServiceMail
from commun.peers import api
from commun.peers.exceptions import AlreadyAsked, CannotBeAsked, LinkUsed
from commun.peers.models import Introduction, RoundLinks, RoundTally
from commun.peers.services import following
from commun.peers.services import standing as rounds
from commun.peers.services.standing import answer
from tests.contributions.test_at_once import at_once
from tests.peers.factories import ask, town
from tests.peers.test_standing import opened, sheet

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_double_press_asks_once_and_a_small_town_gets_no_more_than_its_three(mailoutbox):
    theirs, bea = town("Bourg-Neuf")
    towns = [town() for _ in range(5)]
    ours, ada = towns[0]
    twice = at_once(lambda: ask(ours, theirs, ada), lambda: ask(ours, theirs, ada))
    assert sorted(type(one) for one in twice if isinstance(one, Exception)) == [AlreadyAsked]
    more = at_once(*(lambda one=one: ask(one[0], theirs, one[1]) for one in towns[1:]))
    assert [type(one) for one in more if isinstance(one, Exception)] == [CannotBeAsked, CannotBeAsked]
    row = Introduction.objects.order_by("pk").first()
    at_once(
        lambda: api.accept(introduction_id=row.pk, user=bea, time=None, shown=False, now=clock.now()),
        lambda: api.accept(introduction_id=row.pk, user=bea, time=None, shown=False, now=clock.now()),
    )
    before = ServiceMail.objects.count()
    late = clock.now() + timedelta(days=25)
    at_once(lambda: following.tell(now=late), lambda: following.tell(now=late))
    assert ServiceMail.objects.count() == before + 2  # the two that were not answered, each told once


def test_one_link_pressed_twice_answers_once_and_no_answer_of_the_instant_is_lost():
    _, ada = town()
    row = opened(ada)

    def give(number: int):
        return lambda: answer(reference=row.reference, number=number, sheet=sheet("b"), now=clock.now())

    outcomes = at_once(give(1), give(1), give(2), give(3), give(4))
    assert [type(one) for one in outcomes if isinstance(one, Exception)] == [LinkUsed]
    assert len(RoundLinks.objects.get().used) == 4
    assert RoundTally.objects.get().counts["t1"]["b"] == 4
    late = row.closes_at
    assert sum(at_once(lambda: rounds.close_due(now=late), lambda: rounds.close_due(now=late))) == 1
