"""Majority judgment by the book: rows of grades, lower medians taken out one by one. Slow, and obviously right."""

from __future__ import annotations

from collections.abc import Sequence


def value_by_removal(counts: Sequence[int]) -> list[int]:
    row = sorted(grade for grade, number in enumerate(counts) for _ in range(number))
    value = []
    while row:
        value.append(row.pop((len(row) - 1) // 2))
    return value


def ranking_by_removal(profiles: Sequence[Sequence[int]]) -> list[list[int]]:
    values = [value_by_removal(counts) for counts in profiles]
    places = sorted({tuple(value) for value in values}, reverse=True)
    return [[option for option, value in enumerate(values) if tuple(value) == place] for place in places]
