from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from commun.common import clock, privacy
from commun.common.errors import SealedForEver
from commun.mailing import tokens
from commun.mailing.delivery import ranges
from commun.mailing.models import Delivery, Lease, ServiceMail, Suppression
from commun.mailing.services import service_mail
from commun.mailing.types import DeliveryState
from commun.subscribers.models import ConsentEvent, Subscriber
from tests.mailing.factories import delivery_of, hand_out, make_send_under_way
from tests.subscribers.factories import link, make_subscriber, make_topic
from tests.subscribers.pages import everything, read

pytestmark = pytest.mark.django_db
ADDRESS = "camille@mairie.example.org"


@pytest.fixture
def camille():
    return make_subscriber(address=ADDRESS, topics=[make_topic(name="Le passage à l’action")])


def _data_path(visitor, subscriber) -> str:
    """The link that the page of preferences sends by mail."""
    answer = visitor.post(f"{link(purpose=tokens.PREFERENCES, subscriber=subscriber)}donnees/")
    assert answer.status_code == 302
    return re.search(r"http://localhost:8000(/preferences/donnees/\S+/)", mail.outbox[-1].body)[1]


def test_everything_kept_of_a_person_is_exported(camille):
    make_send_under_way(people=[camille])
    service_mail.queue_message(message=EmailMessage("Code", "1234", to=[ADDRESS]))
    export = privacy.export_person(email=ADDRESS)
    found = export["subscribers"] | export["mailing"]
    assert found["abonnement"]["adresse"] == ADDRESS
    assert found["abonnement"]["thématiques"] == ["Le passage à l’action"]
    assert [proof["acte"] for proof in found["preuves"]] == ["demande", "confirmation"]
    assert found["preuves"][0]["texte"] == "J’accepte de recevoir la lettre."
    assert found["envois"][0]["objet"] == "Le passage à l’action"
    assert found["envois"][0]["état"] == "en attente"
    assert len(found["messages de service"]) == 1


def test_nothing_is_exported_nor_written_for_a_stranger():
    before = everything()
    for email in ("inconnue@example.org", "pas une adresse"):
        assert privacy.export_person(email=email) == {}
        assert privacy.erase_person(email=email, now=clock.now()) == {}
    assert everything() == before


def test_erasure_leaves_only_the_hash_and_rows_without_address(camille, django_capture_on_commit_callbacks):
    other = make_subscriber()
    done, under_way = (make_send_under_way(people=[camille, other]) for _ in range(2))
    hers = Delivery.objects.filter(send=done, address=ADDRESS)
    hers.update(state=DeliveryState.ACCEPTED, diagnostic=f"250 ok {ADDRESS}")
    service_mail.queue_message(message=EmailMessage("Code", "1234", to=[ADDRESS]))
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase_person(email=ADDRESS, now=clock.now())
    left = everything()
    assert [name for name, rows in left.items() if ADDRESS in repr(rows)] == []
    assert camille.address_hash in repr(left["ConsentEvent"])
    assert not Subscriber.objects.filter(pk=camille.pk).exists()
    assert delivery_of(send=done, subscriber=camille).state == DeliveryState.ACCEPTED
    withdrawn = delivery_of(send=under_way, subscriber=camille)
    assert (withdrawn.state, withdrawn.reason, withdrawn.address) == ("excluded", "erasure", "")
    assert delivery_of(send=under_way, subscriber=other).state == DeliveryState.PENDING
    assert ServiceMail.objects.get().raw in (b"", memoryview(b""))
    assert Suppression.objects.get().reason == "erasure"
    assert list(ConsentEvent.objects.filter(subject=camille.address_hash).values_list("kind", flat=True)) == [
        "requested",
        "confirmed",
        "erased",
    ]


def test_erasing_twice_writes_once(camille):
    for _ in range(2):
        call_command("erase_person", ADDRESS)
    assert ConsentEvent.objects.filter(kind="erased").count() == 1
    assert Suppression.objects.count() == 1


