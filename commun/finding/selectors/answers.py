"""Answers to a question: found by its words, narrowed by facets, counted, in an order that is ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from commun.finding.analysis import Question, folded_words, root_of
from commun.finding.models import Entry
from commun.finding.selectors import near
from commun.finding.selectors.words import Read, read
from commun.finding.types import Order
from commun.territories.api import Territory

# Looked at more closely than their words: as many as anybody turns pages for.
_FIRST = 60
_READ = 4 * _FIRST  # of a single word: some entries have several of its endings
_TITLE_HAS_ALL = 160  # hundredths
_TITLE_IS_IT = 140
_OVER = 50
FRESH = {"1": timedelta(days=365), "3": timedelta(days=3 * 365)}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`kinds`: what may be answered at all. `chosen`: values by facet, alternatives within one. `place`: where the
    reader is, `around` being what counts as near. `typing`: the last word may not be over. `members`: keys of those
    that are listed, by name; with words, others answer too, after them."""

    question: Question
    now: datetime
    kinds: Collection[str]
    chosen: Mapping[str, Collection[str]] = field(default_factory=dict)
    place: Territory | None = None
    order: Order = Order.CLOSEST
    typing: bool = False
    members: Collection[str] | None = None


@dataclass(frozen=True, kw_only=True)
class Answers:
    """`found`: numbers of entries, in order. `counts`: what each value of a facet would give with what is chosen of the
    others; `nowhere`: how many no département has, whichever is chosen."""

    found: Sequence[int]
    counts: Mapping[str, Mapping[str, int]]
    nowhere: int
    read: Read

    @property
    def total(self) -> int:
        return len(self.found)


_Row = tuple[int, str, int, int, int | None]


def find(asked: Asked) -> Answers:
    """Six queries at most, whatever there is; one more for `members`."""
    words = read(asked.question, typing=asked.typing)
    rows = _rows(words, asked=asked)
    roll = _roll(asked)
    if roll is not None and not asked.question:
        rows = [row for row in rows if row[0] in roll]
    kept, missing, counts = _narrow(rows, asked=asked)
    nowhere = sum(" departement:" not in row[1] for row in (*kept, *missing.get("departement", ())))
    found = _ordered(kept, words=words, asked=asked) if roll is None else _members_first(kept, words, asked, roll=roll)
    return Answers(found=found, counts=counts, nowhere=nowhere, read=words)


def _roll(asked: Asked) -> dict[int, str] | None:
    """Entries of the members, with what they are sorted by."""
    if asked.members is None:
        return None
    rows = Entry.objects.filter(kind__in=asked.kinds).values_list("pk", "key", "title")
    return {pk: " ".join(folded_words(title)) for pk, key, title in rows if key in asked.members}


def _members_first(rows: list[_Row], words: Read, asked: Asked, *, roll: Mapping[int, str]) -> list[int]:
    if not asked.question:
        return sorted((row[0] for row in rows), key=lambda pk: (roll[pk], pk))
    return sorted(_ordered(rows, words=words, asked=asked), key=lambda pk: pk not in roll)


def first(*, question: Question, kinds: Collection[str], now: datetime, most: int) -> tuple[list[int], Read]:
    """The first answers while somebody types: the last word may not be over. Nothing is counted."""
    words = read(question, typing=True, most=_READ)
    best = sorted(words.scores, key=lambda pk: (-words.scores[pk], -pk))[:_FIRST]
    entries = Entry.objects.filter(pk__in=best, kind__in=kinds)
    rows = list(entries.values_list("pk", "facets", "at", "fresh_at", "until"))
    return _by_score(rows, words=words, question=question, now=now)[:most], words


def _rows(words: Read, *, asked: Asked) -> list[_Row]:
    entries = Entry.objects.filter(kind__in=asked.kinds)
    if asked.question:
        if not words.scores:
            return []
        if len(words.scores) <= 500:
            entries = entries.filter(pk__in=list(words.scores))
    elif asked.question.text:
        return []  # words of grammar alone
    rows = entries.values_list("pk", "facets", "at", "fresh_at", "until")
    return [row for row in rows if row[0] in words.scores] if asked.question else list(rows)


