"""The published ladder: each step only separates what the steps before left level, and says what it saw."""

from __future__ import annotations

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from commun.votes.tally.counting import Profile
from commun.votes.tally.draw import draw_order
from commun.votes.tally.profiles import gauge, majority_value, median


class Method(enum.StrEnum):
    MAJORITY_JUDGMENT = "majority_judgment"
    APPROVAL = "approval"


class Step(enum.StrEnum):
    """What may separate two options. `READY` and later are chosen, in their order, when the vote is made.

    "More votes for the highest grade" is not one of them: options with one majority value have the same profile.
    """

    MEDIAN = "median"
    GAUGE = "gauge"
    MAJORITY_VALUE = "majority_value"
    APPROVALS = "approvals"
    READY = "ready"
    DEPARTEMENTS = "departements"
    DRAW = "draw"


RULES = {
    Method.MAJORITY_JUDGMENT: (Step.MEDIAN, Step.GAUGE, Step.MAJORITY_VALUE),
    Method.APPROVAL: (Step.APPROVALS,),
}
TIE_STEPS = (Step.READY, Step.DEPARTEMENTS, Step.DRAW)


@dataclass(frozen=True, slots=True)
class Split:
    """At `step`, the options of `among`, level until then, came apart (or not) into `groups`, best first."""

    step: Step
    among: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]

    @property
    def separates(self) -> bool:
        return len(self.groups) > 1


@dataclass(frozen=True, slots=True)
class Ranking:
    """`groups`: options, best first; several in a group are level. `before_draw`: the same before drawing lots.

    `splits`: every attempt to separate, in order. `waits_for_draw`: a draw is in the ladder and its seed is not known.
    """

    groups: tuple[tuple[int, ...], ...]
    before_draw: tuple[tuple[int, ...], ...]
    splits: tuple[Split, ...]
    waits_for_draw: bool

    def place(self, option: int, *, before_draw: bool = False) -> int:
        """1 for the first; options that are level have the same place."""
        above = 0
        for group in self.before_draw if before_draw else self.groups:
            if option in group:
                return above + 1
            above += len(group)
        raise KeyError(option)

    def level_with(self, option: int) -> tuple[int, ...]:
        """The other options that only lots could separate from this one."""
        group = next(group for group in self.before_draw if option in group)
        return tuple(other for other in group if other != option)


def _gauge_key(profile: Profile) -> tuple[int, int, int]:
    read = gauge(profile.counts)
    return (-1, 0, 0) if read is None else read.key


_KEYS: dict[Step, Callable[[Profile], Any]] = {
    Step.MEDIAN: lambda profile: -1 if (middle := median(profile.counts)) is None else middle,
    Step.GAUGE: _gauge_key,
    Step.MAJORITY_VALUE: lambda profile: majority_value(profile.counts),
    Step.APPROVALS: lambda profile: profile.counts[-1],
    Step.READY: lambda profile: profile.ready,
    Step.DEPARTEMENTS: lambda profile: profile.departements,
}


def rank(profiles: Sequence[Profile], *, method: Method, ladder: Sequence[Step], seed: str | None) -> Ranking:
    """Rank options 0…n-1. `ladder`: the tie steps of this vote, in order. `seed`: for the draw, None while unknown.

    Without any ballot everything is level and nothing is drawn.
    """
    if len({profile.ballots for profile in profiles}) > 1:
        raise ValueError("profiles of one vote have as many ballots")
    if not set(ladder) <= set(TIE_STEPS) or (Step.DRAW in ladder and ladder[-1] is not Step.DRAW):
        raise ValueError("a ladder is made of tie steps, the draw last")
    groups: list[tuple[int, ...]] = [tuple(range(len(profiles)))]
    splits: list[Split] = []
    if not any(profile.ballots for profile in profiles):
        return Ranking(tuple(groups), tuple(groups), (), waits_for_draw=False)
    for step in (*RULES[method], *(step for step in ladder if step is not Step.DRAW)):
        groups = _refine(groups, splits, step, lambda group, step=step: _split(group, profiles, _KEYS[step]))  # type: ignore[misc]
    before_draw = tuple(groups)
    waits = Step.DRAW in ladder and seed is None and any(len(group) > 1 for group in groups)
    if Step.DRAW in ladder and seed is not None:
        groups = _refine(
            groups, splits, Step.DRAW, lambda group: [(option,) for option in draw_order(group, seed=seed)]
        )
    return Ranking(tuple(groups), before_draw, tuple(splits), waits_for_draw=waits)


def _refine(
    groups: Sequence[tuple[int, ...]],
    splits: list[Split],
    step: Step,
    part: Callable[[tuple[int, ...]], list[tuple[int, ...]]],
) -> list[tuple[int, ...]]:
    refined: list[tuple[int, ...]] = []
    for group in groups:
        parts = part(group) if len(group) > 1 else [group]
        if len(group) > 1:
            splits.append(Split(step=step, among=group, groups=tuple(parts)))
        refined += parts
    return refined


def _split(group: tuple[int, ...], profiles: Sequence[Profile], key: Callable[[Profile], Any]) -> list[tuple[int, ...]]:
    keys = {option: key(profiles[option]) for option in group}
    ordered = sorted(group, key=lambda option: keys[option], reverse=True)  # stable: level options keep their order
    return [tuple(same) for _, same in groupby(ordered, key=lambda option: keys[option])]
