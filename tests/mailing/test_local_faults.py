"""What goes wrong on this machine is named as what it is, blamed on no relay, and heals without a restart."""

from __future__ import annotations

import datetime as dt
import os
import resource
import socket
import ssl
import threading
import time
from dataclasses import replace
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import OperationalError, connection

from benchmarks.sink import Behaviour, Sink, accepted
from commun.common import clock
from commun.mailing import api
from commun.mailing.delivery import crew, fates, upkeep
from commun.mailing.delivery.copies import Copier
from commun.mailing.delivery.desk import Desk
from commun.mailing.delivery.journal import Journal, Unwritable
from commun.mailing.models import Delivery, Lease, MachineFault, Relay, Send
from tests.mailing.engine import relay, running_engine, wait_until
from tests.mailing.factories import make_send

engine_test = pytest.mark.django_db(transaction=True)
PEOPLE = [f"lectrice-{number}@example.org" for number in range(12)]


@pytest.fixture
def sink(tmp_path):
    with Sink(tmp_path / "accepted.txt") as server:
        yield server


def finished(send) -> bool:
    return Send.objects.get(pk=send.pk).state == "finished"


def waits_for(send) -> str:
    return Send.objects.get(pk=send.pk).waiting_for


def faults() -> list[str]:
    return list(MachineFault.objects.values_list("kind", flat=True))


def everybody_once(sink) -> bool:
    received = accepted(sink.record)
    return set(received) == set(PEOPLE) and set(received.values()) == {1}


# --- the engine -----------------------------------------------------------------------------------------


@engine_test
def test_a_full_disk_holds_the_send_up_and_room_again_lets_it_go(sink, tmp_path, monkeypatch):
    full = threading.Event()
    append = Journal._append

    def refuse(self, record):
        if full.is_set():
            raise Unwritable("No space left on device")
        append(self, record)

    monkeypatch.setattr(Journal, "_append", refuse)
    full.set()
    send = make_send(addresses=PEOPLE)
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: waits_for(send) == "journal")
        assert faults() == ["journal"]
        assert not Relay.objects.exclude(error="").exists()  # nobody else's fault
        assert accepted(sink.record) == {}
        full.clear()
        wait_until(lambda: finished(send))
        wait_until(lambda: not faults())
    assert everybody_once(sink)


@engine_test
def test_a_folder_that_cannot_be_written_is_waited_for_from_the_start(sink, tmp_path):
    in_the_way = tmp_path / "journal"
    in_the_way.write_text("a file where the folder should be")
    send = make_send(addresses=PEOPLE)
    with running_engine(relay(sink.port), journal_dir=in_the_way):
        wait_until(lambda: faults() == ["journal"])
        in_the_way.unlink()
        wait_until(lambda: finished(send))
    assert everybody_once(sink)


@engine_test
def test_a_name_that_resolves_late_is_no_fault_of_the_relay(sink, tmp_path, monkeypatch):
    known = threading.Event()
    connect = crew.connect

    async def resolve_then_connect(address, **options):
        if not known.is_set():
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return await connect(replace(address, host="127.0.0.1"), **options)

    monkeypatch.setattr(crew, "connect", resolve_then_connect)
    send = make_send(addresses=PEOPLE)
    with running_engine(replace(relay(sink.port), host="relais.example.org"), journal_dir=tmp_path / "journal"):
        wait_until(lambda: waits_for(send) == "name")
        assert Relay.objects.get().fault == "name"
        known.set()
        wait_until(lambda: finished(send))
        wait_until(lambda: Relay.objects.get().fault == "")
    assert everybody_once(sink)


