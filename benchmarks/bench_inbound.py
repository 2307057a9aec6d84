"""Mail in: how many messages a second are made durable, and how many are read, in one process on a fresh database.

BENCH_DATABASE=postgresql for the other one. The corpus is made here: letters with and without photos, one of 25 MB.
Reading is the room's own work (claim, decompress, parse, route, mark); what rooms above make of a message is theirs.
"""

from __future__ import annotations

import os
import random
import resource
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.databases import environment

COPIES = 4  # of the corpus: each message differs from the others


def make_corpus() -> Iterator[bytes]:
    from tests.inbound import corpus

    pick = random.Random(2026)
    sizes = [45, 60, 80, 120, 200, 400] * 14 + [1_000, 3_000, 25_000 * 3 // 4]  # kilobytes before base64
    sentences = [body for body, _ in corpus.REPLIES.values()]
    for number in range(20):
        yield corpus.text(pick.choice(sentences), Message_ID=f"<{number}@bourg.example.org>")
    for number, kilobytes in enumerate(sizes):
        words = pick.choice(sentences) * 20
        yield corpus.mixed(
            b"Content-Type: text/html; charset=utf-8\r\n\r\n" + f"<p>{words}</p>".encode() * 5,
            corpus.part(corpus.PNG + pick.randbytes(kilobytes * 1000), kind="image/png", name="photo.png"),
            Subject=f"Ressource {number}",
        )


def write_corpus(directory: Path) -> list[Path]:
    """On disk: what is measured is the memory of one message, not of them all."""
    paths = []
    for number, raw in enumerate(make_corpus()):
        paths.append(directory / f"{number}.eml")
        paths[-1].write_bytes(raw)
    return paths


def measure() -> None:
    import django

    django.setup()
    from django.core.management import call_command

    from commun.common import clock
    from commun.inbound import registry
    from commun.inbound.models import RawMessage
    from commun.inbound.selectors.messages import counts
    from commun.inbound.services.processing import process
    from commun.inbound.services.receiving import receive
    from commun.inbound.types import Transport

    call_command("migrate", "--no-input", verbosity=0)
    made = write_corpus(Path(os.environ["VAR_DIR"]))

    def read(*, incoming, now):
        return "read" if incoming.message.defects != ("unreadable",) else "unreadable"

    registry.register_route("bench", matches=lambda a: a.endswith("@bench.example.org"), handle=read)
    started = time.perf_counter()
    for copy in range(COPIES):
        for path in made:
            receive(
                raw=path.read_bytes(),
                mail_from="camille@example.org",
                recipient=f"copie-{copy}@bench.example.org",
                transport=Transport.LMTP,
                now=clock.now(),
            )
    received = time.perf_counter() - started
    ids = list(RawMessage.objects.order_by("pk").values_list("pk", flat=True))
    started = time.perf_counter()
    for raw_id in ids:
        process(raw_id=raw_id, now=clock.now())
    handled = time.perf_counter() - started
    states, total = counts(), COPIES * len(made)
    crashed = states["quarantined"] + RawMessage.objects.exclude(outcome="read").count()
    sizes = [path.stat().st_size / 1000 for path in made]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sizes_said = f"median_kb={statistics.median(sizes):.0f} mean_kb={statistics.mean(sizes):.0f}"
    rates = f"received_per_s={total / received:.0f} per_s={total / handled:.0f}"
    lost = total - states["processed"]
    print(f"bench-inbound: messages={total} {sizes_said} {rates} peak_mb={peak:.0f} crashed={crashed} lost={lost}")


def main() -> None:
    with environment(database=os.environ.get("BENCH_DATABASE", "sqlite")) as values:
        os.environ.update(values, DJANGO_SETTINGS_MODULE="commun.config.settings")
        measure()


if __name__ == "__main__":
    main()
