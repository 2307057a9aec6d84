"""The state page, /metrics and /healthz: they say when something is wrong, to whom they must, and change nothing."""

from __future__ import annotations

import re
import shutil
from collections import namedtuple
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django_tasks_db.models import DBTaskResult
from prometheus_client.parser import text_string_to_metric_families

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, VALIDATION, create_member
from commun.common import clock, periodic
from commun.common.models import PeriodicRun, WorkerBeat
from commun.config.env import SmtpRelay
from commun.contributions.api import Given, receive
from commun.inbound.models import RawMessage
from commun.mailing.models import MachineFault, Operator, Relay, Send, ServiceMail
from commun.website import state as module
from commun.website.state import read_state
from tests.mailing.factories import make_lost_send, make_send
from tests.subscribers.factories import make_subscribers
from tests.subscribers.pages import everything

pytestmark = pytest.mark.django_db
STATE, METRICS = "/gestion/etat/", "/metrics"


@pytest.fixture(autouse=True)
def _well(settings):
    """A site where all is well."""
    now = clock.now()
    settings.SMTP_RELAYS = (
        SmtpRelay(host="relais.example.org", port=25),
        SmtpRelay(host="secours.example.org", port=25),
    )
    Relay.objects.create(name="relais.example.org:25", ok_at=now)
    WorkerBeat.objects.create(worker="w1", host="h", pid=1, started_at=now, beat_at=now)
    for sweep in periodic.sweeps():
        PeriodicRun.objects.create(name=sweep.name, next_at=now + sweep.every, succeeded_at=now)


@pytest.fixture
def enter(client, settings):
    settings.STAFF_MFA_REQUIRED = False

    def _enter(group: str):
        client.force_login(create_member(email=f"{group.encode().hex()}@example.org", groups=(group,)))
        return client

    return _enter


def troubles() -> list[str]:
    return [trouble.what for trouble in read_state(now=clock.now()).troubles]


def gravest() -> str:
    return read_state(now=clock.now()).troubles[0].gravity.name


def _no_worker():
    WorkerBeat.objects.update(beat_at=clock.now() - timedelta(minutes=2))


def _stopped_worker():
    WorkerBeat.objects.update(stopped_at=clock.now())


def _late_task():
    then = clock.now() - timedelta(minutes=6)
    values = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "backend_name": "default"}
    DBTaskResult.objects.create(status="READY", run_after=then, **values)


def _failed_task():
    now = clock.now()
    values = {"args_kwargs": {"args": [], "kwargs": {}}, "task_path": "x", "backend_name": "default", "run_after": now}
    DBTaskResult.objects.create(status="FAILED", finished_at=now, **values)


def _late_code():
    then = clock.now() - timedelta(minutes=6)
    ServiceMail.objects.create(address="a@example.org", raw=b"x", created_at=then, expires_at=then + timedelta(days=2))


def _quarantine():
    now = clock.now()
    RawMessage.objects.create(
        recipient="x@example.org", transport="lmtp", received_at=now, size=1, sha256="x", fingerprint="x",
        state="quarantined", error="x", retry_at=now,
    )  # fmt: skip


def _mail_waits():
    then = clock.now() - timedelta(minutes=20)
    RawMessage.objects.create(
        recipient="x@example.org",
        transport="lmtp",
        received_at=then,
        size=1,
        sha256="x",
        fingerprint="x",
        retry_at=then,
    )


def _file_waits():
    then = clock.now() - timedelta(minutes=40)
    one = receive(given=Given(kind="question", source="form", title="x"), now=then)
    one.files.create(name="x", file="x", content_type="text/plain", size=1, came_at=then, retry_at=then)


def _ledger_sweep():
    return PeriodicRun.objects.filter(name="mailing.ledger")


def _send(**values):
    make_send(addresses=["a@example.org"])
    Send.objects.update(**values)


def _fault(kind):
    def harm():
        now = clock.now()
        MachineFault.objects.create(worker="w", host="courrier-1", kind=kind, since=now, told_at=now)

    return harm


@pytest.mark.parametrize(
    ("harm", "words", "gravity"),
    [
        (_no_worker, "Aucun travailleur", "CRITICAL"),
        (_stopped_worker, "Aucun travailleur", "CRITICAL"),
        (_late_task, "tâches attendent", "WARNING"),
        (_failed_task, "Tâches échouées depuis un jour : 1", "WARNING"),
        (lambda: _ledger_sweep().update(last_error="ValueError"), "en échec : Contrôle des envois en cours", "WARNING"),
        (lambda: _ledger_sweep().delete(), "en retard : Contrôle des envois en cours", "WARNING"),
        (_late_code, "que quelqu’un attend", "CRITICAL"),
        (lambda: Relay.objects.create(name="secours.example.org:25", error="x"), "secours.example.org", "WARNING"),
        (lambda: Operator.objects.filter(slug="orange").update(alarm="550 5.7.1"), "Orange nous refuse", "CRITICAL"),
        (lambda: _send(state="held", state_reason="silence"), "est retenu", "CRITICAL"),
        (lambda: _send(state="paused", state_reason="policy"), "arrêté de lui-même", "CRITICAL"),
        (lambda: _send(state="finished", ledger_fault="1 / 2"), "est faux (1 / 2)", "CRITICAL"),
        (lambda: make_lost_send(uncertain=1), "remises incertaines", "WARNING"),
        (_quarantine, "quarantaine : 1", "WARNING"),
        (_mail_waits, "attend d’être traité", "WARNING"),
        (_fault("journal"), "courrier-1 ne peut pas écrire son journal", "CRITICAL"),
        (_fault("descriptors"), "courrier-1 n’a plus de fichiers", "CRITICAL"),
        (_fault("clock"), "courrier-1 a une horloge", "CRITICAL"),
        (_fault("database"), "courrier-1 perd la base", "CRITICAL"),
        (_fault("bug"), "courrier-1 a rencontré un défaut du logiciel", "CRITICAL"),
        (_file_waits, "fichiers reçus attendent", "WARNING"),
    ],
)  # fmt: skip
def test_each_trouble_is_seen_with_its_gravity(harm, words, gravity):
    assert troubles() == []
    harm()
    assert [words in what for what in troubles()] == [True], troubles()
    assert gravest() == gravity


