"""How well, and how fast, messages are understood: precision and recall of each field over labelled texts, then over
whole messages in two halves. Rules were written from one; of the other, written before, the score alone is looked at.
"""

from __future__ import annotations

import time

ROUNDS = 3


def main() -> None:
    from tests.contributions.understanding import held, measuring, measuring_mails, written
    from tests.contributions.understanding.labelled import CASES

    texts, known, unseen = measuring.measure(), written.mails(), held.mails()
    whole, other = measuring_mails.measure(known), measuring_mails.measure(unseen)
    for title, scores in (("texts", texts), ("messages", whole), ("held", other)):
        for name, score in scores.items():
            figures = f"precision={score.precision:.2f} recall={score.recall:.2f} expected={score.expected}"
            print(f"{title:9} {name:13} {figures}")
            for miss in score.misses if title != "held" else ():
                print(f"{'':23} {miss}")
    started = time.perf_counter()
    for _ in range(ROUNDS):
        for case in CASES:
            measuring.read(case)
        for mail in (*known, *unseen):
            measuring_mails.read(mail)
    count = len(CASES) + len(known) + len(unseen)
    per_second = ROUNDS * count / (time.perf_counter() - started)
    seen, never = measuring_mails.together(whole), measuring_mails.together(other)
    said = " ".join(f"{name}={score.precision:.2f}/{score.recall:.2f}" for name, score in texts.items())
    print(f"bench-understanding: fields of texts: {said}")
    print(
        f"bench-understanding: messages={count} per_s={per_second:.0f} held_precision={never.precision:.3f}"
        f" held_recall={never.recall:.3f} held={len(unseen)} precision={seen.precision:.3f} recall={seen.recall:.3f}"
    )


if __name__ == "__main__":
    main()
