"""One contract for every way in; each class says how its transport is spoken to."""

from __future__ import annotations

import base64
import io
import json
import threading
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from django.test import Client

from commun.common import clock
from commun.config.env import ImapMailbox
from commun.inbound.models import RawMessage
from commun.inbound.querysets import RawBodyManager
from commun.inbound.selectors.messages import raw_message
from commun.inbound.transports import imap, lmtp
from commun.inbound.types import MAX_BYTES
from tests.inbound.imap_server import running_mailbox
from tests.inbound.lmtp import dialogue, running_server

pytestmark = pytest.mark.django_db(transaction=True)
TO = "editorialisation@essai.example.org"
STRANGER = "personne@ailleurs.example.org"


def message(*, to: str = TO, text: str = "Voici notre ressource.") -> bytes:
    lines = [
        "From: Camille <camille@example.org>",
        f"To: {to}",
        "Subject: Une ressource",
        "Message-ID: <1@example.org>",
    ]
    return "\r\n".join([*lines, "", text, ""]).encode()


class Contract:
    """`deliver` gives "kept", "refused" (for good) or "later" (the sender keeps it and comes back)."""

    unknown_recipient = "refused"

    def deliver(self, raw: bytes, *, to: str = TO) -> str:
        raise NotImplementedError

    def test_what_is_acknowledged_is_kept_to_the_byte_and_handled(self, room):
        assert self.deliver(message()) == "kept"

        row = RawMessage.objects.get()
        assert raw_message(raw_id=row.pk) == message()
        assert (row.recipient, row.mail_from, row.state) == (TO, "camille@example.org", "processed")
        assert [incoming.message.subject for incoming in room.seen] == ["Une ressource"]

    def test_the_same_message_twice_is_one_even_by_another_way(self, room):
        journey = b"Return-Path: <camille@example.org>\r\nReceived: from mx by mx; Tue, 3 Mar 2026 10:00:00 +0100\r\n"
        assert self.deliver(message()) == "kept"
        assert self.deliver(journey + message()) == "kept"

        assert (RawMessage.objects.count(), len(room.seen)) == (1, 1)

    def test_two_messages_that_differ_by_one_word_are_two(self, room):
        self.deliver(message())
        self.deliver(message(text="Voici notre seconde ressource."))

        assert (RawMessage.objects.count(), len(room.seen)) == (2, 2)

    def test_an_address_that_nobody_handles_reaches_no_room(self, room):
        assert self.deliver(message(to=STRANGER), to=STRANGER) == self.unknown_recipient

        assert not room.seen
        assert not RawMessage.objects.exclude(state="quarantined").exists()

    def test_without_the_database_nothing_is_acknowledged_nor_half_kept(self, room, monkeypatch):
        def fail(*args, **kwargs):
            raise OperationalError("disk full")

        with monkeypatch.context() as broken:
            broken.setattr(RawBodyManager, "keep", fail)
            assert self.deliver(message()) == "later"
        assert not RawMessage.objects.exists()

        assert self.deliver(message()) == "kept"
        assert len(room.seen) == 1

    def test_more_than_thirty_megabytes_is_refused(self, room):
        assert self.deliver(message(text=("x" * 900 + "\r\n") * (MAX_BYTES // 900))) == "refused"

        assert not RawMessage.objects.exists()

    def test_a_message_that_its_room_cannot_handle_is_acknowledged_and_kept(self, room):
        room.raises = ValueError("bad")
        assert self.deliver(message()) == "kept"

        assert RawMessage.objects.get().state == "received"


class TestLmtp(Contract):
    def deliver(self, raw: bytes, *, to: str = TO) -> str:
        with running_server() as port:
            code = dialogue(port=port, sender="camille@example.org", recipients=[to], raw=raw)[-1][0]
        return {2: "kept", 4: "later", 5: "refused"}[code // 100]

    def test_each_recipient_has_its_answer(self, room):
        with running_server() as port:
            answers = dialogue(
                port=port,
                sender="camille@example.org",
                recipients=["agenda@essai.example.org", STRANGER, TO],
                raw=message(),
            )

        assert [code for code, _ in answers] == [250, 550, 250, 250, 250]
        assert {row.recipient for row in RawMessage.objects.all()} == {"agenda@essai.example.org", TO}

    def test_a_refusal_after_the_message_is_said_to_each_recipient(self, room):
        with running_server() as port:
            answers = dialogue(
                port=port,
                sender="a@example.org",
                recipients=["a@essai.example.org", "b@essai.example.org"],
                raw=b"\r\n",
            )

        assert [code for code, _ in answers] == [250, 250, 554, 554]

    def test_a_refusal_that_the_library_words_once_is_said_to_each_recipient(self, room, monkeypatch):
        monkeypatch.setattr(lmtp.Server, "line_length_limit", 1001)
        with running_server() as port:
            answers = dialogue(
                port=port, sender="", recipients=["a@essai.example.org", "b@essai.example.org"], raw=b"x" * 5000
            )

        assert [code for code, _ in answers] == [250, 250, 500, 500]


class TestPipe(Contract):
    @pytest.fixture(autouse=True)
    def _standard_input(self, monkeypatch):
        self.monkeypatch = monkeypatch

    def deliver(self, raw: bytes, *, to: str = TO) -> str:
        self.monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
        try:
            call_command("inbound", "--from", "camille@example.org", "--to", to, stdout=io.StringIO())
        except CommandError as error:
            return {65: "refused", 67: "refused", 75: "later"}[error.returncode]
        return "kept"

    def test_without_an_envelope_the_headers_say_whom_it_is_for(self, room):
        self.monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(message())))
        call_command("inbound", stdout=io.StringIO())

        assert [incoming.recipient for incoming in room.seen] == [TO]


class TestImap(Contract):
    # Nobody can be told any more that the address is unknown: a person must see it.
    unknown_recipient = "kept"

    @pytest.fixture(autouse=True)
    def _mailbox(self):
        with running_mailbox() as box:
            self.box = box
            self.setting = ImapMailbox(
                host="127.0.0.1", port=box.port, username="contributions", password="secret", tls=False
            )
            yield

    def deliver(self, raw: bytes, *, to: str = TO) -> str:
        uid = self.box.put(raw)
        try:
            with imap.connect(self.setting) as client:
                imap.empty(box=client, mailbox=self.setting)
        except OperationalError:
            assert uid in self.box.messages
            self.box.messages.pop(uid)
            return "later"
        if uid in self.box.messages:
            return "refused" if uid in self.box.flagged else "later"
        return "kept"

    def test_a_message_for_nobody_waits_in_quarantine(self, room):
        self.deliver(message(to=STRANGER))

        assert (RawMessage.objects.get().state, RawMessage.objects.get().error) == ("quarantined", "no_route")

    def test_messages_are_moved_where_the_setting_says(self, room, settings):
        self.setting = ImapMailbox(**{**vars(self.setting), "move_to": "Traites"})
        assert self.deliver(message()) == "kept"

        assert self.box.moved == {"Traites": [message()]}

    def test_news_are_taken_as_they_come(self, room):
        stop = threading.Event()
        counts = imap.watch(mailbox=self.setting, stop=stop, every=30)
        assert next(counts) == 0
        late = threading.Timer(0.3, self.box.put, args=[message()])
        late.start()
        started = clock.now()

        assert next(counts) == 1
        assert (clock.now() - started).total_seconds() < 5
        counts.close()
        late.join()


SECRET = "fournisseur:un-secret-de-plus-de-vingt-signes"


class WebhookContract(Contract):
    # As for IMAP: the provider took it, nobody can be told any more.
    unknown_recipient = "kept"
    provider = ""

    @pytest.fixture(autouse=True)
    def _secret(self, settings):
        settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}

    def body(self, raw: bytes, *, to: str) -> object:
        raise NotImplementedError

    def call(self, raw: bytes, *, to: str = TO, secret: str = SECRET) -> int:
        authorization = f"Basic {base64.b64encode(secret.encode()).decode()}"
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        return client.post(
            f"/courrier/{self.provider}/",
            json.dumps(self.body(raw, to=to)).encode(),
            content_type="application/json",
            headers={"Authorization": authorization},
        ).status_code

    def deliver(self, raw: bytes, *, to: str = TO) -> str:
        return {200: "kept", 413: "refused", 500: "later"}[self.call(raw, to=to)]

    def test_who_does_not_know_the_secret_brings_nothing(self, room):
        assert self.call(message(), secret="fournisseur:un-autre-secret-de-vingt-signes") == 400

        assert not RawMessage.objects.exists()

    def test_without_a_secret_there_is_no_such_address(self, room, settings):
        settings.ANYMAIL = {"WEBHOOK_SECRET": ""}

        assert self.call(message()) == 404

    def test_the_envelope_counts_before_the_headers(self, room):
        assert self.deliver(message(to="liste@ailleurs.example.org"), to=TO) == "kept"

        assert [incoming.recipient for incoming in room.seen] == [TO]


class TestPostmark(WebhookContract):
    provider = "postmark"

    def body(self, raw: bytes, *, to: str) -> object:
        return {
            "MessageID": "22c74902",
            "OriginalRecipient": to,
            "Headers": [{"Name": "Return-Path", "Value": "<camille@example.org>"}],
            "RawEmail": raw.decode(),
        }


class TestSparkPost(WebhookContract):
    provider = "sparkpost"

    def body(self, raw: bytes, *, to: str) -> object:
        content = {"email_rfc822": base64.b64encode(raw).decode(), "email_rfc822_is_base64": True}
        relayed = {"protocol": "smtp", "msg_from": "camille@example.org", "rcpt_to": to, "content": content}
        return [{"msys": {"relay_message": relayed}}]

    def test_mail_that_is_not_utf_8_is_kept_to_the_byte(self, room):
        raw = message().replace(b"Voici", "Voilà".encode("latin-1"))
        assert self.deliver(raw) == "kept"

        assert raw_message(raw_id=RawMessage.objects.get().pk) == raw
