"""What comes back by mail: a dialogue in LMTP, then what the team and the audience see."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from commun.accounts.api import EXPLOITATION, create_member
from commun.common import clock
from commun.inbound.models import RawMessage
from commun.mailing import mailboxes, privacy, tokens
from commun.mailing.delivery.copies import envelope_sender
from commun.mailing.delivery.ledger import make_key
from commun.mailing.models import Delivery, Frontier, Operator, Send, Suppression
from commun.mailing.services.audience import exclude_suppressed
from commun.subscribers.models import ConsentEvent, Subscriber
from commun.subscribers.services import people, scoring
from commun.territories import api as territories
from tests.inbound.lmtp import dialogue, running_server
from tests.mailing.factories import delivery_of, give_operator, make_send_under_way
from tests.mailing.returns.corpus import arf, dsn, plain
from tests.mailing.returns.manners import ses
from tests.subscribers.factories import make_subscriber
from tests.territories.conftest import register  # noqa: F401  (a fixture)
from tests.territories.factories import make_mandate

pytestmark = pytest.mark.django_db(transaction=True)
DEAD = "550 5.1.1 <personne@example.org>: Recipient address rejected: User unknown"
FULL = "552 5.2.2 mailbox full"
VACATION = plain(
    sender="Mairie <personne@example.org>",
    subject="Réponse automatique : absence",
    body="Je reviens lundi.",
    extra="Auto-Submitted: auto-replied\n",
    path="<personne@example.org>",
)
CHALLENGE = plain(
    sender="MailInBlack <antispam@mailinblack.example.org>",
    subject="Confirmez votre envoi",
    body="Cliquez ici pour valider : https://filtre.example.org/x",
    path="<filtre@example.org>",
)
DELAY = dsn(status="4.4.1", diagnostic="451 4.4.1 timeout", action="delayed")


@pytest.fixture(autouse=True)
def _domains(settings):
    settings.BOUNCE_DOMAIN = "retours.example.org"
    settings.INBOUND_DOMAIN = "contributions.example.org"


@pytest.fixture
def person():
    return make_subscriber(address="personne@example.org")


def _delivered(person: Subscriber) -> Delivery:
    send = make_send_under_way(people=[person])
    Delivery.objects.filter(send=send).update(state="accepted", settled_at=clock.now())
    Send.objects.filter(pk=send.pk).update(state="finished", finished_at=clock.now())
    return delivery_of(send=send, subscriber=person)


def _come_back(delivery: Delivery, raw: bytes) -> RawMessage:
    """Through the front door, as a mail server brings it."""
    address = envelope_sender(make_key(space=tokens.DELIVERY, pk=delivery.pk))
    with running_server() as port:
        answers = dialogue(port=port, sender="", recipients=[address], raw=raw)
    assert [code for code, _ in answers] == [250, 250]
    return RawMessage.objects.get(pk=int(answers[-1][1].split()[-1]))


def _complain(raw: bytes) -> RawMessage:
    with running_server() as port:
        dialogue(port=port, sender="", recipients=["plaintes@retours.example.org"], raw=raw)
    return RawMessage.objects.get(route="mailing.complaints")


def test_a_dead_address_is_suppressed_with_its_evidence_and_the_delivery_keeps_its_state(person):
    delivery = _delivered(person)

    message = _come_back(delivery, dsn(to=person.address, status="5.1.1", diagnostic=DEAD))

    assert (message.state, message.outcome) == ("processed", "failure:hard")
    standing = Suppression.objects.get(address_hash=person.address_hash)
    assert (standing.reason, "User unknown" in standing.evidence) == ("hard_bounce", True)
    delivery.refresh_from_db()
    assert delivery.state == "accepted"
    event = delivery.events.get()
    assert (event.kind, event.verdict, event.enhanced) == ("failure", "hard", "5.1.1")
    assert event.address_hash == person.address_hash
    assert [kept["nature"] for kept in privacy.export(email=person.address)["retours"]] == ["avis de non-remise"]


def test_the_next_letter_leaves_the_dead_address_out(person):
    living = make_subscriber(address="vivante@example.org")
    _come_back(_delivered(person), dsn(to=person.address, status="5.1.1", diagnostic=DEAD))

    send = make_send_under_way(people=[living])
    frontier = Frontier.objects.get(send=send, operator=None)
    Delivery.objects.create(send=send, frontier=frontier, position=2, address=person.address, recipient_key=person.key)
    exclude_suppressed(send=send, now=clock.now())

    assert delivery_of(send=send, subscriber=person).state == "excluded"
    assert delivery_of(send=send, subscriber=living).state == "pending"


@pytest.mark.parametrize(("raw", "outcome"), [(VACATION, "auto_reply"), (CHALLENGE, "challenge"), (DELAY, "delay")])
def test_vacations_challenges_and_delays_say_nothing_against_the_address(person, raw, outcome):
    message = _come_back(_delivered(person), raw)

    assert message.outcome == outcome
    person.refresh_from_db()
    assert (person.score, person.state) == (0, "active")
    assert not Suppression.objects.exists()


def test_whoever_takes_the_letter_out_of_her_spam_still_receives_it(person):
    message = _come_back(_delivered(person), ses(kind="Complaint", feedback="not-spam", to=person.address))

    person.refresh_from_db()
    assert (message.state, person.state) == ("processed", "active")
    assert not Suppression.objects.exists()


def test_a_policy_refusal_pauses_the_operator_and_spares_the_address(person):
    delivery = _delivered(person)
    operator = Operator.objects.first()
    give_operator(delivery=delivery, operator=operator)

    _come_back(delivery, dsn(to=person.address, status="5.7.1", diagnostic="550 5.7.1 blocked: spam reputation"))

    operator.refresh_from_db()
    assert operator.pause_reason == "policy"
    assert not Suppression.objects.exists()


def test_a_full_mailbox_is_left_alone_after_six_letters_and_the_team_may_write_again(person):
    scores = []
    for _ in range(6):
        delivery = _delivered(person)
        Subscriber.objects.filter(pk=person.pk).exclude(scored_at=None).update(
            scored_at=clock.now() - timedelta(days=30)
        )
        Send.objects.exclude(pk=delivery.send_id).update(started_at=clock.now() - timedelta(days=60))
        Send.objects.filter(pk=delivery.send_id).update(started_at=clock.now() - timedelta(days=31))
        assert not Suppression.objects.exists()
        _come_back(delivery, dsn(to=person.address, status="5.2.2", diagnostic=f"{FULL} {len(scores)}"))
        person.refresh_from_db()
        scores.append(person.score)

    assert scores == sorted(scores)
    standing = Suppression.objects.get()
    assert (standing.reason, standing.lifted_at) == ("soft_bounces", None)
    people.lift_suppression(suppression=standing, why="boîte vidée", by=None, now=clock.now())
    person.refresh_from_db()
    assert person.score == 0


def test_two_notices_of_one_delivery_count_once(person):
    delivery = _delivered(person)
    for rank in range(2):
        _come_back(delivery, dsn(to=person.address, status="5.2.2", diagnostic=f"{FULL} {rank}"))

    person.refresh_from_db()
    assert (person.score, delivery.events.count()) == (1, 2)


def test_a_letter_that_arrives_halves_the_score(person):
    first = _delivered(person)
    _come_back(first, dsn(to=person.address, status="5.2.2", diagnostic=FULL))
    _delivered(person)
    again = _delivered(person)
    scoring.add_soft_bounce(recipient_key=person.key, delivery_id=again.pk, evidence="", now=clock.now())

    person.refresh_from_db()
    assert person.score == pytest.approx(1.5, abs=0.01)


def test_a_complaint_suppresses_and_unsubscribes_at_once_and_leaves_its_proof(person):
    delivery = _delivered(person)
    token = tokens.ledger_token(space=tokens.DELIVERY, pk=delivery.pk)

    message = _complain(arf().replace(b"envoi.7.abc123@", token.encode() + b"@"))

    assert message.outcome == "complaint"
    person.refresh_from_db()
    assert person.state == "unsubscribed"
    assert Suppression.objects.get().reason == "complaint"
    assert ConsentEvent.objects.filter(subject=person.address_hash, kind="complained").count() == 1
    assert delivery.events.get().kind == "complaint"


def test_a_complaint_that_only_names_an_address_unsubscribes_nobody_and_waits_for_a_person(person):
    message = _complain(arf(recipient=person.address))

    assert (message.state, message.error) == ("quarantined", "mailing_complaint_unproven")
    person.refresh_from_db()
    assert person.state == "active"
    assert not Suppression.objects.exists()


def test_a_mail_to_the_unsubscribe_address_of_the_letter_unsubscribes(person):
    token = tokens.recipient_token(purpose=tokens.UNSUBSCRIBE, key=person.key)
    with running_server() as port:
        answers = dialogue(
            port=port,
            sender=person.address,
            recipients=[f"desabonnement+{token}@contributions.example.org"],
            raw=b"From: personne@example.org\r\nSubject: unsubscribe\r\n\r\n\r\n",
        )

    assert [code for code, _ in answers] == [250, 250]
    person.refresh_from_db()
    assert person.state == "unsubscribed"
    assert ConsentEvent.objects.filter(kind="unsubscribed", method="mail").count() == 1


def test_a_forged_token_is_refused_before_anything_is_received(person):
    true = mailboxes.return_path(space=tokens.DELIVERY, pk=_delivered(person).pk)
    forged = true[:30] + ("b" if true[30] == "a" else "a") + true[31:]
    elsewhere = true.replace("retours.example.org", "contributions.example.org")
    unknown = [forged, elsewhere, "inconnue@retours.example.org"]
    with running_server() as port:
        answers = dialogue(port=port, sender="", recipients=unknown, raw=b"x")

    assert [code for code, _ in answers] == [550, 550, 550]
    assert not RawMessage.objects.exists()


def test_the_page_of_a_person_shows_what_came_back(person, client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(create_member(email="equipe@example.org", groups=(EXPLOITATION,)))
    _come_back(_delivered(person), dsn(to=person.address, status="5.1.1", diagnostic=DEAD))

    page = client.get(reverse("subscribers_team:person", args=[person.pk])).content.decode()

    assert "avis de non-remise" in page
    assert "User unknown" in page


def test_the_mandate_of_a_person_whose_mail_comes_back_is_suspended(person, register):  # noqa: F811
    organisation = territories.organisation_of(territory=territories.get_by_key(key="commune:01015"))
    user = create_member(email="personne@example.org")
    make_mandate(user=user, organisation=organisation, now=clock.now())
    _come_back(_delivered(person), dsn(status="5.2.2", diagnostic=FULL))
    assert territories.memberships_of(user=user, at=clock.now())
    _come_back(_delivered(person), dsn(status="5.1.1", diagnostic=DEAD))
    assert territories.memberships_of(user=user, at=clock.now()) == []


def test_a_report_about_three_people_of_three_sends_concerns_the_one_it_was_returned_for(person):
    others = [make_subscriber(address=f"{name}@example.org") for name in ("autre", "tierce")]
    deliveries = [_delivered(one) for one in (person, *others)]
    group = "Final-Recipient: rfc822; {}\r\nAction: failed\r\nStatus: {}\r\n\r\n"
    three = group.format(person.address, "5.2.2") + group.format("autre@example.org", "5.1.1")
    raw = dsn(to="tierce@example.org", status="5.1.1", diagnostic=DEAD)
    raw = raw.replace(b"Final-Recipient: rfc822; tierce", three.encode() + b"Final-Recipient: rfc822; tierce")

    assert _come_back(deliveries[0], raw).outcome == "failure:soft"
    assert not Suppression.objects.exists()
    assert _come_back(deliveries[2], raw).outcome == "failure:hard"
    assert Suppression.objects.count() == 1
