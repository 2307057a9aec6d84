"""Who came and who left between two moments."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock, privacy
from commun.subscribers import wording
from commun.subscribers.models import ConsentEvent
from commun.subscribers.selectors.movements import movements
from commun.subscribers.services import erasure, moving, requests, retention, subscriptions
from commun.subscribers.types import SubscriberState
from tests.subscribers.factories import make_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def left():
    """Counted from an hour ago to an hour from now, by the way they took."""
    now = clock.now()

    def count():
        return dict(movements(since=now - timedelta(hours=1), until=now + timedelta(hours=1)).left)

    return count


@pytest.fixture
def camille():
    return make_subscriber(address="camille@example.org", now=clock.now() - timedelta(days=40))


def _leave(person, *, at=None, method=wording.ONE_CLICK):
    subscriptions.unsubscribe(recipient_key=person.key, method=method, now=at or clock.now())


CLICKED = {wording.method_label(wording.ONE_CLICK): 1}


def test_whoever_left_is_counted_once_also_when_she_is_erased_afterwards(left, camille):
    _leave(camille)
    assert left() == CLICKED
    privacy.erase_person(email=camille.address, now=clock.now())
    assert ConsentEvent.objects.filter(kind="erased").exists()
    assert left() == CLICKED


def test_an_erasure_is_a_departure_of_whoever_received_the_letter(left, camille):
    waiting = make_subscriber(state=SubscriberState.PENDING)
    for person in (camille, waiting):
        erasure.erase(address=person.address, now=clock.now())
    assert left() == {wording.method_label(wording.PERSON): 1}


def test_whoever_had_left_before_does_not_leave_again(left):
    gone = [make_subscriber(now=clock.now() - timedelta(days=4 * 365)) for _ in range(3)]
    for person in gone:
        _leave(person, at=clock.now() - timedelta(days=3 * 365 + 1))
    _leave(gone[0])
    erasure.erase(address=gone[1].address, now=clock.now())
    retention.forget_departed(now=clock.now())
    assert left() == {}


def test_whoever_the_team_put_out_and_then_asks_for_it_is_one_departure(left, camille):
    _leave(camille, method=wording.TEAM)
    _leave(camille)
    assert left() == {wording.method_label(wording.TEAM): 1}


def test_whoever_came_back_is_not_counted_and_leaving_twice_counts_once(left, camille):
    _leave(camille)
    requests.come_back(key=camille.key, method=wording.PREFERENCES_PAGE, now=clock.now())
    assert left() == {}
    _leave(camille)
    assert left() == CLICKED
    erasure.erase(address=camille.address, now=clock.now())
    make_subscriber(address=camille.address)
    assert left() == {}


def test_a_change_of_address_is_no_departure_and_hides_none(left, camille):
    moving.correct_address(subscriber=camille, address="ailleurs@example.org", now=clock.now())
    assert left() == {}
    _leave(camille)
    assert left() == CLICKED


def test_whoever_came_is_counted_once_also_when_she_is_erased_afterwards(camille):
    now = clock.now()

    def joined() -> int:
        return movements(since=now - timedelta(hours=1), until=now + timedelta(hours=1)).joined

    assert joined() == 0  # she came forty days ago
    new, waiting = make_subscriber(), make_subscriber(state=SubscriberState.PENDING)
    subscriptions.subscribe(address=camille.address, consent_text="…", confirmed=True, now=now)  # again
    assert joined() == 1
    for person in (new, waiting):
        erasure.erase(address=person.address, now=clock.now())
    assert joined() == 1
    _leave(camille)
    requests.come_back(key=camille.key, method=wording.PREFERENCES_PAGE, now=clock.now())
    assert joined() == 1  # she was there when the letter left