def test_a_message_that_a_worker_carries_is_blanked_by_the_sweep(camille):
    from commun.mailing.models import Lease

    service_mail.queue_message(message=EmailMessage("Code", "1234", to=[ADDRESS]))
    lease = Lease.objects.create(worker="w", machine="m", journal="j", opened_at=clock.now(), beat_at=clock.now())
    ServiceMail.objects.update(state=DeliveryState.CLAIMED, lease=lease)
    privacy.erase_person(email=ADDRESS, now=clock.now())
    row = ServiceMail.objects.get()
    assert row.state == DeliveryState.CLAIMED
    assert row.address == ADDRESS


def test_the_links_of_a_letter_forwarded_to_a_stranger_open_no_data(visitor, camille):
    token = tokens.recipient_token(purpose=tokens.PREFERENCES, key=camille.key)
    for path in (f"/preferences/donnees/{token}/", f"/preferences/donnees/{token}/effacement/"):
        assert visitor.get(path).status_code == 404
        assert visitor.post(path).status_code == 404
    answer = visitor.post(f"/preferences/{token}/donnees/", follow=True)
    assert ADDRESS not in answer.content.decode()
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert Subscriber.objects.filter(pk=camille.pk).exists()


def test_downloading_ones_data(visitor, camille):
    path = _data_path(visitor, camille)
    page = visitor.get(path)
    read(page).assert_accessible()
    assert ADDRESS in page.content.decode()
    answer = visitor.post(path)
    assert answer["Content-Type"].startswith("application/json")
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert json.loads(answer.content)["subscribers"]["abonnement"]["adresse"] == ADDRESS
    assert not answer.cookies


def test_erasing_oneself(visitor, camille):
    path = _data_path(visitor, camille) + "effacement/"
    before = everything()
    read(visitor.get(path)).assert_accessible()
    visitor.head(path)
    assert everything() == before
    assert visitor.post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    for _ in range(2):  # a double click
        assert "Vos données sont effacées" in visitor.post(path).content.decode()
    assert not Subscriber.objects.exists()
    # Links of letters received before stay calm.
    assert visitor.post(link(purpose=tokens.UNSUBSCRIBE, subscriber=camille)).status_code == 200
    assert visitor.get(link(purpose=tokens.PREFERENCES, subscriber=camille)).status_code == 200
    assert visitor.get(link(purpose=tokens.CONFIRM, subscriber=camille)).status_code == 410


def test_the_link_to_ones_data_lasts_a_day(visitor, camille, monkeypatch):
    from commun.subscribers.services import requests

    path = _data_path(visitor, camille)
    monkeypatch.setattr(requests, "PERSONAL_DATA_LINK_LASTS", timedelta(seconds=-1))
    for answer in (visitor.get(path), visitor.post(path), visitor.post(path + "effacement/")):
        assert answer.status_code == 410
        assert "plus valable" in answer.content.decode()
    assert Subscriber.objects.exists()


def test_proofs_cannot_be_changed_by_code_nor_by_the_database(camille):
    proof = ConsentEvent.objects.first()
    with pytest.raises(SealedForEver):
        proof.save()
    with pytest.raises(SealedForEver):
        proof.delete()
    with pytest.raises(SealedForEver):
        ConsentEvent.objects.update(kind="confirmed")


@pytest.mark.parametrize(
    "act", ["UPDATE subscribers_consentevent SET method = 'x'", "DELETE FROM subscribers_consentevent"]
)
def test_nor_by_the_database(camille, act):
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act)
    assert ConsentEvent.objects.exclude(method="x").exists()


def test_who_is_erased_while_a_worker_holds_her_row_is_not_written_to_by_the_next(camille):
    send = make_send_under_way(people=[camille])
    now = clock.now()
    lease = Lease.objects.create(worker="w", machine="m", journal="j", opened_at=now, beat_at=now)
    (row,) = hand_out(send=send, lease=lease)
    privacy.erase_person(email=ADDRESS, now=now)
    ranges.give_back(lease_id=lease.pk, claim_ids=[row.claim], now=now)  # the worker died before the wire
    left = Delivery.objects.get(send=send)
    assert (left.state, left.address) == (DeliveryState.EXCLUDED, "")
    assert hand_out(send=send, lease=lease) == []
