"""How answers are spread. They are added up as they come: no sheet is ever kept, so nothing links two answers of one
person. There is no mean, no index, no rank: numbers of people, statement by statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from commun.peers.standing.statements import STATEMENTS, Answer, Statement

# Below, a spread would tell who said what.
FEWEST = 5

Counts = dict[str, dict[str, int]]


class Group(StrEnum):
    """How people see one statement. For the order of the page, and the words above it; never shown as a number."""

    APART = "apart"
    UNKNOWN = "unknown"
    BETWEEN = "between"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    statement: Statement
    counts: Mapping[Answer, int]

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    @property
    def group(self) -> Group:
        yes = self.counts[Answer.YES] + self.counts[Answer.RATHER]
        no = self.counts[Answer.RATHER_NOT] + self.counts[Answer.NO]
        unknown, people = self.counts[Answer.UNKNOWN], self.people
        if 3 * min(yes, no) >= people:
            return Group.APART
        if 3 * unknown >= people:
            return Group.UNKNOWN
        return Group.SAME if 5 * max(yes, no) >= 4 * people else Group.BETWEEN

    @property
    def leaning(self) -> int:
        """How many stand on the smaller side: the most divided first."""
        yes = self.counts[Answer.YES] + self.counts[Answer.RATHER]
        no = self.counts[Answer.RATHER_NOT] + self.counts[Answer.NO]
        return min(yes, no)


def add(counts: Mapping[str, Mapping[str, int]], sheet: Mapping[str, str]) -> Counts:
    """The counts with one more sheet. What it leaves out, or says that is no answer, is « je ne sais pas »: so every
    statement counts the same people."""
    known = {answer.value for answer in Answer}
    added: Counts = {}
    for statement in STATEMENTS:
        said = sheet.get(statement.key, "")
        said = said if said in known else Answer.UNKNOWN.value
        before = counts.get(statement.key, {})
        added[statement.key] = {one.value: before.get(one.value, 0) + (one.value == said) for one in Answer}
    return added


def people_in(counts: Mapping[str, Mapping[str, int]]) -> int:
    return sum(next(iter(counts.values()), {}).values())


def spread_of(counts: Mapping[str, Mapping[str, int]]) -> Counts | None:
    """What may be told once a round is closed; None below five people."""
    return {key: dict(row) for key, row in counts.items()} if people_in(counts) >= FEWEST else None


def read(told: Mapping[str, Mapping[str, int]]) -> list[Spread]:
    """As the page shows them: where people do not see the same first, the most divided before."""
    found = [
        Spread(statement=one, counts={answer: told[one.key].get(answer.value, 0) for answer in Answer})
        for one in STATEMENTS
        if one.key in told
    ]
    order = list(Group)
    return sorted(found, key=lambda one: (order.index(one.group), -one.leaning))
