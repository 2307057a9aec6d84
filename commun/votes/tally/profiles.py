"""What is read on one profile: median, gauge, majority value, popularity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


def _ascending(counts: Sequence[int]) -> bytes:
    return b"".join(bytes([grade]) * number for grade, number in enumerate(counts))


def median(counts: Sequence[int]) -> int | None:
    """The lower median: half of the ballots at least give this grade or better. None without ballots."""
    total = sum(counts)
    if total == 0:
        return None
    position, below = (total - 1) // 2, 0
    for grade, number in enumerate(counts):
        below += number
        if position < below:
            return grade
    raise AssertionError("unreachable: the counts sum to the total")


@dataclass(frozen=True, slots=True)
class Gauge:
    """Median with the ballots strictly above and strictly below it: "Important +" when more are above than below."""

    median: int
    above: int
    below: int

    @property
    def is_plus(self) -> bool:
        return self.above > self.below

    @property
    def key(self) -> tuple[int, int, int]:
        """Greater is better. Among options with one median and as many ballots, where two keys differ the
        majority values differ the same way."""
        return (self.median, 1, self.above) if self.is_plus else (self.median, 0, -self.below)


def gauge(counts: Sequence[int]) -> Gauge | None:
    middle = median(counts)
    if middle is None:
        return None
    return Gauge(median=middle, above=sum(counts[middle + 1 :]), below=sum(counts[:middle]))


def majority_value(counts: Sequence[int]) -> bytes:
    """The medians met when the median ballot is removed, one after the other, until none is left.

    Bytes compare as the rule does: the first difference decides, higher is better. Removing lower medians from a sorted
    row walks from its middle outwards, left and right in turn, so the whole value is two interleaved slices.
    """
    row = _ascending(counts)
    size = len(row)
    value = bytearray(size)
    if size % 2:
        middle = size // 2
        value[0::2] = row[middle:]
        value[1::2] = row[:middle][::-1]
    else:
        value[0::2] = row[: size // 2][::-1]
        value[1::2] = row[size // 2 :]
    return bytes(value)


def popularity(counts: Sequence[int], *, from_grade: int) -> tuple[int, int]:
    """How many ballots give `from_grade` or better, and how many there are."""
    return sum(counts[from_grade:]), sum(counts)
