"""A real LMTP server on loopback, for a test; and the dialogue a mail server has with it."""

from __future__ import annotations

import asyncio
import smtplib
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from commun.inbound.transports import lmtp


@contextmanager
def running_server() -> Iterator[int]:
    """Gives its port; stops on the way out, and fails if it died."""
    ready, ports, died = threading.Event(), [], []
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    def listening(port: int) -> None:
        ports.append(port)
        ready.set()

    def run() -> None:
        try:
            loop.run_until_complete(lmtp.serve(host="127.0.0.1", port=0, stop=stop, listening=listening))
        except BaseException as error:
            died.append(error)
        finally:
            ready.set()
            loop.close()
            connections.close_all()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield ports[0]
    finally:
        if not died:
            loop.call_soon_threadsafe(stop.set)
        thread.join(10)
    assert not died, died


def dialogue(*, port: int, sender: str, recipients: list[str], raw: bytes) -> list[tuple[int, bytes]]:
    """Answers to each RCPT then, for each accepted one, to the message."""
    with smtplib.LMTP("127.0.0.1", port, timeout=20) as client:
        client.ehlo_or_helo_if_needed()
        client.mail(sender)
        answers = [client.rcpt(recipient) for recipient in recipients]
        accepted = sum(1 for code, _ in answers if code == 250)
        if accepted:
            answers.append(client.data(raw))
            answers += [client.getreply() for _ in range(accepted - 1)]
        return answers
