"""Running the engine in a test: a thread, a real relay on loopback, and a wait for what should become true."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from commun.config.env import SmtpRelay
from commun.mailing.delivery.engine import Engine, Options


def relay(port: int) -> SmtpRelay:
    return SmtpRelay(host="127.0.0.1", port=port, starttls="never")


@contextmanager
def running_engine(*relays: SmtpRelay, journal_dir: Path, worker: str = "essai", **options: object) -> Iterator[Engine]:
    """Stops on the way out, and fails if the engine died."""
    wanted = replace(Options(journal_dir=journal_dir, connect_seconds=5, answer_seconds=5), **options)  # type: ignore[arg-type]
    engine = Engine(worker=worker, relays=relays, options=wanted)
    stop = threading.Event()
    died: list[BaseException] = []

    def run() -> None:
        try:
            engine.run(stop)
        except BaseException as error:
            died.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield engine
    finally:
        stop.set()
        thread.join(20)
    assert not died, died
    assert not thread.is_alive(), "the engine did not stop"


def wait_until(condition: Callable[[], object], *, seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
