"""What other columns of a file say, against what this site knows: themes of the letter, départements, days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from commun.subscribers import address_values
from commun.subscribers.address_columns import word
from commun.subscribers.address_values import Other
from commun.subscribers.models import Topic
from commun.subscribers.selectors.segments import departements

TOLD = 30  # values that a report names, of each column


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """Of one person. `topics`: numbers, () for every issue, None where nothing usable is said; `departement`: its
    number."""

    topics: tuple[int, ...] | None = None
    departement: int | None = None
    agreed_on: date | None = None
    source: str = ""

    @property
    def is_proof(self) -> bool:
        """Whether her proof says more than that of the whole file."""
        return self.agreed_on is not None or bool(self.source)


NOTHING = Given()


class Understanding:
    """Two queries, once a file. `understood` and `unknown` count as it reads."""

    def __init__(
        self,
        *,
        today: date,
        understood: Mapping[str, int] | None = None,
        unknown: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        topics = list(Topic.objects.filter(active=True).values_list("pk", "slug", "name"))
        self.topic_names = {pk: name for pk, _, name in topics}
        self._topics = {word(known): pk for pk, slug, name in topics for known in (slug, name)}
        places = list(departements().values_list("pk", "code", "name"))
        self.place_names = {pk: f"{name} ({code})" for pk, code, name in places}
        self._names = {code: name for _, code, name in places}
        self._places = {code: pk for pk, code, _ in places}
        self._today = today
        self._read: dict[str, str] = {}  # départements, already looked for: the same few come back
        self.understood = dict(understood or {})
        self.unknown = {column: dict(values) for column, values in (unknown or {}).items()}

    def read(self, others: Mapping[Other, str]) -> Given:
        if not others:
            return NOTHING
        return Given(
            topics=self._topics_in(others.get(Other.TOPICS, "")),
            departement=self._departement_in(others.get(Other.PLACE, "")),
            agreed_on=self._day_in(others.get(Other.DATE, "")),
            source=self._source_in(others.get(Other.SOURCE, "")),
        )

    def _topics_in(self, cell: str) -> tuple[int, ...] | None:
        if not cell:
            return None
        if address_values.is_everything(cell):
            self._understand(Other.TOPICS)
            return ()
        whole = self._topics.get(word(cell))  # « Eau, air, sols » may be the name of one
        found = []
        for part in [cell] if whole else address_values.parts(cell):
            topic = self._topics.get(word(part))
            if topic is None:
                self._miss(Other.TOPICS, part)
            else:
                found.append(topic)
        if not found:
            return None
        self._understand(Other.TOPICS)
        return tuple(dict.fromkeys(found))

    def _departement_in(self, cell: str) -> int | None:
        if not cell:
            return None
        if cell not in self._read:
            if len(self._read) >= 10_000:
                self._read.clear()
            self._read[cell] = address_values.departement(cell, names=self._names)
        found = self._places.get(self._read[cell])
        self._count(Other.PLACE, cell, known=found is not None)
        return found

    def _day_in(self, cell: str) -> date | None:
        if not cell:
            return None
        found = address_values.day(cell, today=self._today)
        self._count(Other.DATE, cell, known=found is not None)
        return found

    def _source_in(self, cell: str) -> str:
        if cell:
            self._understand(Other.SOURCE)
        return cell

    def _count(self, column: Other, cell: str, *, known: bool) -> None:
        if known:
            self._understand(column)
        else:
            self._miss(column, cell)

    def _understand(self, column: Other) -> None:
        self.understood[column.value] = self.understood.get(column.value, 0) + 1

    def _miss(self, column: Other, value: str) -> None:
        values = self.unknown.setdefault(column.value, {})
        told = value[:60]
        told = told if told in values or len(values) < TOLD else ""
        values[told] = values.get(told, 0) + 1
