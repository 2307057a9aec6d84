"""Which numbers of turnout may be shown while a vote is open, so that nobody learns of one elector whether it voted.

A number says something of one elector where few are counted, where almost none or almost all of them have voted, or
where it is what remains of a total once the other numbers are taken away. Knows neither Django nor Wagtail.
"""

from __future__ import annotations

from collections.abc import Sequence

FEWEST_ELECTORS = 10
FEWEST_EACH_WAY = 3  # of those who voted, and of those who did not yet


def is_safe(*, electors: int, voted: int) -> bool:
    return electors >= FEWEST_ELECTORS and voted >= FEWEST_EACH_WAY and electors - voted >= FEWEST_EACH_WAY


def veiled(counts: Sequence[tuple[int, int]]) -> set[int]:
    """Positions whose number stays hidden, of the (electors, voted) that together make a total which is public.

    What is hidden can be had together, by subtraction: it must be safe as one number too, so the smallest safe ones are
    hidden with the others until it is.
    """
    hidden = {place for place, (electors, voted) in enumerate(counts) if not is_safe(electors=electors, voted=voted)}
    shown = sorted(set(range(len(counts))) - hidden, key=lambda place: counts[place], reverse=True)
    while hidden and shown and not _safe_together(counts, hidden):
        hidden.add(shown.pop())
    return hidden


def _safe_together(counts: Sequence[tuple[int, int]], places: set[int]) -> bool:
    return is_safe(electors=sum(counts[one][0] for one in places), voted=sum(counts[one][1] for one in places))
