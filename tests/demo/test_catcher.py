"""The embedded mailbox, over a real SMTP dialogue."""

from __future__ import annotations

import json
import re
import smtplib
import socket
from collections.abc import Iterator

import pytest

from commun.demo.catcher import Catcher
from commun.demo.outbox import KEY, NotInOutbox, Outbox

RAW = (
    b"From: Territoires en Commun <lettre@example.org>\r\nTo: a@example.org\r\n"
    b"Subject: =?utf-8?q?Le_passage_=C3=A0_l=E2=80=99action?=\r\nContent-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n\r\n.une ligne qui commence par un point\r\n\xc3\xa9t\xc3\xa9\r\n"
)


@pytest.fixture
def outbox(tmp_path) -> Outbox:
    return Outbox(tmp_path / "outbox")


@pytest.fixture
def catcher(outbox) -> Iterator[Catcher]:
    running = Catcher()
    running.start(outbox=outbox)
    yield running
    running.stop()


def test_a_message_is_kept_byte_for_byte_with_its_envelope_beside_it(catcher, outbox):
    with smtplib.SMTP("127.0.0.1", catcher.port, timeout=10) as client:
        client.sendmail("retours@example.org", ["Marie@example.org"], RAW)
    (envelope,) = outbox.envelopes()
    assert envelope.mail_from == "retours@example.org"
    assert envelope.recipient == "Marie@example.org"
    assert envelope.subject == "Le passage à l’action"
    assert (outbox.folder / f"{envelope.key}.eml").read_bytes() == RAW
    assert json.loads((outbox.folder / f"{envelope.key}.json").read_text())["size"] == len(RAW)
    assert outbox.message(key=envelope.key).text.splitlines()[-1] == "été"


def test_each_recipient_of_one_message_has_a_copy_and_numbers_go_on(catcher, outbox):
    with smtplib.SMTP("127.0.0.1", catcher.port, timeout=10) as client:
        client.sendmail("x@example.org", ["a@example.org", "b@example.org"], RAW)
    again = Outbox(outbox.folder)
    again.keep(raw=RAW, mail_from="", recipient="c@example.org", now=outbox.envelopes()[0].received_at)
    assert [envelope.recipient for envelope in again.envelopes()] == ["c@example.org", "b@example.org", "a@example.org"]
    assert [envelope.key[:6] for envelope in again.envelopes()] == ["000003", "000002", "000001"]
    assert [envelope.recipient for envelope in again.envelopes(recipient="B@EX")] == ["b@example.org"]


def test_only_this_machine_is_listened_to(catcher):
    assert catcher._socket.getsockname()[0] == "127.0.0.1"


def test_a_stopped_catcher_gives_its_port_back(outbox):
    first = Catcher()
    first.start(outbox=outbox)
    first.stop()
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", first.port))


@pytest.mark.parametrize(
    "key", ["../../etc/passwd", "000001-../../secret", "000001", "", "000001-3e97993cd2f8/..", "x" * 19]
)
def test_no_name_leads_out_of_the_folder(outbox, key):
    assert not KEY.fullmatch(key)
    (outbox.folder.parent / "secret_key.eml").write_text("secret")
    with pytest.raises(NotInOutbox):
        outbox.message(key=key)


def test_a_name_of_the_right_form_that_is_not_there_is_said_so(outbox):
    assert re.fullmatch(KEY, "000009-3e97993cd2f8")
    with pytest.raises(NotInOutbox):
        outbox.message(key="000009-3e97993cd2f8")
