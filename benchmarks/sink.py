"""An SMTP server that misbehaves on demand and remembers, durably, everything it accepted.

Not a stub of our client: a server of its own, on real sockets. It records an acceptance before it answers, so that what
it remembers is what a real relay would have taken charge of. Loopback only.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass
class Behaviour:
    """What the server does; may be changed while it runs. Probabilities from 0 to 1 are by turn, not by chance."""

    pipelining: bool = True
    chunking: bool = False
    eight_bit: bool = True
    delay: float = 0.0  # before answering a body
    refuse_recipient: dict[str, bytes] = field(default_factory=dict)  # address → reply
    defer_every: int = 0  # every n-th recipient is told 451, once
    cut_after_body_every: int = 0  # every n-th body is accepted, recorded, and the connection cut without an answer
    cut_before_every: int = 0  # every n-th connection is cut in the middle of a body: nothing accepted
    sender_reply: bytes = b""


class Sink:
    """`with Sink(record) as sink:` listens on `sink.port`; `record` is a file of one line per acceptance."""

    def __init__(self, record: Path, *, behaviour: Behaviour | None = None, port: int = 0) -> None:
        self.behaviour = behaviour or Behaviour()
        self.record = record
        self.port = port
        self.connections = 0
        self.bodies = 0
        self._recipients = 0
        self._deferred: set[str] = set()
        self._started = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._thread: threading.Thread | None = None
        self.messages: list[tuple[str, str, bytes]] = []
        self.keep_bodies = False

    def __enter__(self) -> Sink:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self._started.clear()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        self._started.wait(10)

    def stop(self) -> None:
        if self._loop is not None and self._stop is not None:
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._stop.set)
        if self._thread is not None:
            self._thread.join(10)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        self._file = os.open(self.record, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        server = await asyncio.start_server(self._client, "127.0.0.1", self.port, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]
        self._writers: set[asyncio.StreamWriter] = set()
        self._started.set()
        await self._stop.wait()
        server.close()
        for writer in list(self._writers):
            writer.transport.abort()
        await asyncio.sleep(0)
        os.close(self._file)

    @property
    def open(self) -> int:
        """Connections that stand now."""
        return len(self._writers)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._writers.add(writer)
        try:
            await _Conversation(self, reader, writer, number=self.connections).run()
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, asyncio.CancelledError):
            pass
        finally:
            self._writers.discard(writer)
            writer.close()

    def answer_recipient(self, address: str) -> bytes:
        self._recipients += 1
        refusal = self.behaviour.refuse_recipient.get(address)
        if refusal:
            return refusal
        every = self.behaviour.defer_every
        if every and self._recipients % every == 0 and address not in self._deferred:
            self._deferred.add(address)
            return b"451 4.7.1 try again later"
        return b"250 2.1.5 ok"

    def accept(self, sender: str, recipient: str, body: bytes) -> None:
        found = _MESSAGE_ID.search(body[:8192])
        message_id = found[1].decode("ascii", "replace") if found else "-"
        os.write(self._file, f"{recipient} {message_id}\n".encode())
        if self.keep_bodies:
            self.messages.append((sender, recipient, body))


def accepted(record: Path) -> Counter[str]:
    """How many times each address was accepted."""
    if not record.exists():
        return Counter()
    return Counter(line.split(" ")[0] for line in record.read_text(encoding="utf-8").splitlines())


class _Conversation:
    def __init__(self, sink: Sink, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, number: int) -> None:
        self.sink, self.reader, self.writer = sink, reader, writer
        self.number = number
        self.sender = ""
        self.recipients: list[str] = []

    def say(self, line: bytes) -> None:
        self.writer.write(line + b"\r\n")

    async def run(self) -> None:
        self.say(b"220 sink.example.org ESMTP")
        while line := await self.reader.readline():
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"QUIT":
                self.say(b"221 bye")
                return
            handler = getattr(self, f"on_{verb.decode('ascii', 'replace').lower()}", None)
            if handler is None:
                self.say(b"502 5.5.1 unknown")
            elif not await handler(line.strip()):
                return

    async def on_ehlo(self, line: bytes) -> bool:
        offers = [b"sink.example.org", b"SIZE 50000000", b"ENHANCEDSTATUSCODES"]
        behaviour = self.sink.behaviour
        offers += [b"PIPELINING"] * behaviour.pipelining + [b"CHUNKING"] * behaviour.chunking
        offers += [b"8BITMIME", b"SMTPUTF8"] * behaviour.eight_bit
        for index, offer in enumerate(offers):
            self.say((b"250 " if index == len(offers) - 1 else b"250-") + offer)
        return True

    async def on_mail(self, line: bytes) -> bool:
        self.sender = _between(line)
        self.recipients = []
        self.say(self.sink.behaviour.sender_reply or b"250 2.1.0 ok")
        return True

    async def on_rcpt(self, line: bytes) -> bool:
        address = _between(line)
        reply = self.sink.answer_recipient(address)
        if reply.startswith(b"2"):
            self.recipients.append(address)
        self.say(reply)
        return True

    async def on_rset(self, line: bytes) -> bool:
        self.recipients = []
        self.say(b"250 2.0.0 ok")
        return True

    async def on_noop(self, line: bytes) -> bool:
        self.say(b"250 2.0.0 ok")
        return True

    async def on_data(self, line: bytes) -> bool:
        if not self.recipients:
            self.say(b"554 5.5.1 no valid recipients")
            return True
        self.say(b"354 go ahead")
        body = bytearray()
        while (part := await self.reader.readline()) != b".\r\n":
            if not part:
                return False
            body += part[1:] if part.startswith(b".") else part
        return await self.take(bytes(body))

    async def on_bdat(self, line: bytes) -> bool:
        body = await self.reader.readexactly(int(line.split(b" ")[1]))
        if not self.recipients:
            self.say(b"554 5.5.1 no valid recipients")
            return True
        return await self.take(body)

    async def take(self, body: bytes) -> bool:
        behaviour = self.sink.behaviour
        self.sink.bodies += 1
        number = self.sink.bodies
        if behaviour.cut_before_every and self.number % behaviour.cut_before_every == 0:
            self.writer.transport.abort()
            return False
        if behaviour.delay:
            await asyncio.sleep(behaviour.delay)
        for recipient in self.recipients:
            self.sink.accept(self.sender, recipient, body)
        if behaviour.cut_after_body_every and number % behaviour.cut_after_body_every == 0:
            self.writer.transport.abort()
            return False
        self.recipients = []
        self.say(b"250 2.0.0 queued")
        return True


def _between(line: bytes) -> str:
    return line[line.index(b"<") + 1 : line.index(b">")].decode("utf-8", "replace")