@pytest.fixture
def unknown_authority(tmp_path):
    """A server with a certificate that nobody vouches for: its port."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(now).not_valid_after(now + dt.timedelta(days=1))
    pem = tmp_path / "certificate.pem"
    pem.write_bytes(
        made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                client, _ = listening.accept()
            except OSError:
                return
            with client:
                try:
                    context.wrap_socket(client, server_side=True).close()
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield listening.getsockname()[1]
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join(5)


@engine_test
def test_a_refused_certificate_is_named_and_the_other_relay_serves(sink, tmp_path, unknown_authority):
    doubtful = replace(relay(unknown_authority), implicit_tls=True)
    send = make_send(addresses=PEOPLE)
    with running_engine(doubtful, journal_dir=tmp_path / "journal"):
        wait_until(lambda: waits_for(send) == "certificate")
        assert not faults()
    with running_engine(doubtful, relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send))
        wait_until(lambda: Relay.objects.filter(fault="certificate").exists())
    assert everybody_once(sink)


@engine_test
def test_a_process_that_may_open_nothing_more_says_so_and_goes_on_when_it_may(sink, tmp_path):
    before = make_send(addresses=["avant@example.org"], key="avant")
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=1):
        wait_until(lambda: finished(before))  # every connection to the database is open
        wait_until(lambda: not sink.open)
        send = make_send(addresses=PEOPLE)
        taken = [os.open("/dev/null", os.O_RDONLY)]
        resource.setrlimit(resource.RLIMIT_NOFILE, (taken[0] + 1, hard))
        try:
            wait_until(lambda: faults() == ["descriptors"])
            assert not Relay.objects.exclude(error="").exists()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            os.close(taken[0])
        wait_until(lambda: finished(send))
    received = accepted(sink.record)
    assert all(received[address] == 1 for address in PEOPLE)


@engine_test
def test_while_the_clock_is_not_believed_nothing_that_it_decides_happens(sink, tmp_path):
    ahead = [0.0]
    options = {"wall_clock": lambda: time.time() + ahead[0], "clock_settles": 3.0}
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", **options):
        wait_until(lambda: Lease.objects.filter(closed_at__isnull=True).exists())
        ahead[0] = 7200.0
        wait_until(lambda: faults() == ["clock"])
        send = make_send(addresses=PEOPLE)
        wait_until(lambda: finished(send))
        wait_until(lambda: not faults())
    assert everybody_once(sink)


# --- our own faults -------------------------------------------------------------------------------------


def _spoil_copies(monkeypatch, spoilt: str):
    make = Copier.outgoing

    def fail(self, *, row, now):
        if row.address == spoilt:
            raise KeyError(spoilt)
        return make(self, row=row, now=now)

    monkeypatch.setattr(Copier, "outgoing", fail)


def _spoil_bodies(monkeypatch, spoilt: str):
    make = Copier.outgoing

    def fail(self, *, row, now):
        def body(stuffed):
            raise KeyError(spoilt)

        made = make(self, row=row, now=now)
        return replace(made, body=body) if row.address == spoilt else made

    monkeypatch.setattr(Copier, "outgoing", fail)


@engine_test
@pytest.mark.parametrize("spoil", [_spoil_copies, _spoil_bodies])
@pytest.mark.parametrize("chunking", [False, True])
def test_a_copy_that_cannot_be_made_waits_alone_and_leaves_once_it_can(sink, tmp_path, monkeypatch, spoil, chunking):
    sink.behaviour = Behaviour(chunking=chunking)
    send = make_send(addresses=PEOPLE)
    hers = Delivery.objects.filter(send=send, address=PEOPLE[5])
    with monkeypatch.context() as patched:
        spoil(patched, PEOPLE[5])
        with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=2):
            wait_until(lambda: Delivery.objects.filter(send=send, state="accepted").count() == 11)
            wait_until(lambda: hers.filter(state="deferred", reason="our_fault").exists())
            wait_until(lambda: faults() == ["bug"])
            assert not Relay.objects.exclude(error="").exists()
    hers.update(not_before=clock.now())
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send))
    assert everybody_once(sink)


@engine_test
def test_an_answer_that_our_code_cannot_read_loses_no_certainty(sink, tmp_path, monkeypatch):
    sink.behaviour = Behaviour(refuse_recipient={PEOPLE[3]: b"550 5.1.1 unknown"})
    judge = fates.settlement

    def fail(*, outcome, **values):
        raise ValueError(outcome.key)

    send = make_send(addresses=PEOPLE)
    with monkeypatch.context() as patched:
        patched.setattr(crew, "fates", SimpleNamespace(settlement=fail, Tried=fates.Tried, back_off=fates.back_off))
        with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
            wait_until(lambda: Delivery.objects.filter(send=send, state="accepted").count() == 11)
            refused = Delivery.objects.filter(send=send, address=PEOPLE[3], state="deferred", reason="our_fault")
            wait_until(refused.exists)
    assert fates.settlement is judge
    received = accepted(sink.record)
    assert set(received) == set(PEOPLE) - {PEOPLE[3]}
    assert set(received.values()) == {1}


@engine_test
def test_upkeep_that_fails_once_is_done_the_next_time(sink, tmp_path, monkeypatch):
    failed = threading.Event()
    finish = upkeep.finish

    def fail_once(*, now):
        if not failed.is_set():
            failed.set()
            raise KeyError("once")
        return finish(now=now)

    monkeypatch.setattr(upkeep, "finish", fail_once)
    send = make_send(addresses=PEOPLE)
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal"):
        wait_until(lambda: finished(send))
    assert failed.is_set()
    assert everybody_once(sink)


# --- the database ---------------------------------------------------------------------------------------


@engine_test
@pytest.mark.parametrize("kept", [True, False])
def test_a_visit_whose_end_is_unknown_is_told_by_our_own_journal(sink, tmp_path, monkeypatch, kept):
    """The connection is cut as the visit commits: what it settled and claimed is in the database, or is not."""
    monkeypatch.setattr("commun.mailing.delivery.desk.LOT", 3)  # three people in hand: four visits at least
    visit = Desk._visit
    cut = {1, 2, 3}
    count = [0]

    def cut_off(self, **values):
        if values["settlements"]:
            count[0] += 1
        if count[0] in cut:
            cut.discard(count[0])
            if kept:
                visit(self, **values)
            raise OperationalError("server closed the connection unexpectedly")
        return visit(self, **values)

    monkeypatch.setattr(Desk, "_visit", cut_off)
    send = make_send(addresses=PEOPLE)
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=1):
        wait_until(lambda: finished(send))
    assert not cut
    assert everybody_once(sink)
    assert api.send_progress(send_id=send.pk).counts["accepted"] == len(PEOPLE)


@engine_test
@pytest.mark.postgresql
def test_connections_that_postgresql_cuts_are_opened_again(sink, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no connection that anybody could cut")
    sink.behaviour = Behaviour(delay=0.05)
    send = make_send(addresses=PEOPLE)
    with running_engine(relay(sink.port), journal_dir=tmp_path / "journal", connections=1):
        for some in (2, 5, 8):
            wait_until(lambda some=some: sink.bodies >= some)
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        wait_until(lambda: finished(send))
    assert everybody_once(sink)
    assert api.send_progress(send_id=send.pk).counts["accepted"] == len(PEOPLE)
