from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock
from commun.mailing.models import Delivery, Send, Subscriber, Suppression
from commun.mailing.selectors.progress import send_progress
from commun.mailing.services import retention
from commun.mailing.types import DeliveryState, SendState, SubscriberState
from tests.mailing.factories import make_send, make_subscriber

pytestmark = pytest.mark.django_db
LONG = timedelta(days=3 * 365 + 1)


def _over(send: Send, *, ago: timedelta) -> None:
    Delivery.objects.filter(send=send).update(state=DeliveryState.ACCEPTED, diagnostic="250 <x@example.org> ok")
    Send.objects.filter(pk=send.pk).update(state=SendState.FINISHED, finished_at=clock.now() - ago)


def test_addresses_of_a_send_go_three_years_after_it_and_its_count_stays():
    old, recent = (make_send(addresses=["a@example.org", "b@example.org"], key=key) for key in ("old", "recent"))
    _over(old, ago=LONG)
    _over(recent, ago=timedelta(days=900))
    assert retention.forget_recipients(now=clock.now()) == 2
    assert not Delivery.objects.filter(send=old).exclude(address="", diagnostic="").exists()
    assert Delivery.objects.filter(send=recent, address="").count() == 0
    assert send_progress(send_id=old.pk).consistent


def test_who_left_three_years_ago_is_erased_and_no_file_brings_her_back():
    for name, ago in (("partie", LONG), ("partie-hier", timedelta(days=1))):
        person = make_subscriber(address=f"{name}@example.org")
        Subscriber.objects.filter(pk=person.pk).update(state=SubscriberState.UNSUBSCRIBED, left_at=clock.now() - ago)
    assert retention.forget_departed(now=clock.now()) == 1
    assert list(Subscriber.objects.values_list("address", flat=True)) == ["partie-hier@example.org"]
    assert Suppression.objects.filter(lifted_at__isnull=True).count() == 1