def test_no_relay_and_no_relay_that_answers_are_grave(settings):
    Relay.objects.update(error="ConnectionRefusedError", fault="relay_unreachable")
    [said] = troubles()
    assert "ne sert pas : il ne répond pas" in said
    assert gravest() == "WARNING"  # the other one serves
    Relay.objects.create(name="secours.example.org:25", error="SSLCertVerificationError", fault="certificate")
    assert ["son certificat est refusé" in said for said in troubles()] == [False, True]
    assert gravest() == "CRITICAL"
    settings.SMTP_RELAYS = ()
    assert troubles() == ["Aucun relais n’est réglé : rien ne part."]
    assert gravest() == "CRITICAL"


def test_a_person_s_own_pause_is_no_trouble():
    _send(state="paused", state_reason="person")
    assert troubles() == []


@pytest.mark.parametrize(("free", "gravity"), [(5, "WARNING"), (1, "CRITICAL")])
def test_a_disk_that_fills_is_seen(monkeypatch, free, gravity):
    usage = namedtuple("usage", "total used free")
    gigabyte = module.GIGABYTE
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(100 * gigabyte, 0, free * gigabyte))
    assert "Disque presque plein" in troubles()[0]
    assert gravest() == gravity


def test_the_page_says_all_is_well_then_what_is_not_and_where_to_go(enter, django_assert_max_num_queries):
    visitor = enter(EXPLOITATION)
    assert "Tout va bien" in visitor.get(STATE).content.decode()
    send = make_lost_send(uncertain=2)
    Operator.objects.filter(slug="orange").update(alarm="550 5.7.1")
    before = everything()
    with django_assert_max_num_queries(48):
        page = visitor.get(STATE).content.decode()
    assert "Quelque chose ne va pas" in page
    assert page.index("Orange nous refuse") < page.index("remises incertaines")
    assert f"/gestion/envois/{send.pk}/incertaines/" in page
    assert everything() == before


@pytest.mark.parametrize("group", [REDACTION, VALIDATION, MODERATION])
def test_others_do_not_see_it(enter, client, group):
    assert client.get(STATE).status_code == 302
    assert enter(group).get(STATE).status_code == 302


# --- metrics ----------------------------------------------------------------------------------------------


def samples(response) -> dict[str, float]:
    found = {}
    for family in text_string_to_metric_families(response.content.decode()):
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sorted(sample.labels.items()))
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return found


def test_metrics_count_what_there_is(client):
    make_subscribers(3)
    make_lost_send(uncertain=2)
    send = make_send(addresses=["a@example.org", "b@example.org"])
    Operator.objects.filter(slug="orange").update(alarm="550", paused_until=clock.now() + timedelta(hours=1))
    response = client.get(METRICS)
    assert response["Content-Type"].startswith("text/plain; version=0.0.4")
    found = samples(response)
    assert found["commun_workers_alive"] == 1
    assert found["commun_subscribers{state=active}"] == 3
    assert found["commun_deliveries_uncertain"] == 2
    assert found[f"commun_deliveries{{send={send.pk},state=pending}}"] == 2
    assert found["commun_sends{state=finished}"] == 1
    assert (found["commun_operator_alarm{operator=orange}"], found["commun_operator_alarm{operator=gmail}"]) == (1, 0)
    assert found["commun_operator_paused{operator=orange}"] == 1
    assert found["commun_relay_failing{relay=relais.example.org:25}"] == 0
    assert found["commun_troubles_critical"] == 1
    assert any(name.startswith("commun_disk_free_bytes") for name in found)
    assert "@" not in response.content.decode()


def test_metrics_are_for_this_machine_or_for_the_token(client, settings):
    assert client.get(METRICS).status_code == 200
    assert client.get(METRICS, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.get(METRICS, REMOTE_ADDR="").status_code == 404
    for header in ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_FORWARDED_PROTO", "HTTP_VIA", "HTTP_X_REAL_IP"):
        assert client.get(METRICS, **{header: "192.0.2.7"}).status_code == 404
    settings.METRICS_TOKEN = "jeton-de-plus-de-vingt-caractères"[:30]
    assert client.get(METRICS).status_code == 404
    for wrong in ("Bearer ", "Bearer x", settings.METRICS_TOKEN, f"Basic {settings.METRICS_TOKEN}"):
        assert client.get(METRICS, headers={"Authorization": wrong}).status_code == 404
    right = {"Authorization": f"Bearer {settings.METRICS_TOKEN}"}
    assert client.get(METRICS, headers=right, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert client.post(METRICS, headers=right).status_code == 405


def test_metrics_of_an_empty_site_can_be_read(client):
    for model in (WorkerBeat, PeriodicRun, Relay):
        model.objects.all().delete()
    found = samples(client.get(METRICS))
    assert found["commun_workers_alive"] == 0
    assert found["commun_inbound_last_timestamp_seconds"] == 0


# --- health -----------------------------------------------------------------------------------------------


def test_health_says_only_whether_the_database_answers(client, monkeypatch):
    assert client.get("/healthz").json() == {"status": "ok"}

    def broken():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    down = client.get("/healthz")
    assert (down.status_code, down.json()) == (503, {"status": "down"})
    assert re.fullmatch(r"no-store", down["Cache-Control"])
