"""Needs and candidates, made for a test, by hand or by hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from commun.cooperation.matching import Candidate, Held, Kind, NeedText, Place, Text
from commun.cooperation.matching.facts import read_once
from commun.finding.analysis.worth import rarity

NOW = datetime(2026, 11, 24, 10, tzinfo=UTC)
_WORDS = ("cantine", "compost", "eau", "rivière", "jeunes", "bancs", "Réunion", "BÉNÉVOLES", "l’assemblée", "œuvre")
_TROUBLES = (
    "Nous manquons de temps.",
    "Les élus sont réticents.",
    "Personne ne vient.",
    "Un tout petit budget",
    "Des tensions entre voisins",
    "",
)


def candidate(key: str = "a", title: str = "", body: str = "", **fields: Any) -> Candidate:
    return Candidate(
        **{"key": key, "kind": Kind.EXPERIENCE, "title": title, "texts": (Text(title, 3.0), Text(body, 1.0)), **fields},
    )


class Memory:
    """A shelf that holds all its candidates."""

    def __init__(self, candidates: Iterable[Candidate], *, weigh: Callable[[int, int], float] = rarity) -> None:
        held = {one.key: Held(*read_once(one)) for one in candidates}
        self._held = [held[key] for key in sorted(held)]
        self._weigh = weigh

    @property
    def unit(self) -> float:
        return self._weigh(max(1, len(self._held)), 1)

    def weigh(self, roots: Collection[str]) -> Mapping[str, float]:
        having = {root: sum(root in one.worths for one in self._held) for root in roots}
        return {root: self._weigh(len(self._held), number) for root, number in having.items()}

    def find(self, weights: Mapping[str, float], *, theme: str) -> list[Held]:
        return self._held


sentences = st.lists(st.sampled_from(_WORDS), max_size=8).map(" ".join)
strange = st.text(max_size=60)
themes = st.sampled_from(["eau", "jeunes", "bases"])
places = st.builds(
    Place,
    kind=st.sampled_from(["commune", "epci"]),
    population=st.sampled_from([None, 0, 499, 500, 1_999, 2_000, 9_999, 10_000, 49_999, 50_000, 2_000_000]),
    departement=st.sampled_from(["", "29", "38"]),
    departement_name=st.just("Finistère"),
    region=st.sampled_from(["", "53", "84"]),
    region_name=st.just("Bretagne"),
)
needs = st.builds(
    NeedText,
    theme=st.one_of(st.just(""), themes),
    theme_title=st.just("L’eau, un bien à partager"),
    title=st.one_of(sentences, strange),
    text=st.one_of(sentences, st.sampled_from(_TROUBLES)),
    constraints=st.sampled_from(["", "temps", "budget de 2 000 €", "les élus", "compétences"]),
    stage=st.sampled_from(["", "idea", "stuck"]),
    stage_label=st.just("Nous y pensons"),
    place=st.one_of(st.none(), places),
)


def candidates(*, key: st.SearchStrategy[str]) -> st.SearchStrategy[Candidate]:
    return st.builds(
        candidate,
        key=key,
        title=st.one_of(sentences, strange),
        body=sentences,
        kind=st.sampled_from(Kind),
        difficulties=st.sampled_from(["", "Le temps a manqué.", "Le budget.", *_TROUBLES]),
        circumstances=st.sampled_from(_TROUBLES),
        themes=st.frozensets(themes, max_size=2),
        places=st.lists(places, max_size=2).map(tuple),
        stage=st.sampled_from(["", "idea", "stuck"]),
    )


shelves = st.lists(
    candidates(key=st.integers(0, 30).map(lambda number: f"{number:02}")),
    max_size=12,
    unique_by=lambda one: one.key,
)
