"""The same letter to twenty thousand people, then to a million: what grows, and what must not.

Each audience has a database of its own on PostgreSQL and a worker of its own, the very process that operators run
(`manage.py worker`), which writes the ledger down, then sends to Postfix's `smtp-sink`. Its memory is read from
outside, as the kernel knows it.

    make bench-scale             both audiences, to their end or for 15 minutes each
    make bench-scale MINUTES=5   shorter: says how many left

Last line: `ledger_s`, the time in which the worker wrote the large audience down, from taking the send to the ledger
being whole; `rss_…_mb`, the most the worker ever held; `per_s_…`, messages accepted per second, fates in the ledger.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass

from benchmarks.bench_send import need_postfix, smtp_sink
from benchmarks.databases import environment
from benchmarks.worker import memory_mb, worker

AUDIENCES = (20_000, 1_000_000)
SECONDS = float(os.environ.get("MINUTES") or 15) * 60


@dataclass(frozen=True, kw_only=True)
class Measured:
    recipients: int
    ledger_s: float
    rss_mb: int
    rss_at_first_mb: int  # when the first message left: the audience was written down, nothing was sent
    per_s: float
    sent: int
    disk_mb: float  # the ledger with its indexes, once all was sent


def measure(recipients: int, *, sink: str) -> Measured:
    """One audience from nothing; runs in a process of its own, for Django knows one database."""
    from benchmarks.databases import set_up

    with environment(database="postgresql") as values, smtp_sink(sink) as port:
        set_up(values)
        _subscribe(recipients)
        send_id = _create_send()
        with worker(values, port=port) as pid:
            ledger_s = _wait_for_the_ledger(send_id, recipients=recipients)
            at_first = memory_mb(pid)["VmRSS"]
            sent, seconds = _wait_for_the_end(send_id)
            rss = memory_mb(pid)["VmHWM"]
            disk_mb = _on_disk()
    return Measured(
        recipients=recipients,
        ledger_s=ledger_s,
        rss_mb=rss,
        rss_at_first_mb=at_first,
        per_s=sent / seconds,
        sent=sent,
        disk_mb=disk_mb,
    )


def _on_disk() -> float:
    from django.db import connection

    from commun.mailing.models import Delivery

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s)", [Delivery._meta.db_table])
        return cursor.fetchone()[0] / 1024 / 1024


def _subscribe(recipients: int) -> None:
    from django.db import connection

    from commun.common import clock
    from commun.mailing.api import new_recipient_key
    from commun.mailing.tokens import address_hash

    now = clock.now()
    columns = "key, address, address_hash, domain, state, preference, created_at, confirmed_at, score"
    with connection.cursor() as cursor, cursor.copy(f"COPY subscribers_subscriber ({columns}) FROM STDIN") as rows:
        for number in range(recipients):
            address = f"lectrice-{number}@example.org"
            hashed = address_hash(address)
            rows.write_row(
                (new_recipient_key(), address, hashed, "example.org", "active", "every_issue", now, now, 0.0)
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE subscribers_subscriber")


def _create_send() -> int:
    from benchmarks.letter import demonstration_letter
    from commun.common import clock
    from commun.mailing import api

    html, text = demonstration_letter()
    message = api.seal_message(subject="Le passage à l’action", html=html, text=text, now=clock.now())
    return api.create_send(message=message, kind="bench", idempotency_key="scale", audience="subscribers").pk


def _wait_for_the_ledger(send_id: int, *, recipients: int) -> float:
    from commun.mailing.models import Send

    while Send.objects.get(pk=send_id).state == "scheduled":
        time.sleep(0.01)
    started = time.perf_counter()
    while Send.objects.get(pk=send_id).state == "freezing":
        time.sleep(0.01)
    elapsed = time.perf_counter() - started
    total = Send.objects.get(pk=send_id).total
    if total != recipients:
        raise SystemExit(f"bench-scale: the ledger has {total} rows for {recipients} people")
    return elapsed


def _wait_for_the_end(send_id: int) -> tuple[int, float]:
    """How many were accepted and in how many seconds; stops looking when time is up."""
    from commun.mailing import api
    from commun.mailing.models import Send

    started = time.perf_counter()
    while Send.objects.get(pk=send_id).state != "finished" and time.perf_counter() - started < SECONDS:
        time.sleep(0.1)
    elapsed = time.perf_counter() - started
    progress = api.send_progress(send_id=send_id)
    if not progress.consistent:
        raise SystemExit(f"bench-scale: the ledger does not sum: {progress}")
    return progress.counts["accepted"], elapsed


def _told(one: Measured) -> str:
    return (
        f"{one.recipients} recipients: ledger in {one.ledger_s:.1f} s; {one.sent} accepted, {one.per_s:.0f}/s; "
        f"worker {one.rss_at_first_mb} MB at the first message, {one.rss_mb} MB at most; ledger {one.disk_mb:.0f} MB"
    )


def main() -> int:
    sink, _ = need_postfix()
    if len(sys.argv) > 1:
        one = measure(int(sys.argv[1]), sink=sink)
        told = (one.recipients, one.ledger_s, one.rss_mb, one.rss_at_first_mb, one.per_s, one.sent, one.disk_mb)
        print(*told)
        return 0
    small, large = (_apart(recipients) for recipients in AUDIENCES)
    print(
        f"bench-scale: ledger_s={large.ledger_s:.1f} rss_20k_mb={small.rss_mb} rss_1m_mb={large.rss_mb} "
        f"per_s_20k={small.per_s:.0f} per_s_1m={large.per_s:.0f} sent_1m={large.sent}"
    )
    return 0


def _apart(recipients: int) -> Measured:
    command = [sys.executable, "-m", "benchmarks.bench_scale", str(recipients)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
    one = Measured(
        recipients=int(said[0]),
        ledger_s=float(said[1]),
        rss_mb=int(said[2]),
        rss_at_first_mb=int(said[3]),
        per_s=float(said[4]),
        sent=int(said[5]),
        disk_mb=float(said[6]),
    )
    print(_told(one), flush=True)
    return one


if __name__ == "__main__":
    sys.exit(main())
