"""LMTP (RFC 2033), behind any mail server: one answer per recipient, and 250 only after the commit."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import DatabaseError, close_old_connections, connections

from commun.common import clock
from commun.inbound.exceptions import EmptyMessage, TooLarge, UnknownRecipient
from commun.inbound.services.receiving import accepts, receive
from commun.inbound.types import MAX_BYTES, Transport

logger = logging.getLogger("commun.inbound")

THREADS = 4
_MOST_RECIPIENTS = 50


class Handler:
    """What aiosmtpd asks. The database is spoken to in threads, so that one slow commit stops nobody else."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="lmtp")

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not accepts(recipient=address):
            return "550 5.1.1 Adresse inconnue ici"
        if len(envelope.rcpt_tos) >= _MOST_RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd's)
        loop = asyncio.get_running_loop()
        raw, sender = envelope.original_content or b"", envelope.mail_from or ""
        answers = [
            await loop.run_in_executor(self._threads, _keep, raw, sender, recipient) for recipient in envelope.rcpt_tos
        ]
        return "\r\n".join(answers)

    async def handle_exception(self, error: Exception) -> str:
        """A fault of ours: the mail server keeps the message and comes back."""
        logger.error("session failed error=%s", type(error).__name__)
        return "451 4.3.0 Try again later"

    def close(self) -> None:
        """Waits for commits under way: whoever waits for their answer is told the truth, or nothing."""
        together = threading.Barrier(THREADS)
        for _ in range(THREADS):
            self._threads.submit(_hang_up, together)
        self._threads.shutdown(wait=True)


def _hang_up(together: threading.Barrier) -> None:
    """Each thread closes its own connection: the barrier gives exactly one of these to each."""
    try:
        together.wait(timeout=60)
    finally:
        connections.close_all()


def _keep(raw: bytes, sender: str, recipient: str) -> str:
    close_old_connections()
    try:
        receipt = receive(raw=raw, mail_from=sender, recipient=recipient, transport=Transport.LMTP, now=clock.now())
    except UnknownRecipient:
        return "550 5.1.1 Adresse inconnue ici"
    except TooLarge:
        return "552 5.3.4 Message trop volumineux"
    except EmptyMessage:
        return "554 5.6.0 Message vide"
    except DatabaseError as error:
        logger.error("message deferred: database error=%s", type(error).__name__)
        return "451 4.3.0 Try again later"
    finally:
        close_old_connections()
    return f"250 2.0.0 Recu {receipt.raw_id}"


class Server(LMTP):
    """Repeats for each recipient the refusals that aiosmtpd words once (RFC 2033 § 4.2)."""

    line_length_limit = 4 * 1024 * 1024  # long lines are broken mail, not an attack; the whole is bounded
    _after_354 = False

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 (aiosmtpd's)
        self._after_354 = False
        await super().smtp_DATA(arg)

    async def push(self, status: Any) -> None:
        if self._after_354:
            self._after_354 = False
            recipients = len(self.envelope.rcpt_tos) if self.envelope is not None else 1
            if "\r\n" not in str(status):
                status = "\r\n".join([str(status)] * max(1, recipients))
        elif str(status).startswith("354"):
            self._after_354 = True
        await super().push(status)


def make_server(handler: Handler, *, loop: asyncio.AbstractEventLoop) -> Server:
    return Server(
        handler, hostname="localhost", ident="LMTP", data_size_limit=MAX_BYTES, enable_SMTPUTF8=True, loop=loop
    )


async def serve(*, host: str, port: int, stop: asyncio.Event, listening: Any = None) -> None:
    """Until `stop` is set; `listening(port)` is called once connections are taken (`port` 0 asks for any)."""
    loop = asyncio.get_running_loop()
    handler = Handler()
    server = await loop.create_server(lambda: make_server(handler, loop=loop), host, port)
    try:
        if listening is not None:
            listening(server.sockets[0].getsockname()[1])
        await stop.wait()
    finally:
        server.close()
        await server.wait_closed()
        await asyncio.to_thread(handler.close)
