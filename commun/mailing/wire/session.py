"""One SMTP connection as a machine without input or output.

A message goes MAIL, RCPT, DATA, body. With PIPELINING the three commands leave together, and the
next message's three leave behind the body of this one: one round trip a message. With CHUNKING the
body is a BDAT chunk sent with its envelope: one round trip too, and no dot-stuffing. Without either,
one command at a time.

At most one body is on the wire at a time. That is what bounds what a crash leaves uncertain.
"""

from __future__ import annotations

import enum
import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from commun.mailing.wire.replies import ProtocolViolation, Reply, ReplyReader

# RFC 5321 § 4.1.2 is wider; whatever could end a command or an address early is refused here.
_SAFE_ADDRESS = re.compile(r"[^\s<>\x00-\x1f\x7f]{1,320}")
SERVICE_CLOSING = 421
GO_AHEAD = 354


class MayNotLeave(Exception):
    """Raised by `on_wire`: this body must not be handed over. The connection is of no use any more."""


class Fate(enum.StrEnum):
    """What became of one message on one connection."""

    ACCEPTED = "accepted"  # the server answered 2xx to the body: it is the server's now
    REFUSED = "refused"  # 5xx: will not be accepted as it is
    DEFERRED = "deferred"  # 4xx: try again later
    UNCERTAIN = "uncertain"  # the body left and no answer came: nobody can know
    UNTOUCHED = "untouched"  # the body never left: may be given to another connection at once


