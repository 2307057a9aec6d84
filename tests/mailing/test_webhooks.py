"""What providers tell by webhook ends as what comes back by mail: on the address, on the operator, with its proof."""

from __future__ import annotations

import base64
import json
from datetime import timedelta

import pytest
from django.test import Client

from commun.common import clock
from commun.mailing import tokens
from commun.mailing.models import BounceEvent, Delivery, Operator, Send, Suppression
from commun.mailing.returns.events import ProviderEvent, report_of
from commun.mailing.returns.verdicts import Verdict
from commun.subscribers.models import ConsentEvent, Subscriber
from tests.mailing.factories import delivery_of, give_operator, make_send_under_way
from tests.subscribers.factories import make_subscriber
from tests.subscribers.pages import everything

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "fournisseur:un-secret-de-plus-de-vingt-signes"
ADDRESS = "personne@example.org"
UNKNOWN = "550 5.1.1 User unknown"


@pytest.fixture(autouse=True)
def _secret(settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}


@pytest.fixture
def person():
    return make_subscriber(address=ADDRESS)


@pytest.fixture
def delivery(person) -> Delivery:
    send = make_send_under_way(people=[person])
    Delivery.objects.filter(send=send).update(state="accepted", settled_at=clock.now())
    Send.objects.filter(pk=send.pk).update(state="finished", finished_at=clock.now())
    return delivery_of(send=send, subscriber=person)


def call(provider: str, body: object, *, secret: str = SECRET):
    authorization = f"Basic {base64.b64encode(secret.encode()).decode()}"
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Client(enforce_csrf_checks=True).post(
        f"/retours/{provider}/", content, content_type="application/json", headers={"Authorization": authorization}
    )


def brevo(event: str, **more: object) -> dict[str, object]:
    return {
        "event": event,
        "email": ADDRESS,
        "ts_epoch": 1795000000000,
        "message-id": "<x@fournisseur.example>",
        **more,
    }


BOUNCES = {
    "brevo": brevo("hard_bounce", reason=UNKNOWN),
    "mailjet": [{"event": "bounce", "time": 1795000000, "email": ADDRESS, "hard_bounce": True, "MessageID": 7,
                 "error_related_to": "recipient", "error": "user unknown", "comment": UNKNOWN}],
    "postmark": {"RecordType": "Bounce", "Type": "HardBounce", "ID": 42, "Email": ADDRESS, "Details": UNKNOWN,
                 "MessageID": "x", "BouncedAt": "2026-11-23T10:00:00Z"},
    "sparkpost": [{"msys": {"message_event": {"type": "bounce", "event_id": "e1", "raw_rcpt_to": ADDRESS,
                                             "bounce_class": "10",
                                             "raw_reason": UNKNOWN, "timestamp": "1795000000"}}}],
}  # fmt: skip
COMPLAINTS = {
    "brevo": brevo("complaint"),
    "mailjet": [{"event": "spam", "time": 1795000000, "email": ADDRESS, "MessageID": 7, "source": "JMRPP"}],
    "postmark": {"RecordType": "SpamComplaint", "Type": "SpamComplaint", "ID": 42, "Email": ADDRESS, "MessageID": "x",
                 "BouncedAt": "2026-11-23T10:00:00Z"},
    "sparkpost": [{"msys": {"message_event": {"type": "spam_complaint", "event_id": "e1", "raw_rcpt_to": ADDRESS,
                                             "timestamp": "1795000000"}}}],
}  # fmt: skip


@pytest.mark.parametrize("provider", sorted(BOUNCES))
def test_a_dead_address_told_by_any_provider_is_suppressed_once_with_its_evidence(provider, delivery):
    for _ in range(2):  # providers tell again
        assert call(provider, BOUNCES[provider]).status_code == 200
    standing = Suppression.objects.get()
    assert (standing.reason, "User unknown" in standing.evidence) == ("hard_bounce", True)
    event = BounceEvent.objects.get()
    assert (event.delivery, event.kind, event.verdict, event.enhanced) == (delivery, "failure", "hard", "5.1.1")
    assert event.source.startswith(f"{provider}:")
    delivery.refresh_from_db()
    assert delivery.state == "accepted"


@pytest.mark.parametrize("provider", sorted(COMPLAINTS))
def test_a_complaint_told_by_any_provider_suppresses_and_unsubscribes_with_its_proof(provider, delivery, person):
    for _ in range(2):
        assert call(provider, COMPLAINTS[provider]).status_code == 200
    person.refresh_from_db()
    assert person.state == "unsubscribed"
    assert Suppression.objects.get().reason == "complaint"
    assert ConsentEvent.objects.filter(kind="complained").count() == 1


