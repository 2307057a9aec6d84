"""From a need to what may help: one score, made of reasons that can each be checked.

| in common | points |
|---|---|
| words, measured against the text that has most | up to 6 |
| the theme | 2.5 |
| an obstacle, told or named on both sides | 1.5, and 1 more for a second |
| the stratum of population, of places of one kind | 1 |
| the département, or else the région | 1, or 0.5 |
| the stage (other needs) | 0.5 |

Only the theme, or words that say enough, make a suggestion; the rest orders. At equal score, the order of keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from commun.cooperation.matching.facts import Facts, Held, Shelf, read_once
from commun.cooperation.matching.reasons import Asked, grounds, read_need, tell
from commun.cooperation.matching.values import Candidate, Kind, Match, NeedText

_WORDS = 6.0
# The best text has them all only if it is this much better than one word that no other has.
_GOOD_TEXT = 4.0
# Each one taken of a kind makes the next of that kind worth less: a list of one kind helps less than a mixed one.
_AGAIN = 0.85
# A title that says most of the need's title is about that very subject.
_SUBJECT = 1.5
_MOST_OF = 0.6


def suggest_for(
    need: NeedText, *, shelf: Shelf, now: datetime, limit: int = 12, peers: Sequence[Candidate] = ()
) -> list[Match]:
    """What may help, best first. `peers` are candidates of the moment, ranked among those of the shelf. Nothing that
    happened where the need is: one does not learn from oneself."""
    asked, enough = read_need(need, shelf=shelf), shelf.unit
    held = [*shelf.find(asked.weights, theme=need.theme), *(Held(*read_once(one)) for one in peers)]
    here = need.place.key if need.place is not None else ""
    found = [
        _Found(one.facts, raw, shared)
        for one in held
        if (one.facts.until is None or now < one.facts.until) and not (here and here in one.facts.places)
        for shared in [{root: one.worths[root] for root in asked.weights if root in one.worths}]
        for raw in [_raw(asked, one.facts, shared=shared)]
        if raw >= enough or (need.theme and need.theme in one.facts.themes)
    ]
    scale = _WORDS / max([_GOOD_TEXT * enough, *(one.raw for one in found)])
    by_kind: dict[Kind, list[_Scored]] = defaultdict(list)
    for one in found:
        words = one.raw * scale if one.raw >= enough else 0.0
        score = words + sum(points for _, points in grounds(asked, one.facts))
        by_kind[one.facts.kind].append(_Scored(score, words, one))
    return [_match(asked, scored) for scored in _mixed(by_kind, limit=limit)]


class _Found(NamedTuple):
    """`raw`: what its words are worth. `shared`: which ones."""

    facts: Facts
    raw: float
    shared: Mapping[str, float]


class _Scored(NamedTuple):
    """`words`: the points that words gave, none where they say too little."""

    score: float
    words: float
    found: _Found


def _raw(asked: Asked, facts: Facts, *, shared: Mapping[str, float]) -> float:
    """More where the title has most of what the need's title says: the page of the very subject."""
    raw = sum(asked.weights[root] * worth for root, worth in shared.items())
    said = sum(asked.weights[root] for root in sorted(asked.title))
    has = sum(asked.weights[root] for root in sorted(asked.title & facts.title))
    return raw * _SUBJECT if said and has >= _MOST_OF * said else raw


def _mixed(by_kind: Mapping[Kind, list[_Scored]], *, limit: int) -> Iterator[_Scored]:
    """The best first, the next of the same kind worth less each time."""
    queues = {kind: sorted(rows, key=_rank)[:limit] for kind, rows in by_kind.items()}
    taken = dict.fromkeys(queues, 0)
    while queues and sum(taken.values()) < limit:
        kind = min(queues, key=lambda kind: (-queues[kind][0].score * _AGAIN ** taken[kind], _rank(queues[kind][0])))
        yield queues[kind].pop(0)
        taken[kind] += 1
        if not queues[kind]:
            del queues[kind]


def _rank(one: _Scored) -> tuple[float, str]:
    return (-one.score, one.found.facts.key)


def _match(asked: Asked, scored: _Scored) -> Match:
    facts = scored.found.facts
    return Match(
        key=facts.key,
        kind=facts.kind,
        score=round(scored.score, 6),
        reasons=tell(asked, facts, shared=scored.found.shared, words=scored.words),
    )
