from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock
from commun.mailing.models import Claim, Delivery, Lease, Send
from commun.mailing.selectors.progress import send_progress
from commun.mailing.services import retention
from commun.mailing.types import DeliveryState, SendState
from tests.mailing.factories import hand_out, make_send

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


def test_who_held_what_goes_a_month_after_the_send_and_no_sooner():
    lease = Lease.objects.create(worker="w", machine="m", journal="j", opened_at=clock.now(), beat_at=clock.now())
    for key, ago in (("old", timedelta(days=31)), ("recent", timedelta(days=29))):
        send = make_send(addresses=["a@example.org"], key=key)
        hand_out(send=send, lease=lease)
        _over(send, ago=ago)
    Claim.objects.update(closed_at=clock.now())
    assert retention.drop_ranges(now=clock.now()) == 1
    assert Claim.objects.get().frontier.send.idempotency_key == "recent"
