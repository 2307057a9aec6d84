"""The embedded mailbox: a real SMTP server on this machine that accepts everything and keeps it in the outbox."""

from __future__ import annotations

import asyncio
import socket
import threading
from datetime import UTC, datetime
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session

from commun.demo.outbox import Outbox

_MOST_BYTES = 10 * 1024 * 1024


class _Handler:
    def __init__(self, outbox: Outbox) -> None:
        self.outbox = outbox

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        raw = envelope.original_content or b""
        for recipient in envelope.rcpt_tos:
            self.outbox.keep(raw=raw, mail_from=envelope.mail_from or "", recipient=recipient, now=datetime.now(tz=UTC))
        return "250 2.0.0 Message kept"


class Catcher:
    """Listens from its creation (so that its port is known before settings are read), answers from `start()`."""

    def __init__(self, *, port: int = 0) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.bind(("127.0.0.1", port))
        self._socket.listen(64)
        self.port: int = self._socket.getsockname()[1]
        self._loop = asyncio.new_event_loop()
        self._thread: threading.Thread | None = None
        self._answering = threading.Event()

    def start(self, *, outbox: Outbox) -> None:
        self._thread = threading.Thread(target=self._run, args=(_Handler(outbox),), name="catcher", daemon=True)
        self._thread.start()
        self._answering.wait(timeout=10)

    def _run(self, handler: _Handler) -> None:
        def session() -> SMTP:
            return SMTP(
                handler, hostname="localhost", data_size_limit=_MOST_BYTES, enable_SMTPUTF8=True, loop=self._loop
            )

        async def serve() -> Any:
            return await self._loop.create_server(session, sock=self._socket)

        asyncio.set_event_loop(self._loop)
        server = self._loop.run_until_complete(serve())
        self._loop.call_soon(self._answering.set)
        try:
            self._loop.run_forever()
        finally:
            server.close()
            for task in asyncio.all_tasks(self._loop):
                task.cancel()
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.close()

    def stop(self) -> None:
        if self._thread is None:
            self._socket.close()
            return
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
