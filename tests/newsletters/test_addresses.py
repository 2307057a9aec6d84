"""Addresses of readers: for whoever holds their file, and each look is written down."""

from __future__ import annotations

import pytest
from django.urls import reverse

from commun.accounts.api import EXPLOITATION
from commun.mailing.delivery import upkeep
from commun.mailing.models import Delivery
from commun.newsletters import api
from commun.newsletters.models import JournalEntry
from tests.newsletters import factories
from tests.newsletters.factories import NOW
from tests.subscribers.factories import make_subscribers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def holder():
    return factories.member("exploitante", EXPLOITATION)


def looks():
    return list(JournalEntry.objects.filter(act="audience_read").values_list("by__email", "words"))


def test_who_would_receive_it_is_told_page_by_page_and_each_look_is_kept(client, issue, holder):
    make_subscribers(130)
    url = reverse("newsletters:addresses", args=[issue.pk])
    client.force_login(holder)
    assert "@" not in client.get(url).content.decode().partition("<h2>")[2].partition("<form")[0]
    assert looks() == [], "nothing was looked at yet"
    first = client.post(url)
    assert len(first.context["rows"]) == 100
    assert "reçoivent tous les numéros" in first.content.decode()
    second = client.post(url, {"after": first.context["more"]})
    assert len(second.context["rows"]) == 30
    assert not {row[1] for row in first.context["rows"]} & {row[1] for row in second.context["rows"]}
    assert looks() == [(holder.email, "30 adresses."), (holder.email, "100 adresses.")]


def test_afterwards_the_record_of_the_send_is_told_and_what_was_erased_is_not(client, holder, editor, issue, approver):
    people = make_subscribers(3)
    api.submit_issue(issue=issue, user=editor, now=NOW)
    api.approve_issue(issue=issue, user=approver, now=NOW)
    send = api.send_issue(issue=issue, user=approver, now=NOW)
    upkeep.start_due(now=NOW)
    while upkeep.freeze_one_lot(now=NOW):
        pass
    rows = Delivery.objects.filter(send=send)
    rows.filter(recipient_key=people[0].key).update(state="accepted", settled_at=NOW)
    rows.filter(recipient_key=people[1].key).update(state="refused", reason="dead_address", settled_at=NOW)
    rows.filter(recipient_key=people[2].key).update(address="")
    client.force_login(holder)
    told = client.post(reverse("newsletters:addresses", args=[issue.pk])).context["rows"]
    assert [row[1:] for row in told] == [
        (people[0].address, "Acceptés"),
        (people[1].address, "Refusés : adresse qui n’existe pas ou plus"),
        (f"effacée ({people[2].key})", "En attente"),
    ]


@pytest.mark.parametrize("who", ["editor", "approver"])
def test_whoever_writes_or_approves_sees_numbers_alone(client, request, issue, who):
    client.force_login(request.getfixturevalue(who))
    url = reverse("newsletters:addresses", args=[issue.pk])
    assert client.get(url).status_code in {302, 403}
    assert client.post(url).status_code in {302, 403}
    assert looks() == []


@pytest.mark.parametrize("number", [10**30, 2**63])
def test_a_number_that_no_issue_can_have_is_not_found(client, holder, number):
    client.force_login(holder)
    assert client.get(reverse("newsletters:addresses", args=[number])).status_code == 404
