"""A letter to one segment: every screen tells of those it goes to, and of nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from commun.accounts.api import EXPLOITATION
from commun.common import clock
from commun.mailing.delivery import upkeep
from commun.mailing.models import Delivery, Send
from commun.newsletters import api
from commun.newsletters.services import sending
from commun.subscribers.api import usable_segments
from commun.subscribers.models import Segment, Subscriber
from tests.newsletters import factories
from tests.newsletters.factories import NOW
from tests.subscribers.factories import make_subscribers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def town_halls(db):
    """Two readers in, one out."""
    make_subscribers(2, domain="mairie.example.org")
    make_subscribers(1, domain="ailleurs.example.org")
    Segment.objects.create(
        name="Mairies", conditions=[{"on": "domain", "values": ["mairie.example.org"]}], created_at=NOW
    )
    (segment,) = usable_segments()
    return segment


@pytest.fixture
def holder():
    return factories.member("exploitante", EXPLOITATION)


def plan(issue, approver, *, segment=None):
    at = (clock.now() + timedelta(days=20)).replace(hour=12)
    return api.send_issue(issue=issue, user=approver, at=at, segment=segment)


def screen(client, issue):
    return " ".join(client.get(reverse("newsletters:issue", args=[issue.pk])).content.decode().split())


def looked_at(client, issue):
    answer = client.post(reverse("newsletters:addresses", args=[issue.pk]))
    return [address for _, address, _ in answer.context["rows"]]


def doubts(client, issue):
    """What is asked again before its date moves to that very date."""
    at = Send.objects.latest("pk").scheduled_at.strftime("%Y-%m-%dT%H:%M")
    answer = client.post(reverse("newsletters:move", args=[issue.pk]), {"at": at})
    return " ".join(" ".join(answer.context["doubts"]).split())


def test_the_addresses_of_a_planned_letter_are_those_of_its_segment(client, approved, approver, town_halls, holder):
    plan(approved, approver, segment=town_halls)
    client.force_login(holder)
    addresses = [f"lectrice-{rank}@mairie.example.org" for rank in range(2)]
    assert looked_at(client, approved) == addresses
    said = client.get(reverse("newsletters:addresses", args=[approved.pk])).content.decode()
    assert "au seul segment « Mairies »" in " ".join(said.split())


def test_whoever_approved_sees_on_the_countdown_whom_it_goes_to(client, approved, approver, town_halls):
    plan(approved, approver, segment=town_halls)
    client.force_login(approver)
    assert "va au seul segment « Mairies », 2 personnes aujourd’hui." in screen(client, approved)


def test_a_letter_to_everybody_says_so_and_how_many(client, approved, approver, town_halls, holder):
    plan(approved, approver)
    client.force_login(approver)
    assert "à toutes les personnes que ce numéro concerne, 3 personnes aujourd’hui." in screen(client, approved)
    client.force_login(holder)
    assert len(looked_at(client, approved)) == 3


def test_the_list_that_was_written_is_told_in_the_end(client, approved, approver, town_halls):
    send = api.send_issue(issue=approved, user=approver, segment=town_halls)
    upkeep.start_due(now=clock.now())
    while upkeep.freeze_one_lot(now=clock.now()):
        pass
    make_subscribers(3, domain="mairie.example.org")
    client.force_login(approver)
    assert "va au seul segment « Mairies », 2 personnes." in screen(client, approved)
    assert Delivery.objects.filter(send=send).count() == 2


def test_what_is_asked_before_another_date_counts_the_segment(client, approved, approver, town_halls):
    plan(approved, approver, segment=town_halls)
    client.force_login(approver)
    said = doubts(client, approved)
    assert "1 personne qui devait recevoir ce numéro ne le recevra pas" in said
    assert "Personne ne la recevrait" not in said
    Subscriber.objects.filter(domain="mairie.example.org").delete()
    assert "Personne ne la recevrait" in doubts(client, approved), "whoever else is subscribed"


def test_a_segment_forgotten_since_still_holds(client, approved, approver, town_halls, holder):
    plan(approved, approver, segment=town_halls)
    Segment.objects.all().delete()
    client.force_login(holder)
    assert len(looked_at(client, approved)) == 2


@pytest.mark.parametrize("chosen", [False, True])
def test_mails_and_journal_say_whom_it_goes_to_in_whole_sentences(
    client, approved, approver, editor, *, town_halls, chosen
):
    segment = town_halls if chosen else None
    mail.outbox.clear()
    send = plan(approved, approver, segment=segment)
    sending.move_issue(issue=approved, user=approver, at=send.scheduled_at + timedelta(days=1))
    sending.stop_issue(issue=approved, user=approver)
    submit_again(approved, editor, approver)
    planned = plan(approved, approver, segment=segment)
    Send.objects.filter(pk=planned.pk).update(started_at=NOW, state="sending")
    sending.publish_started(now=NOW)
    sending.on_finished(send_id=planned.pk, now=NOW)
    bodies = {message.subject.partition(":")[2].strip(): " ".join(message.body.split()) for message in mail.outbox}
    assert {"envoi programmé", "envoi déplacé", "envoi arrêté", "l’envoi commence", "l’envoi est terminé"} <= set(
        bodies
    )
    for body in bodies.values():
        assert not re.search(r"\.\.|[,;]\.|[a-zé0-9»] (?:Au|À|Qui|Personne|Jusque|La liste|L’édition)\b", body), body
    for act in ("envoi programmé", "l’envoi commence"):
        assert (", au seul segment « Mairies »." in bodies[act]) is chosen
    client.force_login(approver)
    shown = client.get(reverse("newsletters:issue", args=[approved.pk])).content.decode()
    said = re.findall(r"<blockquote>(.*?)</blockquote>", " ".join(shown.split()))
    assert sum("au seul segment « Mairies »" in words for words in said) == (3 if chosen else 0)


def submit_again(issue, editor, approver):
    api.withdraw_submission(issue=issue, user=editor, reason="Encore une relecture.")
    api.submit_issue(issue=issue, user=editor, now=NOW)
    api.approve_issue(issue=issue, user=approver, now=NOW)


def test_a_send_whose_segment_has_no_name_says_that_there_is_one(client, approved, approver, town_halls):
    send = plan(approved, approver, segment=town_halls)
    words = {key: value for key, value in send.audience_words.items() if key != "segment_name"}
    Send.objects.filter(pk=send.pk).update(audience_words=words)
    client.force_login(approver)
    assert "va à un seul segment, 2 personnes aujourd’hui." in screen(client, approved)
