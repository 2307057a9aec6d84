"""How well, and how fast, messages are understood: precision and recall of each field over the labelled messages."""

from __future__ import annotations

import time

ROUNDS = 5


def main() -> None:
    from tests.contributions.understanding.labelled import CASES
    from tests.contributions.understanding.measuring import measure, read

    scores = measure()
    for name, score in scores.items():
        print(f"{name:14} precision={score.precision:.2f} recall={score.recall:.2f} expected={score.expected}")
        for miss in score.misses:
            print(f"{'':14} {miss}")
    started = time.perf_counter()
    for _ in range(ROUNDS):
        for case in CASES:
            read(case)
    per_second = ROUNDS * len(CASES) / (time.perf_counter() - started)
    said = " ".join(f"{name}={score.precision:.2f}/{score.recall:.2f}" for name, score in scores.items())
    print(f"bench-understanding: messages={len(CASES)} per_s={per_second:.0f} {said}")


if __name__ == "__main__":
    main()
