"""Mail in: how many messages a second are made durable, and how many are handled on one core, on a fresh database.

PostgreSQL where one answers on loopback, else SQLite (BENCH_DATABASE=sqlite asks for it). The corpus is that of the
tests: ninety-six messages in the manner of French mail programs, one of 25 MB, each received COPIES times. They are
received as the LMTP server does, by its number of threads; handled one after the other, as one worker does: claim,
read, decompress, parse, route, mark. What rooms above make of a message is theirs.
"""

from __future__ import annotations

import os
import resource
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from benchmarks.databases import environment, find_postgresql

COPIES = 4  # of the corpus: each message differs from the others by its recipient


def write_corpus(directory: Path) -> None:
    from tests.inbound.realistic import mails

    for mail in mails():
        (directory / f"{mail.name}.eml").write_bytes(mail.raw)


def prepare(directory: Path) -> None:
    """The corpus on disk, and the tables."""
    import django
    from django.core.management import call_command

    write_corpus(directory)
    django.setup()
    call_command("migrate", "--no-input", verbosity=0)


def prepare_elsewhere(directory: Path) -> list[Path]:
    """By another process, as where mail comes in: what is measured is the memory of messages under way."""
    writer = get_context("spawn").Process(target=prepare, args=[directory])
    writer.start()
    writer.join()
    if writer.exitcode:
        raise SystemExit("bench-inbound: the database could not be prepared")
    return sorted(directory.glob("*.eml"))


def receive_all(paths: list[Path], *, threads: int) -> float:
    """Seconds until the last one is committed."""
    from django.db import connections

    from commun.common import clock
    from commun.inbound.services.receiving import receive
    from commun.inbound.types import Transport

    def one(job: tuple[int, Path]) -> None:
        copy, path = job
        receive(
            raw=path.read_bytes(),
            mail_from="camille@bourg.example.org",
            recipient=f"copie-{copy}@bench.example.org",
            transport=Transport.LMTP,
            now=clock.now(),
        )

    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(one, [(copy, path) for copy in range(COPIES) for path in paths]))
        seconds = time.perf_counter() - started
        list(pool.map(lambda _: connections.close_all(), range(threads)))
    return seconds


def resident() -> float:
    """The most memory this process held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(*, database: str) -> None:
    import django

    paths = prepare_elsewhere(Path(os.environ["VAR_DIR"]))
    django.setup()

    from commun.common import clock
    from commun.inbound import registry
    from commun.inbound.models import RawMessage
    from commun.inbound.selectors.messages import counts
    from commun.inbound.services.processing import process
    from commun.inbound.transports.lmtp import THREADS

    def read(*, incoming, now):
        return "read" if incoming.message.defects != ("unreadable",) else "unreadable"

    registry.register_route("bench", matches=lambda a: a.endswith("@bench.example.org"), handle=read)
    at_rest = resident()
    received = receive_all(paths, threads=THREADS if database == "postgresql" else 1)
    after_receipt = resident()
    ids = list(RawMessage.objects.order_by("pk").values_list("pk", flat=True))
    started, core = time.perf_counter(), time.process_time()
    for raw_id in ids:
        process(raw_id=raw_id, now=clock.now())
    handled, core = time.perf_counter() - started, time.process_time() - core
    states, total = counts(), COPIES * len(paths)
    crashed = states["quarantined"] + RawMessage.objects.exclude(outcome="read").count()
    sizes = [path.stat().st_size / 1000 for path in paths]
    print(
        f"corpus: files={len(sizes)} median_kb={statistics.median(sizes):.0f} mean_kb={statistics.mean(sizes):.0f} "
        f"largest_kb={max(sizes):.0f} database={database} processor_ms={1000 * core / total:.1f} "
        f"at_rest_mb={at_rest:.0f} after_receipt_mb={after_receipt:.0f}"
    )
    print(
        f"bench-inbound: messages={total} mean_kb={statistics.mean(sizes):.0f} received_per_s={total / received:.0f} "
        f"per_s={total / handled:.0f} peak_mb={resident():.0f} crashed={crashed} lost={total - states['processed']}"
    )


def main() -> None:
    database = os.environ.get("BENCH_DATABASE") or ("postgresql" if find_postgresql() else "sqlite")
    with environment(database=database) as values:
        os.environ.update(values, DJANGO_SETTINGS_MODULE="commun.config.settings")
        measure(database=database)


if __name__ == "__main__":
    main()
