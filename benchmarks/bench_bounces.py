"""Reading what comes back: how often we are right on two halves of a corpus, and how fast.

Precision and recall are those of the one conclusion that costs a reader her letter: "this address is dead". The corpus
is our own (tests/mailing/returns): DSN, ARF, automatic replies, challenges, of many systems, in two languages. Rules
were written from one half; of the other, written before them, the score alone is looked at.
"""

from __future__ import annotations

import time

from commun.mailing.returns.reading import read_report
from tests.mailing.returns import corpus, foreign, held
from tests.mailing.returns.measuring import dead

SECONDS = 3.0


def main() -> None:
    known, unseen = [*corpus.entries(), *foreign.entries()], held.entries()
    score, other = dead(known), dead(unseen)
    for name in score.misread:
        print(f"misread: {name}")
    reports = [entry.raw for entry in known if b"delivery-status" in entry.raw]
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        for raw in reports:
            read_report(raw)
        done += len(reports)
    rate = done / (time.perf_counter() - started)
    print(f"bench-bounces: seen={len(known)} exact={score.exact:.3f} held={len(unseen)} held_exact={other.exact:.3f}")
    print(
        f"bench-bounces: messages={len(known) + len(unseen)} precision={score.precision:.3f} recall={score.recall:.3f}"
        f" held_precision={other.precision:.3f} held_recall={other.recall:.3f} dsn_per_s={rate:.0f}"
    )


if __name__ == "__main__":
    main()
