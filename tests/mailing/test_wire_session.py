"""The SMTP dialogue as a machine: whatever the server says, each message has one fate, and a true one."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.mailing.wire.replies import ProtocolViolation, ReplyReader
from commun.mailing.wire.session import Fate, Features, Outgoing, Session, Stage

PLAIN = Features()
PIPELINED = Features(pipelining=True, eight_bit_mime=True, smtputf8=True, size=True)
CHUNKED = Features(pipelining=True, chunking=True)
CHUNKED_ALONE = Features(chunking=True)
ALL = [PLAIN, PIPELINED, CHUNKED, CHUNKED_ALONE]
BODY = b"Subject: x\r\n\r\n..dot\r\n"


def message(key: int, recipient: str = "") -> Outgoing:
    return Outgoing(key, f"retour+{key}@example.org", recipient or f"p{key}@example.org", len(BODY), lambda _: BODY)


@dataclass
class Server:
    """A small honest server fed with bytes; `script` overrides the reply to the n-th command.

    An empty reply is a server that hangs: it says nothing any more.
    """

    script: dict[int, bytes] = field(default_factory=dict)
    accepted: list[bytes] = field(default_factory=list)
    commands: list[bytes] = field(default_factory=list)
    _buffer: bytes = b""
    _in_data: bool = False
    _recipient: bytes = b""
    _hangs: bool = False

    def feed(self, data: bytes) -> bytes:
        self._buffer += data
        said = b""
        while not self._hangs:
            if self._in_data:
                end = self._buffer.find(b"\r\n.\r\n")
                if self._buffer.startswith(b".\r\n"):
                    self._buffer, body = self._buffer[3:], b""
                elif end >= 0:
                    body, self._buffer = self._buffer[: end + 2], self._buffer[end + 5 :]
                else:
                    return said
                self._in_data = False
                said += self._reply(b"<body>", b"250 2.0.0 queued\r\n" if body else b"554 empty\r\n")
                continue
            line, newline, rest = self._buffer.partition(b"\r\n")
            if not newline:
                return said
            if line.startswith(b"BDAT"):
                size = int(line.split()[1])
                if len(rest) < size:
                    return said
                self._buffer = rest[size:]
                said += self._reply(line, b"250 2.0.0 queued\r\n" if self._recipient else b"503 no recipient\r\n")
                continue
            self._buffer = rest
            said += self._command(line)
        return said

    def _command(self, line: bytes) -> bytes:
        if line == b"DATA":
            reply = self._reply(line, b"354 go\r\n" if self._recipient else b"503 no recipient\r\n")
            self._in_data = reply.startswith(b"354")
            return reply
        reply = self._reply(line, b"250 2.1.0 ok\r\n")
        if line.startswith(b"RCPT"):
            self._recipient = line if reply.startswith(b"2") else b""
        return reply

    def _reply(self, command: bytes, usual: bytes) -> bytes:
        reply = self.script.get(len(self.commands), usual)
        self.commands.append(command)
        self._hangs = reply == b""
        if command.startswith((b"<body>", b"BDAT")):
            if (reply.startswith(b"2") or not reply) and self._recipient:
                self.accepted.append(self._recipient)
            self._recipient = b""
        return reply


def converse(features, messages, server, *, cut_after=10_000):
    """Drive a session against a server; returns fates by key, and the keys whose body left."""
    on_wire: list[int] = []
    session = Session(features=features, on_wire=lambda m: on_wire.append(m.key))
    waiting, outcomes = list(messages), []
    for _ in range(cut_after):
        while waiting and session.ready:
            session.submit(waiting.pop(0))
        outcomes += session.outcomes()
        data = session.take()
        if not data:
            break
        try:
            session.receive(server.feed(data))
        except ProtocolViolation:
            break
        outcomes += session.outcomes()
        if session.closing:
            break
    outcomes += session.lost()
    assert len({o.key for o in outcomes}) == len(outcomes), "one fate each"
    assert {o.key for o in outcomes} | {m.key for m in waiting} == {m.key for m in messages}
    return {o.key: o for o in outcomes}, on_wire


@pytest.mark.parametrize("features", ALL, ids=str)
def test_an_honest_server_gets_every_message_once_in_order(features):
    server = Server()
    fates, _ = converse(features, [message(k) for k in range(5)], server)
    assert [fates[k].fate for k in range(5)] == [Fate.ACCEPTED] * 5
    assert server.accepted == [b"RCPT TO:<p%d@example.org>" % k for k in range(5)]


@pytest.mark.parametrize("features", ALL, ids=str)
@pytest.mark.parametrize(
    ("reply", "fate"), [(b"550 5.1.1 no\r\n", Fate.REFUSED), (b"450 4.2.1 later\r\n", Fate.DEFERRED)]
)
def test_a_refused_recipient_stops_nobody_else(features, reply, fate):
    server = Server(script={1: reply})
    fates, on_wire = converse(features, [message(k) for k in range(3)], server)
    assert (fates[0].fate, fates[0].stage, fates[0].enhanced) == (fate, Stage.RECIPIENT, reply.split()[1].decode())
    assert fates[1].fate == fates[2].fate == Fate.ACCEPTED
    assert b"RSET" in server.commands
    assert features.chunking or 0 not in on_wire


def test_a_server_that_says_354_to_nobody_gets_a_lone_dot():
    server = Server(script={1: b"550 no\r\n", 2: b"354 go\r\n"})
    fates, on_wire = converse(PIPELINED, [message(0), message(1)], server)
    assert fates[0].fate is Fate.REFUSED
    assert fates[1].fate is Fate.ACCEPTED
    assert on_wire == [1]
    assert server.accepted == [b"RCPT TO:<p1@example.org>"]


@pytest.mark.parametrize(
    ("reply", "fate"),
    [(b"554 5.7.1 spam\r\n", Fate.REFUSED), (b"451 4.3.0 no\r\n", Fate.DEFERRED), (b"421 bye\r\n", Fate.DEFERRED)],
)
@pytest.mark.parametrize("features", ALL, ids=str)
def test_the_answer_to_the_body_decides(features, reply, fate):
    position = 2 if features.chunking else 3
    fates, _ = converse(features, [message(0)], Server(script={position: reply}))
    assert (fates[0].fate, fates[0].stage) == (fate, Stage.CONNECTION if reply.startswith(b"421") else Stage.MESSAGE)


@pytest.mark.parametrize("features", ALL, ids=str)
def test_no_answer_to_the_body_is_uncertain_and_what_waits_behind_is_untouched(features):
    server = Server(script={2 if features.chunking else 3: b""})
    fates, on_wire = converse(features, [message(0), message(1)], server)
    assert fates[0].fate is Fate.UNCERTAIN
    assert on_wire == [0]
    assert 1 not in fates or fates[1].fate is Fate.UNTOUCHED


def test_a_server_that_closes_before_the_envelope_touches_nothing():
    fates, on_wire = converse(PIPELINED, [message(0)], Server(script={0: b"421 4.3.2 bye\r\n"}))
    assert fates[0].fate is Fate.UNTOUCHED
    assert on_wire == []


@pytest.mark.parametrize(
    "noise", [b"\xff\xfe", b"hello\r\n", b"99 x\r\n", b"250-a\r\n550 b\r\n", b"1" * 5000, b"250-x\r\n" * 99999]
)
def test_garbage_is_a_violation_not_a_memory(noise):
    with pytest.raises(ProtocolViolation):
        ReplyReader().feed(noise + b"\r\n")


@pytest.mark.parametrize("address", ["a@b\r\nRCPT TO:<x@y>", "a b@c", "<a@b>", "a@b>\r\nDATA", "\x00@b", "a" * 400, ""])
def test_an_address_that_could_end_a_command_never_reaches_the_wire(address):
    session = Session(features=PIPELINED, on_wire=lambda _: None)
    session.submit(Outgoing(1, "a@example.org", address, 1, lambda _: BODY))
    assert session.take() == b""
    assert session.outcomes()[0].fate is Fate.REFUSED


def test_an_international_address_needs_a_relay_that_offers_it():
    session = Session(features=PIPELINED, on_wire=lambda _: None)
    session.submit(message(1, "élu@example.org"))
    assert b"SMTPUTF8" in session.take()
    session = Session(features=PLAIN, on_wire=lambda _: None)
    session.submit(message(1, "élu@example.org"))
    assert session.outcomes()[0].enhanced == "5.6.7"


REPLIES = [
    b"250 ok\r\n",
    b"250-a\r\n250 b\r\n",
    b"354 go\r\n",
    b"450 4.1.1 x\r\n",
    b"550 5.1.1 x\r\n",
    b"421 bye\r\n",
    b"",
    b"boo\r\n",
    b"251 ok\r\n",
    b"200 ?\r\n",
]


@given(
    features=st.sampled_from(ALL),
    script=st.dictionaries(st.integers(0, 25), st.sampled_from(REPLIES), max_size=12),
    count=st.integers(1, 6),
    cut=st.integers(1, 40),
)
def test_whatever_the_server_does_each_message_has_one_true_fate(features, script, count, cut):
    server = Server(script=script)
    fates, on_wire = converse(features, [message(k) for k in range(count)], server, cut_after=cut)
    taken = {int(line.split(b"<p")[1].split(b"@")[0]) for line in server.accepted}
    for key, outcome in fates.items():
        if outcome.fate is Fate.ACCEPTED:
            assert key in on_wire
        if outcome.fate is Fate.UNTOUCHED:
            assert key not in taken, "what the server took is never given away again"
    if all(reply.startswith((b"2", b"3", b"4", b"5")) for reply in script.values() if reply):
        known = {key for key, o in fates.items() if o.fate in {Fate.ACCEPTED, Fate.UNCERTAIN}}
        # A body the server took is accepted or uncertain for us, unless it lied about the envelope first.
        lied = any(reply.startswith((b"3", b"4", b"5", b"20")) for reply in script.values())
        assert lied or taken <= known
    assert len(on_wire) == len(set(on_wire)), "no body leaves twice"