def test_our_own_token_says_whom_it_was_for_whatever_address_is_named(delivery, person):
    token = tokens.ledger_token(space=tokens.DELIVERY, pk=delivery.pk)
    body = brevo("hard_bounce", reason=UNKNOWN, email="alias@example.net", **{"message-id": f"<{token}@example.org>"})
    assert call("brevo", body).status_code == 200
    assert Suppression.objects.get().address_hash == person.address_hash


def test_a_refusal_of_who_we_are_pauses_the_operator_and_spares_the_address(delivery):
    operator = Operator.objects.get(slug="orange")
    give_operator(delivery=Delivery.objects.get(), operator=operator)
    call("brevo", brevo("hard_bounce", reason="550 5.7.1 blocked: spam reputation"))
    operator.refresh_from_db()
    assert operator.pause_reason == "policy"
    assert operator.alarm
    assert not Suppression.objects.exists()


def test_a_full_mailbox_adds_to_the_score_once_per_letter(delivery, person):
    for number in range(3):
        call("brevo", brevo("soft_bounce", reason="552 5.2.2 mailbox full", ts=number))
    call("brevo", brevo("soft_bounce", reason="552 5.2.2 mailbox full, again"))
    person.refresh_from_db()
    assert person.score == 1
    assert not Suppression.objects.exists()


def test_whoever_leaves_at_the_provider_leaves_here(delivery, person):
    call("brevo", brevo("unsubscribe"))
    person.refresh_from_db()
    assert person.state == "unsubscribed"
    assert ConsentEvent.objects.get(kind="unsubscribed").method == "provider"


@pytest.mark.parametrize("event", ["delivered", "opened", "click", "request", "deferred", "inconnu"])
def test_what_says_nothing_against_an_address_changes_nothing_of_the_person(event, delivery, person):
    before = list(Subscriber.objects.values())
    assert call("brevo", brevo(event, reason="later")).status_code == 200
    assert list(Subscriber.objects.values()) == before
    assert not Suppression.objects.exists()
    assert set(BounceEvent.objects.values_list("kind", flat=True)) <= {"delay"}


@pytest.mark.parametrize("address", ["inconnue@example.org", "pas une adresse", "", None])
def test_an_address_we_never_wrote_to_is_nobody(address, delivery):
    before = everything()
    assert call("brevo", {**BOUNCES["brevo"], "email": address}).status_code == 200
    assert call("brevo", {**COMPLAINTS["brevo"], "email": address}).status_code == 200
    assert everything() == before


def test_what_was_sent_long_ago_is_no_longer_found_by_its_address(delivery):
    Delivery.objects.update(settled_at=clock.now() - timedelta(days=31))
    call("brevo", BOUNCES["brevo"])
    assert not Suppression.objects.exists()


@pytest.mark.parametrize("secret", ["", "fournisseur:", "fournisseur:autre", "autre:un-secret-de-plus-de-vingt-signes"])
def test_without_the_secret_nothing_is_believed(secret, delivery):
    before = everything()
    for provider, body in BOUNCES.items():
        assert call(provider, body, secret=secret).status_code == 400
        assert Client().post(f"/retours/{provider}/", b"{}", content_type="application/json").status_code == 400
    assert everything() == before


def test_where_no_secret_is_set_the_addresses_do_not_exist(delivery, settings):
    settings.ANYMAIL = {"WEBHOOK_SECRET": ""}
    for provider, body in BOUNCES.items():
        assert call(provider, body).status_code == 404
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    assert call("mandrill", {}).status_code == 404


def test_looking_at_the_address_changes_nothing(delivery):
    before = everything()
    assert Client().get("/retours/brevo/").status_code == 405
    assert Client().head("/retours/brevo/").status_code == 200
    assert everything() == before


@pytest.mark.parametrize(
    ("event", "verdict"),
    [
        ({"text": UNKNOWN}, Verdict.HARD),
        ({"text": "552 5.2.2 over quota", "hard": True}, Verdict.SOFT),
        ({"text": "550 5.7.1 message refused", "hard": True}, Verdict.POLICY),
        ({"text": "mailbox full", "hard": True}, Verdict.SOFT),
        ({"text": "delivery failed", "hard": True}, Verdict.HARD),
        ({"text": "delivery failed"}, Verdict.SOFT),
        ({"text": "", "hard": True}, Verdict.HARD),
        ({"text": ""}, Verdict.SOFT),
        ({"text": "", "reason": "blocked", "kind": "rejected"}, Verdict.POLICY),
        ({"text": "anything", "reason": "invalid"}, Verdict.HARD),
    ],
)
def test_the_words_of_the_receiving_server_come_before_the_provider_s_conclusion(event, verdict):
    values = {"provider": "brevo", "kind": "bounced", "reason": "bounced", **event}
    assert report_of(ProviderEvent(**values)).verdict is verdict


def test_a_provider_that_did_not_try_says_nothing_of_the_address():
    for reason in ("unsubscribed", "spam"):
        assert report_of(ProviderEvent(provider="x", kind="rejected", reason=reason)).failures == ()
