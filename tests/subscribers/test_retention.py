from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock
from commun.mailing.models import Suppression
from commun.subscribers.models import Subscriber
from commun.subscribers.services import retention
from commun.subscribers.types import SubscriberState
from tests.subscribers.factories import make_subscriber

pytestmark = pytest.mark.django_db
LONG = timedelta(days=3 * 365 + 1)


def test_who_left_three_years_ago_is_erased_and_no_file_brings_her_back():
    for name, ago in (("partie", LONG), ("partie-hier", timedelta(days=1))):
        person = make_subscriber(address=f"{name}@example.org")
        Subscriber.objects.filter(pk=person.pk).update(state=SubscriberState.UNSUBSCRIBED, left_at=clock.now() - ago)
    assert retention.forget_departed(now=clock.now()) == 1
    assert list(Subscriber.objects.values_list("address", flat=True)) == ["partie-hier@example.org"]
    assert Suppression.objects.filter(lifted_at__isnull=True).count() == 1
