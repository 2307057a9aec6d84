"""One asyncio connection kept busy from a feed."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

import aiosmtplib

from commun.mailing.wire.replies import ProtocolViolation
from commun.mailing.wire.session import Features, MayNotLeave, Outcome, Outgoing, Session

READ_BYTES = 16 * 1024
WRITE_BYTES = 256 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Where and how to connect. `starttls`: "required", "optional" or "never"."""

    host: str
    port: int
    username: str = ""
    password: str = ""
    implicit_tls: bool = False
    starttls: str = "optional"
    local_hostname: str = ""
    tls_context: ssl.SSLContext | None = None


class Lane(asyncio.BufferedProtocol):
    """Feeds a `Session` as long as `feed()` gives messages; `done` resolves when the connection is over.

    `feed` returns the next message or None (nothing now: call `kick` later). `on_outcomes` receives the
    fates as they become known. Each answer must come within `timeout` seconds, else the connection is
    cut and what is on the wire is uncertain. Why it ended: `violation` (the server's fault), `broken` (an
    exception of our own code), `cut_by_us` (aborted, or a message that might not leave), or none of them.
    """

    def __init__(
        self,
        *,
        feed: Callable[[], Outgoing | None],
        on_wire: Callable[[Outgoing], None],
        on_outcomes: Callable[[list[Outcome]], None],
        timeout: float,
    ) -> None:
        self._feed = feed
        self._on_wire = on_wire
        self._on_outcomes = on_outcomes
        self._timeout = timeout
        self._session: Session | None = None
        self._transport: asyncio.Transport | None = None
        self._deadline: asyncio.TimerHandle | None = None
        self._heard = 0.0
        self._buffer = bytearray(READ_BYTES)
        self._finishing = False
        self.violation = ""
        self.broken: Exception | None = None
        self.cut_by_us = False
        self._loop = asyncio.get_running_loop()
        self.done: asyncio.Future[None] = self._loop.create_future()

    def take_over(self, *, transport: asyncio.Transport, features: Features) -> None:
        """Start on a connection that has said EHLO (and STARTTLS, AUTH)."""
        self._session = Session(features=features, on_wire=self._on_wire)
        self._transport = transport
        transport.set_protocol(self)
        if (connection := transport.get_extra_info("socket")) is not None:
            # A whole letter leaves in one system call instead of three.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, WRITE_BYTES)
        self.kick()

    @property
    def idle(self) -> bool:
        return self._session is not None and self._session.idle

    def kick(self) -> None:
        """Look at the feed again."""
        if self._session is not None and self._transport is not None and not self.done.done():
            self._guarded(self._go_on)

    def _go_on(self) -> None:
        session, transport = self._session, self._transport
        assert session is not None
        assert transport is not None
        self._fill(session)
        data = session.take()
        if data:
            transport.write(data)
        self._report(session.outcomes())
        self._watch()
        if session.closing or (self._finishing and session.idle):
            self._quit()

    def _fill(self, session: Session) -> None:
        while not self._finishing and session.ready:
            message = self._feed()
            if message is None:
                return
            session.submit(message)

    def finish(self) -> None:
        """Take nothing more; close once what is on the wire has its answer."""
        self._finishing = True
        self.kick()

    def abort(self) -> None:
        """Cut now: what is on the wire becomes uncertain."""
        self.cut_by_us = True
        self._cut()

    def _cut(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    def _guarded(self, act: Callable[[], None]) -> None:
        """Whatever goes wrong ends this connection, and says whose fault it was: what it held gets its fate."""
        try:
            act()
        except ProtocolViolation as error:
            self.violation = str(error)
            self._cut()
        except MayNotLeave:
            self.abort()
        except Exception as error:
            self.broken = error
            self._cut()

    # --- asyncio.Protocol ---------------------------------------------------------------------------

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        session = self._session
        assert session is not None

        def read() -> None:
            session.receive(bytes(memoryview(self._buffer)[:nbytes]))
            self._go_on()

        if not self.done.done():
            self._guarded(read)

    def eof_received(self) -> bool:
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        try:
            if self._session is not None:
                self._report(self._session.lost())
        except Exception as error:
            self.broken = error
        finally:
            if not self.done.done():
                self.done.set_result(None)

    # --- inside -------------------------------------------------------------------------------------

    def _report(self, outcomes: list[Outcome]) -> None:
        if outcomes:
            self._on_outcomes(outcomes)

    def _watch(self) -> None:
        """An answer came, or something left: the time to answer starts anew. One timer at most, moved when it rings."""
        self._heard = self._loop.time()
        if self._deadline is None and self._session is not None and not self._session.idle:
            self._deadline = self._loop.call_later(self._timeout, self._expire)

    def _expire(self) -> None:
        self._deadline = None
        if self._session is None or self._session.idle:
            return
        left = self._heard + self._timeout - self._loop.time()
        if left > 0:
            self._deadline = self._loop.call_later(left, self._expire)
            return
        self.violation = "no answer in time"
        self._cut()

    def _quit(self) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(b"QUIT\r\n")
            self._transport.close()


async def connect(address: Address, *, timeout: float) -> tuple[asyncio.Transport, Features]:
    """Connect, say EHLO, start TLS and authenticate; raises `aiosmtplib.SMTPException` or `OSError`."""
    client = aiosmtplib.SMTP(
        hostname=address.host,
        port=address.port,
        username=address.username or None,
        password=address.password or None,
        local_hostname=address.local_hostname or None,
        use_tls=address.implicit_tls,
        start_tls={"required": True, "optional": None, "never": False}[address.starttls],
        tls_context=address.tls_context,
        timeout=timeout,
    )
    await client.connect()
    if client.last_ehlo_response is None:
        await client.ehlo()
    features = Features(
        pipelining=client.supports_extension("pipelining"),
        chunking=client.supports_extension("chunking"),
        eight_bit_mime=client.supports_extension("8bitmime"),
        smtputf8=client.supports_extension("smtputf8"),
        size=client.supports_extension("size"),
    )
    transport = client.transport
    if transport is None or client.protocol is None or not client.is_connected:
        raise aiosmtplib.SMTPServerDisconnected("connection lost after EHLO")
    # From here on the connection is the lane's: aiosmtplib must not close it behind our back.
    client.protocol = None
    client.transport = None
    return cast(asyncio.Transport, transport), features
