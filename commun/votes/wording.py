"""French sentences and figures made of results. Reads no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from commun.common import french
from commun.votes.tally import Ranking, Split, Step
from commun.votes.types import OptionResult, Scale

WIDTH = 600  # units of the drawing
NBSP = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    x: float
    width: float
    grade: str
    tone: int  # 0: lowest grade … 3: highest
    count: int
    percent: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """One option's profile, from the highest grade. `verdict`: its majority grade, with + or −."""

    result: OptionResult
    verdict: str
    sentence: str
    cells: Sequence[Segment] = field(default_factory=list)

    @property
    def segments(self) -> list[Segment]:
        return [cell for cell in self.cells if cell.count]


def bars(*, results: Sequence[OptionResult], scale: Scale) -> list[Bar]:
    return [
        Bar(
            result=one,
            verdict=verdict(result=one, scale=scale),
            sentence=popularity_sentence(result=one, scale=scale),
            cells=_cells(one, scale),
        )
        for one in results
    ]


def _cells(result: OptionResult, scale: Scale) -> list[Segment]:
    cells, x = [], 0.0
    steps = max(1, len(scale.grades) - 1)
    for grade in reversed(range(len(scale.grades))):
        count = result.counts[grade]
        share = count / result.ballots if result.ballots else 0.0
        width = round(WIDTH * share, 2)
        cells.append(
            Segment(
                x=round(x, 2),
                width=width,
                grade=scale.grades[grade],
                tone=grade * 3 // steps,
                count=count,
                percent=100 * share,
            )
        )
        x += width
    return cells


def verdict(*, result: OptionResult, scale: Scale) -> str:
    if result.median is None:
        return "Aucun bulletin"
    if len(scale.grades) == 2:
        return f"{french.number(result.counts[-1])} oui"
    return f"{scale.grades[result.median]} {'+' if result.above > result.below else '−'}"


def popularity_sentence(*, result: OptionResult, scale: Scale) -> str:
    if not result.ballots:
        return "aucun bulletin"
    share = french.percent(100 * result.popular / result.ballots)
    return f"{share} ({french.number(result.popular)} sur {french.number(result.ballots)})"


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """One step of a tie: who was level, what was compared, what came of it."""

    heading: str
    rule: str
    values: list[tuple[str, str]]
    outcome: str


_RULES = {
    Step.GAUGE: "On compare la part des bulletins strictement au-dessus et strictement en dessous de la mention "
    "majoritaire\N{NO-BREAK SPACE}: la plus grande des deux décide.",
    Step.MAJORITY_VALUE: "On retire un à un les bulletins médians et l’on compare les mentions rencontrées.",
    Step.READY: "On compare le nombre de collectivités prêtes à être parties prenantes.",
    Step.DEPARTEMENTS: "On compare le nombre de départements d’où vient la meilleure mention.",
    Step.DRAW: "On tire au sort, avec l’empreinte de la clôture et la valeur publique annoncée.",
}


def explain(*, ranking: Ranking, results: Sequence[OptionResult], scale: Scale) -> list[Explanation]:
    """Every step at which options level by their majority grade (or approvals) were compared."""
    by_option = {one.number - 1: one for one in results}
    told = [split for split in ranking.splits if split.step in _RULES]
    return [
        Explanation(
            heading=_join([by_option[option].title for option in split.among]),
            rule=_RULES[split.step],
            values=[
                (by_option[option].title, _value(split.step, by_option[option], scale))
                for group in split.groups
                for option in group
            ],
            outcome=_outcome(split, by_option),
        )
        for split in told
    ]


def _value(step: Step, result: OptionResult, scale: Scale) -> str:
    if step is Step.GAUGE:
        return (
            f"{result.above} au-dessus, {result.below} en dessous de «{NBSP}{scale.grades[result.median or 0]}{NBSP}»"
        )
    if step is Step.MAJORITY_VALUE:
        row = zip(reversed(scale.grades), reversed(result.counts), strict=True)
        return ", ".join(f"{count} {grade}" for grade, count in row)
    if step is Step.READY:
        return f"{result.ready} prête{'s' if result.ready > 1 else ''}"
    if step is Step.DEPARTEMENTS:
        return f"{result.departements} département{'s' if result.departements > 1 else ''}"
    return f"rang {result.place}"


def _outcome(split: Split, by_option: dict[int, OptionResult]) -> str:
    if not split.separates:
        return "L’égalité demeure."
    return "Ordre\N{NO-BREAK SPACE}: " + ", puis ".join(
        _join([by_option[option].title for option in group]) + (" (à égalité)" if len(group) > 1 else "")
        for group in split.groups
    )


def _join(titles: Sequence[str]) -> str:
    quoted = [f"«{NBSP}{title}{NBSP}»" for title in titles]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} et {quoted[-1]}"


def say_roles(*, able: bool) -> str:
    """What being « partie prenante » will ask, before it is chosen. `able`: the mandate is a signed letter already."""
    if able:
        return (
            "Ne change rien à la mention. Votre lettre signée ou votre délibération est déjà là : « partie prenante » "
            "ne demandera aucune autre preuve."
        )
    return (
        "Ne change rien à la mention. « Partie prenante » engage la collectivité : si la proposition est retenue, "
        "il faudra une lettre signée ou une délibération, que vous pourrez envoyer ensuite. « Observatrice » ne "
        "demande rien de plus."
    )
