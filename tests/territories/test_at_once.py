"""Several people at the same instant, each on a connection of its own."""

from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection

from commun.accounts.api import create_member
from commun.common import clock
from commun.territories import api
from commun.territories.models import MandateCode, OfficialAddress

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def arboys(register) -> api.Organisation:
    place = api.get_by_key(key="commune:01015")
    OfficialAddress.objects.create(
        territory=place, email="m@example.org", domain="example.org", source="essai", dated=date(2026, 1, 1)
    )
    return api.organisation_of(territory=place)


def at_once(*acts) -> list[object]:
    gate, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place: int) -> None:
        gate.wait()
        try:
            outcomes[place] = acts[place]()
        except api.TerritoriesError as error:
            outcomes[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return outcomes


def test_of_four_first_members_one_is_referent_and_three_wait(arboys):
    now = clock.now()
    people = [create_member(email=f"p{rank}@example.org") for rank in range(4)]
    declared = [api.declare_membership(user=one, organisation=arboys, now=now) for one in people]

    def proving(one):
        method = api.MandateMethod.OFFICIAL_DOMAIN
        return lambda: api.prove_membership(membership=one, level=api.MandateLevel.M1, method=method, now=now)

    at_once(*map(proving, declared))
    states = sorted(api.Membership.objects.values_list("state", "is_referent"))
    assert states == [("active", True), ("pending", False), ("pending", False), ("pending", False)]


def test_guesses_made_together_are_counted_one_by_one(arboys):
    now = clock.now()
    camille = create_member(email="camille@example.org")
    pk = api.declare_membership(user=camille, organisation=arboys, now=now).pk
    api.send_code(membership_id=pk, user=camille, now=now)

    def guess():
        return api.confirm_code(membership_id=pk, user=camille, text="lune soleil lune", now=now)

    outcomes = at_once(*[guess] * 8)
    assert sorted(one.left for one in outcomes if isinstance(one, api.CodeWrong)) == [0, 1, 2, 3, 4]
    assert sum(isinstance(one, api.CodeGone) for one in outcomes) == 3
    assert MandateCode.objects.get().wrong == 5


def test_codes_asked_for_together_stay_within_the_limit(arboys):
    now = clock.now()
    camille = create_member(email="camille@example.org")
    pk = api.declare_membership(user=camille, organisation=arboys, now=now).pk
    outcomes = at_once(*[lambda: api.send_code(membership_id=pk, user=camille, now=now)] * 6)
    assert sum(isinstance(one, api.TooManyCodes) for one in outcomes) == 3
    assert MandateCode.objects.count() == 3