def _narrow(
    rows: Iterable[_Row], *, asked: Asked
) -> tuple[list[_Row], dict[str, list[_Row]], dict[str, dict[str, int]]]:
    """Rows that have a chosen value of every facet; those that miss one alone, by that facet, for which they count."""
    tests = {
        name: tuple(f" {name}:{value} " for value in values)
        for name, values in asked.chosen.items()
        if values and name not in {"around", "fresh"}
    }
    around = near.Rule(asked.place, chosen=asked.chosen.get("around", ()))
    fresh = [int((asked.now - FRESH[value]).timestamp()) for value in asked.chosen.get("fresh", ()) if value in FRESH]
    kept: list[_Row] = []
    missing: dict[str, list[_Row]] = {}
    for row in rows:
        facets = row[1]
        missed = [name for name, wanted in tests.items() if not any(value in facets for value in wanted)]
        if around.chosen and not around.keeps(facets):
            missed.append("around")
        if fresh and row[3] < min(fresh):
            missed.append("fresh")
        if not missed:
            kept.append(row)
        elif len(missed) == 1:
            missing.setdefault(missed[0], []).append(row)
    counts = _count(kept)
    for name, more in missing.items():
        for value, number in _count(more).get(name, {}).items():
            mine = counts.setdefault(name, {})
            mine[value] = mine.get(value, 0) + number
    counts["around"] = around.count([*kept, *missing.get("around", ())])
    since = {value: int((asked.now - span).timestamp()) for value, span in FRESH.items()}
    fresher = [*kept, *missing.get("fresh", ())]
    counts["fresh"] = {value: sum(row[3] >= start for row in fresher) for value, start in since.items()}
    return kept, missing, counts


def _count(rows: Sequence[_Row]) -> dict[str, dict[str, int]]:
    counted = Counter("".join(row[1] for row in rows).split())
    found: dict[str, dict[str, int]] = {}
    for token, number in counted.items():
        name, _, value = token.partition(":")
        found.setdefault(name, {})[value] = number
    return found


def _ordered(rows: list[_Row], *, words: Read, asked: Asked) -> list[int]:
    if asked.order == Order.LATEST or not asked.question:
        return [row[0] for row in sorted(rows, key=lambda row: (-row[2], -row[0]))]
    return _by_score(rows, words=words, question=asked.question, now=asked.now)


def _by_score(rows: Sequence[_Row], *, words: Read, question: Question, now: datetime) -> list[int]:
    instant = int(now.timestamp())
    scored = [
        (words.scores[pk] * (_OVER if until is not None and until < instant else 100) // 100, at, pk)
        for pk, _, at, _, until in rows
    ]
    scored.sort(reverse=True)
    head, rest = scored[:_FIRST], scored[_FIRST:]
    titles = dict(Entry.objects.filter(pk__in=[pk for _, _, pk in head]).values_list("pk", "title"))
    head = [(score * _by_title(titles.get(pk, ""), question) // 100, at, pk) for score, at, pk in head]
    return [pk for _, _, pk in [*sorted(head, reverse=True), *rest]]


def _by_title(title: str, question: Question) -> int:
    """Hundredths: more where the title has every word, more again where it is what was typed."""
    folded = folded_words(title)
    if not {term.root for term in question.terms} <= set(map(root_of, folded)):
        return 100
    typed = " ".join(folded_words(question.text))
    return _TITLE_HAS_ALL * (_TITLE_IS_IT if typed in " ".join(folded) else 100) // 100


def next_change(after: datetime) -> datetime | None:
    """The next moment at which what is found is over."""
    ends = Entry.objects.filter(until__gte=int(after.timestamp()))
    until = ends.order_by("until").values_list("until", flat=True).first()
    return datetime.fromtimestamp(until + 1, tz=UTC) if until is not None else None