class Stage(enum.StrEnum):
    """Where a message was when the server answered: it tells whose fault a refusal is."""

    CONNECTION = "connection"
    SENDER = "sender"
    RECIPIENT = "recipient"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to one recipient. `body(stuffed)` gives the finished bytes, CRLF line ends, when they
    are needed and not before; `stuffed` says whether leading dots are to be doubled (DATA) or not (BDAT).
    `size` is the length of the body, not stuffed."""

    key: int
    sender: str
    recipient: str
    size: int
    body: Callable[[bool], bytes]
    eight_bit: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """`spoilt`, of an untouched one: its body could not be made, and another connection will do no better."""

    key: int
    fate: Fate
    stage: Stage
    code: int = 0
    enhanced: str = ""
    text: str = ""
    spoilt: bool = False


@dataclass(frozen=True, slots=True)
class Features:
    """What the server offered in its EHLO."""

    pipelining: bool = False
    chunking: bool = False
    eight_bit_mime: bool = False
    smtputf8: bool = False
    size: bool = False


@dataclass(slots=True)
class _Flight:
    message: Outgoing
    mail_accepted: bool = False
    on_wire: bool = False
    spoilt: bool = False
    failure: Outcome | None = None
    owed: int = 0  # steps still to be sent, or sent and not answered


@dataclass(slots=True)
class _Step:
    flight: _Flight | None
    name: str  # rset, mail, rcpt, data, body, dot
    command: bytes = field(default=b"", repr=False)


class Session:
    """`on_wire(message)` is called just before a body is handed over: journal it there, or raise `MayNotLeave`.

    `submit` while `ready`, send what `take()` returns, give `receive` what comes, collect outcomes.
    After `ProtocolViolation`, or when the connection is gone, `lost()` says what became of the rest.
    """

    def __init__(self, *, features: Features, on_wire: Callable[[Outgoing], None]) -> None:
        self._features = features
        self._on_wire = on_wire
        self._reader = ReplyReader()
        self._flights: deque[_Flight] = deque()
        self._to_send: deque[_Step] = deque()
        self._awaited: deque[_Step] = deque()
        self._outbox: list[bytes] = []
        self._outcomes: list[Outcome] = []
        self._needs_reset = False
        self._usable_sender = ""  # the last one looked at: a send has one for all
        self._answers = {
            "mail": self._answer_mail,
            "rcpt": self._answer_rcpt,
            "data": self._answer_data,
            "body": self._answer_body,
            "dot": self._answer_dot,
        }
        self.closing = False

    # --- what the owner of the connection calls ---------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether another message may be submitted: one on the wire and, pipelined, one behind it."""
        if self.closing or (self._needs_reset and self._flights):
            return False
        if not self._flights:
            return True
        ahead = self._features.pipelining and not self._features.chunking
        return ahead and len(self._flights) == 1 and self._flights[0].on_wire

    @property
    def idle(self) -> bool:
        return not self._flights and not self._awaited

    def submit(self, message: Outgoing) -> None:
        """Take charge of one message; its fate comes out of `receive` or `lost`, exactly once."""
        refusal = self._unsendable(message)
        if refusal is not None:
            self._outcomes.append(refusal)
            return
        flight = _Flight(message)
        self._flights.append(flight)
        if self._needs_reset:
            self._to_send.append(_Step(None, "rset", b"RSET\r\n"))
            self._needs_reset = False
        flight.owed = 3
        self._to_send.append(_Step(flight, "mail", self._mail_command(message)))
        self._to_send.append(_Step(flight, "rcpt", b"RCPT TO:<%s>\r\n" % message.recipient.encode()))
        if self._features.chunking:
            self._to_send.append(_Step(flight, "body"))
        else:
            self._to_send.append(_Step(flight, "data", b"DATA\r\n"))
        self._pump()

    def take(self) -> bytes:
        """Bytes to write now; empty when the machine waits for the server."""
        data = b"".join(self._outbox)
        self._outbox.clear()
        return data

    def receive(self, data: bytes) -> None:
        """Give the machine what the server said; raises `ProtocolViolation`."""
        for reply in self._reader.feed(data):
            self._answer(reply)
        self._pump()

    def outcomes(self) -> list[Outcome]:
        """Fates known since the last call."""
        found, self._outcomes = self._outcomes, []
        return found

    def lost(self) -> list[Outcome]:
        """The connection is gone: fates of everything still held, and those not collected yet."""
        self.closing = True
        found = self.outcomes()
        for flight in self._flights:
            if flight.failure is not None:
                found.append(flight.failure)
            else:
                fate = Fate.UNCERTAIN if flight.on_wire else Fate.UNTOUCHED
                found.append(Outcome(flight.message.key, fate, Stage.CONNECTION, spoilt=flight.spoilt))
        self._flights.clear()
        self._to_send.clear()
        self._awaited.clear()
        self._outbox.clear()
        return found

    # --- commands -----------------------------------------------------------------------------------

    def _unsendable(self, message: Outgoing) -> Outcome | None:
        """What must not reach the wire at all: injections, and what the server cannot carry."""
        if message.sender != self._usable_sender:
            if message.sender and not _SAFE_ADDRESS.fullmatch(message.sender):
                return Outcome(message.key, Fate.REFUSED, Stage.SENDER, 553, "5.1.3", "unusable address")
            self._usable_sender = message.sender
        if not _SAFE_ADDRESS.fullmatch(message.recipient):
            return Outcome(message.key, Fate.REFUSED, Stage.RECIPIENT, 553, "5.1.3", "unusable address")
        if self._is_international(message) and not self._features.smtputf8:
            text = "the relay does not offer SMTPUTF8"
            return Outcome(message.key, Fate.REFUSED, Stage.RECIPIENT, 553, "5.6.7", text)
        if message.eight_bit and not self._features.eight_bit_mime:
            text = "the relay does not offer 8BITMIME"
            return Outcome(message.key, Fate.REFUSED, Stage.MESSAGE, 554, "5.6.3", text)
        return None

    @staticmethod
    def _is_international(message: Outgoing) -> bool:
        return not (message.sender.isascii() and message.recipient.isascii())

    def _mail_command(self, message: Outgoing) -> bytes:
        command = b"MAIL FROM:<%s>" % message.sender.encode()
        if self._features.size:
            command += b" SIZE=%d" % message.size
        if message.eight_bit:
            command += b" BODY=8BITMIME"
        if self._is_international(message):
            command += b" SMTPUTF8"
        return command + b"\r\n"

    def _pump(self) -> None:
        self._send_what_may_leave()
        self._settle()

    def _send_what_may_leave(self) -> None:
        while self._to_send and not self.closing:
            step = self._to_send[0]
            if self._awaited and not self._may_follow(step):
                return
            self._to_send.popleft()
            if step.flight is not None and step.flight.failure is not None and step.name != "dot":
                step.flight.owed -= 1
                continue  # one command at a time: the rest of a refused envelope is not sent
            if step.name == "body":
                self._put_on_wire(step)
            else:
                self._outbox.append(step.command)
            self._awaited.append(step)

    def _may_follow(self, step: _Step) -> bool:
        """Whether this step may leave while replies are still awaited (RFC 2920 § 3.1)."""
        if not self._features.pipelining:
            return False
        # DATA must end its group: what follows it depends on the 354. A body may start a group.
        return self._awaited[-1].name != "data" and not (
            step.name == "body" and any(other.name == "body" for other in self._awaited)
        )

    def _put_on_wire(self, step: _Step) -> None:
        flight = step.flight
        assert flight is not None
        chunking = self._features.chunking
        flight.spoilt = True
        body = flight.message.body(not chunking)
        flight.spoilt = False
        self._on_wire(flight.message)
        flight.on_wire = True
        if chunking:
            self._outbox.append(b"BDAT %d LAST\r\n" % len(body))
            self._outbox.append(body)
        else:
            self._outbox.append(body)
            self._outbox.append(b".\r\n")

    # --- replies --------------------------------------------------------------------------------------

    def _answer(self, reply: Reply) -> None:
        if reply.code == SERVICE_CLOSING:
            self.closing = True
        if not self._awaited:
            if self.closing:
                return
            raise ProtocolViolation("a reply to nothing")
        step = self._awaited.popleft()
        if step.name == "rset":
            if reply.category != 2 and not self.closing:
                raise ProtocolViolation("RSET refused")
            return
        flight = step.flight
        assert flight is not None
        flight.owed -= 1
        self._answers[step.name](flight, reply)

    def _answer_mail(self, flight: _Flight, reply: Reply) -> None:
        self._envelope(flight, reply, Stage.SENDER)
        flight.mail_accepted = flight.failure is None

    def _answer_rcpt(self, flight: _Flight, reply: Reply) -> None:
        self._envelope(flight, reply, Stage.RECIPIENT)

    def _envelope(self, flight: _Flight, reply: Reply, stage: Stage) -> None:
        if reply.category == 3:
            raise ProtocolViolation("3xx to an envelope")
        if reply.code == SERVICE_CLOSING and stage is Stage.SENDER:
            return  # said of the connection, not of this message: it stays untouched
        if reply.category != 2:
            self._fail(flight, reply, stage)

    def _answer_data(self, flight: _Flight, reply: Reply) -> None:
        if reply.code == GO_AHEAD:
            # RFC 2920 § 3.1: a server may say 354 though it refused every recipient; a lone dot ends it.
            name = "body" if flight.failure is None else "dot"
            flight.owed += 1
            self._to_send.appendleft(_Step(flight, name, b".\r\n"))
            return
        if reply.category in {2, 3}:
            raise ProtocolViolation("DATA answered by neither 354 nor a refusal")
        self._fail(flight, reply, Stage.MESSAGE)
        self._needs_reset = flight.mail_accepted

    def _answer_dot(self, flight: _Flight, reply: Reply) -> None:
        """End of an empty message nobody was to receive: whatever is said, the refusal stands."""

    def _answer_body(self, flight: _Flight, reply: Reply) -> None:
        if reply.category == 3:
            raise ProtocolViolation("3xx to a body")
        if flight.failure is not None:  # BDAT behind a refused envelope
            self._needs_reset = flight.mail_accepted
            flight.on_wire = False
            return
        flight.on_wire = False
        if reply.category == 2:
            outcome = Outcome(flight.message.key, Fate.ACCEPTED, Stage.MESSAGE, reply.code, reply.enhanced, reply.text)
            flight.failure = outcome
        else:
            self._fail(flight, reply, Stage.MESSAGE)

    def _fail(self, flight: _Flight, reply: Reply, stage: Stage) -> None:
        if flight.failure is not None:
            return  # the first refusal is the reason; the others follow from it
        if reply.code == SERVICE_CLOSING:
            stage = Stage.CONNECTION
        fate = Fate.REFUSED if reply.category == 5 else Fate.DEFERRED
        flight.failure = Outcome(flight.message.key, fate, stage, reply.code, reply.enhanced, reply.text)

    def _settle(self) -> None:
        """Let go of messages whose fate is known and to which no reply is owed any more."""
        while self._flights:
            flight = self._flights[0]
            if flight.failure is None or flight.owed:
                return
            if flight.mail_accepted and not flight.on_wire and flight.failure.fate is not Fate.ACCEPTED:
                # A refused recipient leaves the transaction open; RSET is harmless where it is not.
                self._needs_reset = self._needs_reset or flight.failure.stage in {Stage.RECIPIENT, Stage.CONNECTION}
            self._flights.popleft()
            self._outcomes.append(flight.failure)
