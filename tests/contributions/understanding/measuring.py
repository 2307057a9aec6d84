"""Precision and recall of each field over the labelled messages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from commun.contributions.understanding import Field, Understanding, Writing, understand
from tests.contributions.understanding.labelled import CASES, RECEIVED, Case
from tests.contributions.understanding.register import THEMES, directory, gazetteer

LINKS = (Field.LINK, Field.REGISTRATION, Field.VIDEO)


@dataclass
class Score:
    right: int = 0
    given: int = 0
    expected: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


def read(case: Case) -> Understanding:
    writing = Writing(
        subject=case.title if case.subject is None else case.subject,
        body=case.body,
        signature=case.signature,
        html=case.html,
        sender_address=case.sender,
        received_at=RECEIVED,
    )
    return understand(writing, gazetteer=gazetteer, directory=directory, themes_known=THEMES)


def measure() -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for case in CASES:
        for name, given, expected in compare(case, read(case)):
            score = scores.setdefault(name, Score())
            score.right += len(given & expected)
            score.given += len(given)
            score.expected += len(expected)
            if given != expected:
                score.misses.append(f"{case.title}: {sorted(given)} and not {sorted(expected)}")
    return scores


def compare(case: Case, found: Understanding) -> Iterator[tuple[str, set[str], set[str]]]:
    yield "kind", _best(found, Field.KIND), {case.kind}
    yield "title", _best(found, Field.TITLE), {case.title}
    yield "sessions", {said(one.value) for one in found.all(Field.SESSION)}, set(case.sessions)
    yield "deadline", _best(found, Field.DEADLINE), {case.deadline} - {""}
    yield "territories", {one.value for one in found.all(Field.TERRITORY)}, set(case.territories)
    organisation = found.best(Field.ORGANISATION)
    known = {organisation.label} if organisation is not None and organisation.value else set()
    yield "organisation", known, {case.organisation} - {""}
    yield "theme", _best(found, Field.THEME), {case.theme} - {""}
    yield "links", {one.value for name in LINKS for one in found.all(name)}, set(case.links)


def _best(found: Understanding, name: Field) -> set[str]:
    best = found.best(name)
    return set() if best is None else {str(best.value)}


def said(value: dict[str, object]) -> str:
    start, end = str(value["start"]), str(value["end"])
    if value["all_day"]:
        return start[:10] if start[:10] == end[:10] else f"{start[:10]}/{end[:10]}"
    hours = f"{start[:10]} {start[11:16]}"
    return hours if _lasts_an_hour(start, end) else f"{hours}/{end[11:16]}"


def _lasts_an_hour(start: str, end: str) -> bool:
    """As where the end is not said."""
    return int(end[11:13]) - int(start[11:13]) == 1 and start[14:16] == end[14:16]
