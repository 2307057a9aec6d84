"""Sending one letter to many, against the tools people know, in one run, on one machine.

All of them to the same server, Postfix's `smtp-sink`, with as many connections and messages of one size:

* ours: the worker that operators run, with its PostgreSQL ledger and its journal;
* `smtp-source`, Postfix's own load generator, in C, which keeps no account of anything;
* finished bytes written down the sockets, envelope in one go, by a client that knows nothing: what the server can take;
* aiosmtplib with finished bytes, one message after the other on each connection;
* Django's `send_messages`, as most sites send.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.databases import environment, set_up
from benchmarks.letter import demonstration_letter
from benchmarks.machine import free_port, need
from benchmarks.worker import memory_mb, worker

RECIPIENTS = int(os.environ.get("RECIPIENTS") or 20_000)
CONNECTIONS = 8  # of every sender: with fewer the server now and then waits for them
SHARE = 20  # the slow ones send a share of it, and are measured per second


def need_postfix() -> tuple[str, str]:
    """Paths of smtp-sink and smtp-source."""
    return need("smtp-sink", package="postfix"), need("smtp-source", package="postfix")


@contextmanager
def smtp_sink(program: str) -> Iterator[int]:
    port = free_port()
    as_user = ["-u", "postfix"] if os.geteuid() == 0 else []
    server = subprocess.Popen([program, *as_user, f"127.0.0.1:{port}", "1000"], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield port
    finally:
        server.terminate()
        server.wait(10)


def processor_of_postgresql() -> float:
    """Seconds that the server on this machine has worked so far, all its processes together (Linux, /proc/*/stat)."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text(encoding="utf-8").partition("(")[2].rpartition(")")
        except OSError:
            continue  # it ended meanwhile: its parent has its time
        if name == "postgres":
            # Its own user and system time, and that of its children that ended.
            ticks += sum(int(number) for number in rest.split()[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Ours:
    """Messages per second, from the first fate in the ledger to the end of the send; bytes of one; microseconds of
    PostgreSQL's processor each; the most memory the worker ever held."""

    per_s: float
    size: int
    pg_us: float
    rss_mb: int


def ours(values: dict[str, str], *, port: int, html: str, text: str) -> Ours:
    from commun.common import clock
    from commun.mailing import api
    from commun.mailing.delivery.copies import Copier
    from commun.mailing.delivery.ledger import Row
    from commun.mailing.models import Delivery, Send

    with worker({**values, "SMTP_CONNECTIONS": str(CONNECTIONS)}, port=port) as pid:
        _wait_for_first_sweeps()
        message = api.seal_message(subject="Le passage à l’action", html=html, text=text, now=clock.now())
        send = api.create_send(message=message, kind="bench", idempotency_key="bench", audience="subscribers")
        size = Copier(send).outgoing(row=Row(0, send.pk, "a@example.org", "A" * 22, 0, None), now=clock.now()).size
        while not Delivery.objects.filter(send=send, state="accepted").exists():
            time.sleep(0.01)
        started, worked = time.perf_counter(), processor_of_postgresql()
        already = api.send_progress(send_id=send.pk).counts["accepted"]
        while Send.objects.values_list("state", flat=True).get(pk=send.pk) != "finished":
            time.sleep(0.05)
        elapsed, worked = time.perf_counter() - started, processor_of_postgresql() - worked
        rss_mb = memory_mb(pid)["VmHWM"]
    counts = api.send_progress(send_id=send.pk).counts
    if counts["accepted"] != RECIPIENTS:
        raise SystemExit(f"bench-send: the ledger says {counts}")
    sent = RECIPIENTS - already
    return Ours(per_s=sent / elapsed, size=size, pg_us=worked / sent * 1e6, rss_mb=rss_mb)


def _wait_for_first_sweeps() -> None:
    """On an empty site every sweep is due at once: what is measured is a send, by a worker that has begun its life."""
    from commun.common import periodic
    from commun.common.models import PeriodicRun

    while PeriodicRun.objects.exclude(succeeded_at=None).count() < len(periodic.sweeps()):
        time.sleep(0.1)


def smtp_source(program: str, *, port: int, size: int) -> float:
    command = [program, "-s", str(CONNECTIONS), "-m", str(RECIPIENTS), "-l", str(size), "-d"]
    started = time.perf_counter()
    subprocess.run([*command, "-f", "a@example.org", "-t", "b@example.org", f"127.0.0.1:{port}"], check=True)
    return RECIPIENTS / (time.perf_counter() - started)


def flood(*, port: int, body: bytes) -> float:
    """What the server takes at most from this machine: nobody who sends to it can be faster."""
    envelope = b"MAIL FROM:<a@example.org>\r\nRCPT TO:<b@example.org>\r\nDATA\r\n"

    async def one(number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for command, replies in [(b"HELO a\r\n", 2), *[(envelope, 3), (body + b".\r\n", 1)] * number]:
            writer.write(command)
            for _ in range(replies):
                await reader.readline()
        writer.close()

    async def everyone() -> None:
        await asyncio.gather(*(one(RECIPIENTS // CONNECTIONS) for _ in range(CONNECTIONS)))

    started = time.perf_counter()
    asyncio.run(everyone())
    return RECIPIENTS // CONNECTIONS * CONNECTIONS / (time.perf_counter() - started)


def with_aiosmtplib(*, port: int, body: bytes) -> float:
    import aiosmtplib

    count = RECIPIENTS // SHARE

    async def one(number: int) -> None:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, start_tls=False) as client:
            for _ in range(number):
                await client.sendmail("a@example.org", ["b@example.org"], body)

    async def everyone() -> None:
        await asyncio.gather(*(one(count // CONNECTIONS) for _ in range(CONNECTIONS)))

    started = time.perf_counter()
    asyncio.run(everyone())
    return (count // CONNECTIONS * CONNECTIONS) / (time.perf_counter() - started)


def with_django(*, port: int, html: str, text: str) -> float:
    from django.core.mail import EmailMultiAlternatives, get_connection

    count = max(50, RECIPIENTS // (SHARE * 10))
    backend = "django.core.mail.backends.smtp.EmailBackend"
    connection = get_connection(backend, host="127.0.0.1", port=port)
    messages = []
    for number in range(count):
        message = EmailMultiAlternatives("Le passage à l’action", text, "a@example.org", [f"b{number}@example.org"])
        message.attach_alternative(html, "text/html")
        messages.append(message)
    started = time.perf_counter()
    connection.send_messages(messages)
    return count / (time.perf_counter() - started)


def add_subscribers() -> None:
    from commun.common import clock
    from commun.mailing.tokens import address_hash
    from commun.subscribers.models import Subscriber

    now = clock.now()
    addresses = (f"lectrice-{number}@example.org" for number in range(RECIPIENTS))
    rows = [
        Subscriber(
            address=address,
            address_hash=address_hash(address),
            domain="example.org",
            state="active",
            created_at=now,
            confirmed_at=now,
        )
        for address in addresses
    ]
    Subscriber.objects.bulk_create(rows, batch_size=2000)


def main() -> int:
    sink, source = need_postfix()
    with tempfile.TemporaryDirectory(), environment(database="postgresql") as values:
        set_up(values)
        html, text = demonstration_letter()
        add_subscribers()
        with smtp_sink(sink) as port:
            measured = ours(values, port=port, html=html, text=text)
            ours_per_s, size = measured.per_s, measured.size
            print(f"ours: {ours_per_s:.0f}/s of {size} bytes, with ledger and journal", flush=True)
            source_per_s = smtp_source(source, port=port, size=size)
            print(f"smtp-source: {source_per_s:.0f}/s", flush=True)
            flood_per_s = flood(port=port, body=_finished_bytes())
            print(f"finished bytes, with no account of anything: {flood_per_s:.0f}/s at most", flush=True)
            aiosmtplib_per_s = with_aiosmtplib(port=port, body=_finished_bytes())
            print(f"aiosmtplib, finished bytes: {aiosmtplib_per_s:.0f}/s", flush=True)
            django_per_s = with_django(port=port, html=html, text=text)
            print(f"Django's send_messages: {django_per_s:.0f}/s", flush=True)
    print(
        f"bench-send: db=postgresql recipients={RECIPIENTS} bytes={size} ours_per_s={ours_per_s:.0f} "
        f"smtp_source_per_s={source_per_s:.0f} ratio={ours_per_s / source_per_s:.2f} "
        f"aiosmtplib_ratio={ours_per_s / aiosmtplib_per_s:.1f} django_ratio={ours_per_s / django_per_s:.1f} "
        f"rss_mb={measured.rss_mb} pg_us={measured.pg_us:.0f}"
    )
    return 0


def _finished_bytes() -> bytes:
    from commun.common import clock
    from commun.mailing.delivery.copies import Copier
    from commun.mailing.delivery.ledger import Row
    from commun.mailing.models import Send

    send = Send.objects.get(idempotency_key="bench")
    row = Row(0, send.pk, "b@example.org", "A" * 22, 0, None)
    return Copier(send).outgoing(row=row, now=clock.now()).body(False)


if __name__ == "__main__":
    sys.exit(main())
