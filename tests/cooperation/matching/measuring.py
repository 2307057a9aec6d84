"""Candidates made of the demonstration's content; how often what is suggested first is what an editor would join."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from commun.cooperation.matching import Candidate, Kind, Match, Place, Text, suggest_for
from commun.demo.content.agenda import EVENTS
from commun.demo.content.articles import ARTICLES, CONCEPTS, GUIDES
from commun.demo.content.experiences import EXPERIENCES
from commun.demo.content.kit import KITS
from commun.demo.content.shapes import Entry, Event, Experience, Kit, Later
from tests.cooperation.matching.labelled import CASES
from tests.cooperation.matching.making import NOW, Memory

FIRST = 5
# As in the register, for the places the content names.
_PLACES = {
    "commune:92007": Place(kind="commune", population=43_000, departement="92", region="11"),
    "commune:38185": Place(kind="commune", population=156_000, departement="38", region="84"),
    "commune:34172": Place(kind="commune", population=310_000, departement="34", region="76"),
    "commune:29195": Place(kind="commune", population=6_700, departement="29", region="53"),
    "commune:35130": Place(kind="commune", population=2_300, departement="35", region="53"),
    "commune:29053": Place(kind="commune", population=1_800, departement="29", region="53"),
}
_KINDS = (
    (EXPERIENCES, Kind.EXPERIENCE),
    (ARTICLES, Kind.ARTICLE),
    (GUIDES, Kind.GUIDE),
    (KITS, Kind.KIT),
    (CONCEPTS, Kind.CONCEPT),
)


@dataclass(frozen=True)
class Measure:
    """Shares between 0 and 1. `ceiling`: what a perfect ranking would get, as few needs have five good answers."""

    needs: int
    precision: float
    ceiling: float
    first: float
    recall: float
    misses: tuple[str, ...]


def demonstration() -> Memory:
    resources = [_resource(entry, kind) for entries, kind in _KINDS for entry in entries]
    return Memory(
        [*resources, *(_event(event) for event in EVENTS if isinstance(event.start, Later) and event.start.days > 0)]
    )


def _resource(entry: Entry, kind: Kind) -> Candidate:
    texts = [Text(entry.title, 3.0), Text(entry.in_short, 2.0), Text(entry.body)]
    difficulties, circumstances = "", f"{entry.title}\n{entry.in_short}"
    if isinstance(entry, Experience):
        means = f"{entry.means.cost}\n{entry.means.time}\n{entry.means.people}"
        steps = "\n".join(f"{step.title}\n{step.text}" for step in entry.steps)
        texts += [Text(entry.context), Text(steps), Text(means), Text(entry.what_failed)]
        difficulties, circumstances = entry.what_failed, f"{circumstances}\n{means}"
    if isinstance(entry, Kit):
        for sheet in entry.sheets:
            texts += [Text(f"{sheet.title}\n{sheet.in_short}"), Text(sheet.body)]
            circumstances += f"\n{sheet.title}\n{sheet.in_short}"
    return Candidate(
        key=entry.slug,
        kind=kind,
        title=entry.title,
        texts=tuple(texts),
        difficulties=difficulties,
        circumstances=circumstances,
        themes=frozenset(entry.themes),
        places=tuple(_PLACES[key] for key in entry.places),
    )


def _event(event: Event) -> Candidate:
    return Candidate(
        key=event.slug,
        kind=Kind.EVENT,
        title=event.title,
        texts=(Text(event.title, 3.0), Text(event.summary, 2.0), Text(event.body)),
        themes=frozenset(event.themes),
        places=(_PLACES[event.place],) if event.place else (),
        until=NOW + timedelta(days=60),
    )


def measure() -> Measure:
    index = demonstration()
    precision = ceiling = first = recall = 0.0
    misses = []
    asked = [case for case in CASES if case.wanted]
    for case in CASES:
        shown: list[Match] = suggest_for(case.need, shelf=index, now=NOW, limit=FIRST)
        good = [match.key in case.wanted for match in shown]
        if case.wanted:
            precision += sum(good) / FIRST
            ceiling += min(FIRST, len(case.wanted)) / FIRST
            first += bool(good and good[0])
            recall += sum(good) / min(FIRST, len(case.wanted))
        lacking = sorted(case.wanted - {match.key for match in shown})
        if lacking or (shown and not good[0]):
            misses.append(f"{case.need.title}: {[m.key[:12] for m in shown]} lacks {[key[:12] for key in lacking]}")
    return Measure(
        needs=len(CASES),
        precision=precision / len(asked),
        ceiling=ceiling / len(asked),
        first=first / len(asked),
        recall=recall / len(asked),
        misses=tuple(misses),
    )
