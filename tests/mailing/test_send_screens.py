"""The screens of sends: who sees what, what they say, and that looking changes nothing."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, VALIDATION, create_member
from commun.common import clock
from commun.mailing import api
from commun.mailing.models import BounceEvent, Decision, Delivery, Operator, Relay, Send
from commun.mailing.selectors import sends as selectors
from commun.mailing.types import UncertainVerdict
from tests.mailing.factories import hand_out, make_lost_send, make_send
from tests.subscribers.pages import everything, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client, settings):
    settings.STAFF_MFA_REQUIRED = False

    def _enter(group: str):
        client.force_login(create_member(email=address_of(group), first_name="Camille", groups=(group,)))
        return client

    return _enter


def address_of(group: str) -> str:
    return f"{group.replace('é', 'e')}@example.org"


def url(name, *args):
    return reverse(f"mailing_sends:{name}", args=args)


def text(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").replace("\u202f", " ").split())


def under_way(*addresses: str, **changes) -> Send:
    send = make_send(addresses=addresses)
    values = {"state": "sending", "started_at": clock.now() - timedelta(minutes=2), **changes}
    Send.objects.filter(pk=send.pk).update(**values)
    return send


def messages_of(response) -> str:
    return " ".join(str(message) for message in response.context["messages"]).replace("\xa0", " ")


# --- who ------------------------------------------------------------------------------------------------


def test_outsiders_and_strangers_are_refused_everything(enter, client):
    send = make_lost_send(uncertain=1)
    paths = [url("index"), *(url(name, send.pk) for name in ("send", "live", "proof", "not_received", "uncertain"))]
    paths += [url("cancel", send.pk), url("decide", send.pk, "resend"), url("control", send.pk, "pause")]
    before = everything()
    for path in paths:
        assert client.get(path).status_code in {302, 405}
        assert client.post(path).status_code in {302, 405}
    visitor = enter(MODERATION)
    for path in paths:
        assert visitor.post(path).status_code in {302, 405}, path
        assert visitor.get(path).status_code in {302, 405}, path
    assert everything() == before


@pytest.mark.parametrize("group", [REDACTION, VALIDATION])
def test_who_composes_or_approves_sees_counts_but_neither_addresses_nor_decisions(enter, group):
    send = make_lost_send(uncertain=2)
    visitor = enter(group)
    page = text(visitor.get(url("send", send.pk)))
    assert "2 remises incertaines" in page
    assert "@example.org" not in page.replace(address_of(group), "")
    for name in ("not_received", "uncertain"):
        assert visitor.get(url(name, send.pk)).status_code == 302
    for verdict in ("accept", "resend"):
        visitor.post(url("decide", send.pk, verdict), {"vu": clock.now().isoformat()})
    assert Delivery.objects.filter(state="uncertain").count() == 2


def test_the_editor_alone_cannot_steer(enter):
    send = under_way("a@example.org")
    enter(REDACTION).post(url("control", send.pk, "pause"))
    assert Send.objects.get().state == "sending"


def test_looking_at_every_page_changes_nothing(enter):
    send = make_lost_send(uncertain=2, accepted=1)
    moving = under_way("a@example.org")
    visitor = enter(EXPLOITATION)
    before = everything()
    for one in (send, moving):
        for name in ("send", "live", "proof", "not_received", "uncertain", "cancel"):
            assert visitor.get(url(name, one.pk)).status_code == 200
            assert visitor.head(url(name, one.pk)).status_code == 200
        for verdict in ("accept", "resend"):
            assert visitor.get(url("decide", one.pk, verdict)).status_code == 200
        assert visitor.get(url("control", one.pk, "pause")).status_code == 405
    assert visitor.get(url("index")).status_code == 200
    assert everything() == before


def test_what_does_not_exist_is_not_found(enter):
    visitor = enter(EXPLOITATION)
    send = make_lost_send(uncertain=1)
    for name in ("send", "live", "proof", "not_received", "uncertain", "cancel"):
        assert visitor.get(url(name, 10**9)).status_code == 404
    assert visitor.get(url("decide", send.pk, "autre")).status_code == 404
    assert visitor.get(url("decide", send.pk, "accept"), {"remise": "²"}).status_code == 404
    assert visitor.post(url("control", send.pk, "autre")).status_code == 404


# --- what it says -----------------------------------------------------------------------------------------


def test_the_page_counts_each_state_each_operator_each_refusal(enter, django_assert_max_num_queries):
    send = under_way(*(f"a{n}@orange.fr" for n in range(4)), *(f"b{n}@gmail.com" for n in range(3)), "c@example.org")
    now = clock.now()
    Delivery.objects.filter(address__endswith="gmail.com").update(
        state="accepted", settled_at=now, relay="relais:25", code=250
    )
    Delivery.objects.filter(address="a0@orange.fr").update(
        state="refused", reason="dead_address", code=550, enhanced="5.1.1", settled_at=now,
        diagnostic="550 5.1.1 <a0@orange.fr>: no such user",
    )  # fmt: skip
    Operator.objects.filter(slug="orange").update(paused_until=now + timedelta(hours=1), pause_reason="policy")
    Relay.objects.create(name="relais:25", ok_at=now)
    visitor = enter(EXPLOITATION)
    with django_assert_max_num_queries(32):
        page = text(visitor.get(url("send", send.pk)))
    for words in ("4 destinataires sur 8", "Orange", "Nous refuse", "Gmail", "Tous les autres", "relais:25", "Répond"):
        assert words in page
    assert "Adresse qui n’existe pas ou plus" in page
    assert "5.1.1" in page
    assert "&lt;[adresse]&gt;: no such user" in page
    assert "a0@orange.fr" not in page
    shares = {share.operator.name if share.operator else "": share for share in _detail(send).operators}
    assert (shares["Orange"].waiting, shares["Orange"].counts["refused"]) == (3, 1)
    assert (shares["Gmail"].counts, shares[""].total) == ({"accepted": 3}, 1)


def _detail(send):
    return selectors.send_detail(send_id=send.pk, now=clock.now())


def test_the_pace_is_that_of_the_last_minute_and_gives_the_time_left(enter):
    send = under_way(*(f"a{n}@example.org" for n in range(90)))
    now = clock.now()
    rows = Delivery.objects.order_by("pk")
    recent = list(rows.values_list("pk", flat=True)[:30])
    old = list(rows.values_list("pk", flat=True)[30:50])
    Delivery.objects.filter(pk__in=recent).update(state="accepted", settled_at=now - timedelta(seconds=20))
    Delivery.objects.filter(pk__in=old).update(state="accepted", settled_at=now - timedelta(seconds=90))
    pace = _detail(send).pace
    assert pace.per_minute == 30
    assert pace.left == timedelta(seconds=80)
    page = text(enter(EXPLOITATION).get(url("send", send.pk)))
    assert "30 messages par minute&nbsp;: encore 1 minute environ" in page
    Send.objects.update(waiting_for="relay_unreachable")
    assert "par minute" not in text(enter(EXPLOITATION).get(url("send", send.pk)))  # no promise while nothing leaves
    Send.objects.update(state="paused")
    assert _detail(send).pace.per_minute is None
    Send.objects.update(state="finished", finished_at=now, started_at=now - timedelta(minutes=5))
    assert _detail(send).pace.per_minute == 10


def test_a_broken_ledger_is_said_and_cannot_be_resumed_from_the_page(enter):
    send = under_way("a@example.org", "b@example.org", state="paused", state_reason="invariant")
    Delivery.objects.first().delete()
    page = text(enter(EXPLOITATION).get(url("send", send.pk)))
    assert "Le registre est faux." in page
    assert "1 remises pour une liste figée de 2" in page
    assert url("control", send.pk, "resume") not in page
    assert "Registre faux" in text(enter(VALIDATION).get(url("index")))


def test_sends_are_listed_by_pages_in_a_bounded_number_of_queries(enter, django_assert_max_num_queries):
    for number in range(27):
        make_send(addresses=[f"a{number}@example.org"], key=f"envoi {number}")
    visitor = enter(VALIDATION)
    with django_assert_max_num_queries(22):
        first = text(visitor.get(url("index")))
    oldest, newest = Send.objects.order_by("pk").first(), Send.objects.order_by("-pk").first()
    assert url("send", newest.pk) in first
    assert url("send", oldest.pk) not in first
    after = Send.objects.order_by("-pk")[24].pk
    assert url("send", oldest.pk) in text(visitor.get(url("index"), {"avant": after}))


# --- documents --------------------------------------------------------------------------------------------


def table(response) -> list[list[str]]:
    content = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content), delimiter=";"))


def test_the_file_names_whoever_did_not_receive_it_and_why(enter):
    send = make_lost_send(uncertain=1, accepted=2)
    back = Delivery.objects.filter(state="accepted").first()
    BounceEvent.objects.create(
        delivery=back, kind="failure", verdict="hard", code=550, enhanced="5.1.1", at=clock.now(), fingerprint="x",
        diagnostic="=HYPERLINK(1)",
    )  # fmt: skip
    response = enter(EXPLOITATION).get(url("not_received", send.pk))
    assert response.streaming
    header, *rows = table(response)
    assert header[0] == "adresse"
    lost = Delivery.objects.get(state="uncertain")
    assert [row[:3] for row in sorted(rows, key=lambda row: row[1])] == [
        [lost.address, "incertaine", "travailleur arrêté net"],
        [back.address, "revenue après remise", "adresse morte"],
    ]
    assert "'=HYPERLINK(1)" in {row[5] for row in rows}


def test_the_file_is_read_from_the_database_by_lots(enter, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(selectors, "LOT", 10)
    send = make_lost_send(uncertain=35)
    rows = selectors.not_received(send=send)
    with django_assert_max_num_queries(2):
        next(rows)
    assert 1 + len(list(rows)) == 35


def test_the_proof_says_what_was_agreed_and_counted_and_breaks_when_changed(enter, tmp_path, capsys):
    send = make_lost_send(uncertain=1, accepted=2)
    api.settle_uncertain(send_id=send.pk, verdict=UncertainVerdict.ACCEPT, by=None, now=clock.now())
    response = enter(REDACTION).get(url("proof", send.pk))
    proof = json.loads(response.content)
    assert proof["message"]["empreinte_sha256"] == send.message.hash
    assert proof["message"]["empreinte_verifiee"] is True
    recipients = proof["destinataires"]
    assert (recipients["liste_figee"], recipients["somme"], recipients["somme_egale_a_la_liste"]) == (3, 3, True)
    assert recipients["par_etat"]["accepted"] == 3
    assert "@" not in response.content.decode()
    path = tmp_path / "preuve.json"
    path.write_bytes(response.content)
    call_command("send_proof", check=path)
    assert "bon" in capsys.readouterr().out
    proof["destinataires"]["par_etat"]["accepted"] = 4
    path.write_text(json.dumps(proof), encoding="utf-8")
    with pytest.raises(CommandError, match="changé"):
        call_command("send_proof", check=path)
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(CommandError, match="changé"):
        call_command("send_proof", check=path)
    with pytest.raises(CommandError, match="se lit pas"):
        call_command("send_proof", check=tmp_path / "absente.json")
    with pytest.raises(CommandError, match="pas d’envoi"):
        call_command("send_proof", 10**9)


# --- steering ---------------------------------------------------------------------------------------------


def test_pausing_resuming_and_cancelling_say_how_many_are_out(enter):
    send = under_way(*(f"a{n}@example.org" for n in range(5)))
    rows = list(Delivery.objects.values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=rows[:2]).update(state="accepted")
    visitor = enter(VALIDATION)
    paused = visitor.post(url("control", send.pk, "pause"), follow=True)
    assert messages_of(paused) == "L’envoi est en pause. 2 messages sont partis."
    again = visitor.post(url("control", send.pk, "pause"), follow=True)
    assert "Rien n’a changé" in messages_of(again)
    assert "reprend" in messages_of(visitor.post(url("control", send.pk, "resume"), follow=True))
    page = text(visitor.get(url("cancel", send.pk)))
    assert "2 messages sont partis." in page
    assert "3 personnes attendent encore et ne le recevront jamais." in page
    done = visitor.post(url("cancel", send.pk), follow=True)
    assert "annulé : personne d’autre" in messages_of(done)
    assert api.send_progress(send_id=send.pk).counts["excluded"] == 3
    assert set(Decision.objects.values_list("action", "by__email")) == {
        (action, "validation@example.org") for action in ("pause", "resume", "cancel")
    }


def test_what_is_still_in_the_hands_of_a_worker_is_said_too(enter, monkeypatch):
    from commun.mailing.models import Lease
    from commun.mailing.selectors import progress

    monkeypatch.setattr(progress, "PATIENCE", 0)
    send = under_way("a@example.org", "b@example.org")
    lease = Lease.objects.create(worker="w", machine="m", journal="j", opened_at=clock.now(), beat_at=clock.now())
    hand_out(send=send, lease=lease)
    Delivery.objects.filter(address="b@example.org").update(state="uncertain", aside="uncertain", reason="worker_lost")
    said = messages_of(enter(VALIDATION).post(url("control", send.pk, "pause"), follow=True))
    assert "Aucun message n’est parti, 1 de plus est incertain ; 1 au plus" in said


# --- deciding ---------------------------------------------------------------------------------------------


def test_the_operator_reads_the_consequences_then_decides_once(enter):
    send = make_lost_send(uncertain=3)
    visitor = enter(EXPLOITATION)
    assert "3 remises incertaines" in text(visitor.get(url("uncertain", send.pk)))
    page = visitor.get(url("decide", send.pk, "resend"))
    assert "l’auront deux fois" in text(page)
    seen = next(one["value"] for one in read(page).all("input") if one.get("name") == "vu")
    first = visitor.post(url("decide", send.pk, "resend"), {"vu": seen}, follow=True)
    assert "3 à renvoyer" in messages_of(first)
    second = visitor.post(url("decide", send.pk, "resend"), {"vu": seen}, follow=True)
    assert "déjà fait" in messages_of(second)
    assert Decision.objects.filter(action="uncertain_resend", by__email="exploitation@example.org").count() == 3


def test_one_is_decided_alone_and_the_others_still_wait(enter):
    send = make_lost_send(uncertain=3)
    one = Delivery.objects.first()
    visitor = enter(EXPLOITATION)
    page = visitor.get(url("decide", send.pk, "accept"), {"remise": one.pk})
    assert one.address in text(page)
    form = {field["name"]: field["value"] for field in read(page).all("input") if field.get("name") in {"vu", "remise"}}
    done = visitor.post(url("decide", send.pk, "accept"), form, follow=True)
    assert done.redirect_chain[-1][0] == url("uncertain", send.pk)
    assert Delivery.objects.filter(state="uncertain").count() == 2
    assert Delivery.objects.get(state="accepted") == one


@pytest.mark.parametrize("seen", ["", "hier", "2026-13-40T00:00:00Z", "2026-11-23T10:00:00"])
def test_a_decision_without_what_was_seen_changes_nothing(enter, seen):
    send = make_lost_send(uncertain=1)
    response = enter(EXPLOITATION).post(url("decide", send.pk, "resend"), {"vu": seen}, follow=True)
    assert "incomplète" in messages_of(response)
    assert Delivery.objects.get().state == "uncertain"


def test_nothing_of_a_cancelled_send_is_offered_to_leave_again(enter):
    send = make_lost_send(uncertain=1)
    Send.objects.update(state="cancelled")
    visitor = enter(EXPLOITATION)
    assert url("decide", send.pk, "resend") not in text(visitor.get(url("uncertain", send.pk)))
    assert "rien ne peut repartir" in text(visitor.get(url("decide", send.pk, "resend")))
    visitor.post(url("decide", send.pk, "resend"), {"vu": clock.now().isoformat()})
    assert Delivery.objects.get().state == "uncertain"
