"""Reading what comes back: how often we are right on our own corpus, and how fast.

Precision and recall are those of the one conclusion that costs a reader her letter: "this address is dead". The corpus
is our own (tests/mailing/returns/corpus.py): DSN, ARF, automatic replies and challenges, French and English.
"""

from __future__ import annotations

import time

from commun.mailing.returns.reading import read_report
from tests.mailing.returns.corpus import entries

SECONDS = 3.0


def main() -> None:
    corpus = list(entries())
    true_positive = false_positive = false_negative = misread = 0
    for entry in corpus:
        report = read_report(entry.raw)
        if (report.kind.value, report.verdict.value) != (entry.kind, entry.verdict):
            misread += 1
            print(f"misread: {entry.name}: {report.kind.value}/{report.verdict.value}")
        said, is_so = report.verdict.value == "hard", entry.verdict == "hard"
        true_positive += said and is_so
        false_positive += said and not is_so
        false_negative += is_so and not said
    precision = true_positive / max(1, true_positive + false_positive)
    recall = true_positive / max(1, true_positive + false_negative)
    reports = [entry.raw for entry in corpus if b"delivery-status" in entry.raw]
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        for raw in reports:
            read_report(raw)
        done += len(reports)
    rate = done / (time.perf_counter() - started)
    print(f"bench-bounces: misread={misread} of {len(corpus)}")
    print(f"bench-bounces: messages={len(corpus)} precision={precision:.3f} recall={recall:.3f} dsn_per_s={rate:.0f}")


if __name__ == "__main__":
    main()
