"""ClamAV, played over loopback: what it refuses is not kept, and while it is away nothing passes unseen."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from commun.common import clock
from commun.config.env import clamav
from commun.contributions.files.clamd import ScannerAway, is_infected
from commun.contributions.models import Contribution, File
from commun.contributions.services import examining
from tests.contributions.conftest import deliver
from tests.contributions.factories import examine_all
from tests.contributions.test_by_mail import body_of, mails
from tests.inbound import corpus

VIRUS = b"un virus d'essai"


class _Clamd(socketserver.StreamRequestHandler):
    """Understands INSTREAM alone; `server.answer` replaces its verdict."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        data = b""
        while length := struct.unpack("!I", self.rfile.read(4))[0]:
            data += self.rfile.read(length)
        self.server.asked += 1
        verdict = b"stream: Essai.Virus FOUND" if VIRUS in data else b"stream: OK"
        self.wfile.write((self.server.answer or verdict) + b"\0")


@contextmanager
def running_clamd(answer: bytes = b"") -> Iterator[socketserver.TCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd) as server:
        server.answer, server.asked = answer, 0
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def message(data: bytes) -> bytes:
    return corpus.mixed(
        b"Content-Type: text/plain\r\n\r\nVoici notre tableau.", corpus.part(data, kind="text/csv", name="tableau.csv")
    )


def test_the_daemon_says_what_is_infected():
    with running_clamd() as clamd:
        assert is_infected(data=b"x" * 200_000 + VIRUS, address=clamd.server_address)
        assert not is_infected(data=b"nom;ville\n", address=clamd.server_address)


@pytest.mark.parametrize("answer", [b"INSTREAM size limit exceeded. ERROR", b"?"])
def test_what_is_no_verdict_is_no_verdict(answer):
    with running_clamd(answer) as clamd, pytest.raises(ScannerAway):
        is_infected(data=b"x", address=clamd.server_address)


def test_nobody_there_is_no_verdict(tmp_path):
    with pytest.raises(ScannerAway):
        is_infected(data=b"x", address=str(tmp_path / "clamd.ctl"))


@pytest.mark.django_db
def test_an_infected_file_that_comes_by_mail_is_refused_and_the_rest_kept(settings):
    assert deliver(message(b"nom;ville\n" + VIRUS)).startswith("received")
    with running_clamd() as clamd:
        settings.CLAMAV_ADDRESS = clamd.server_address
        assert examine_all() == 1
        assert clamd.asked == 1
    assert File.objects.get().refused == "virus"
    assert Contribution.objects.get().text == "Voici notre tableau."
    assert "tableau.csv : l’antivirus l’a refusé" in body_of(mails()[-1])


@pytest.mark.django_db
def test_while_the_antivirus_is_away_files_wait_however_long_and_nothing_else_does(settings):
    settings.CLAMAV_ADDRESS = "/nulle/part/clamd.ctl"
    assert deliver(message(b"nom;ville\n")).startswith("received")
    now = clock.now()
    for hours in range(1, 30):
        examining.examine_next(now=now + timedelta(hours=hours))
    row = File.objects.get()
    assert (row.state, row.attempts) == ("waiting", 0)

    settings.CLAMAV_ADDRESS = ""
    assert examining.examine_next(now=now + timedelta(hours=30))
    row.refresh_from_db()
    assert row.is_kept


def test_the_address_of_the_daemon_is_checked():
    assert clamav("tcp://127.0.0.1:3310") == ("127.0.0.1", 3310)
    assert clamav("unix:///run/clamav/clamd.ctl") == "/run/clamav/clamd.ctl"
    for wrong in ("http://127.0.0.1", "tcp://hote", "tcp://hote:x", "clamd.ctl"):
        with pytest.raises(ValueError, match="attendu"):
            clamav(wrong)
