"""The steps of each form: what is asked, in which order. Pure."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from commun.contributions.types import Kind


class Step(enum.StrEnum):
    """The value is part of the address."""

    WHAT = "quoi"
    WHEN = "quand"
    WHERE = "ou"
    FILES = "fichiers"
    YOU = "vous"
    REVIEW = "relire"


STEPS: dict[Kind, tuple[Step, ...]] = {
    Kind.RESOURCE: (Step.WHAT, Step.WHERE, Step.FILES, Step.YOU, Step.REVIEW),
    Kind.EVENT: (Step.WHAT, Step.WHEN, Step.WHERE, Step.FILES, Step.YOU, Step.REVIEW),
    Kind.NEWS: (Step.WHAT, Step.WHERE, Step.FILES, Step.YOU, Step.REVIEW),
    Kind.NEED: (Step.WHAT, Step.WHERE, Step.YOU, Step.REVIEW),
    Kind.PROPOSAL: (Step.WHAT, Step.YOU, Step.REVIEW),
    Kind.QUESTION: (Step.WHAT, Step.YOU, Step.REVIEW),
}

SLUGS: dict[str, Kind] = {
    "ressource": Kind.RESOURCE,
    "evenement": Kind.EVENT,
    "actualite": Kind.NEWS,
    "besoin": Kind.NEED,
    "thematique": Kind.PROPOSAL,
    "question": Kind.QUESTION,
}
SLUG_OF = {kind: slug for slug, kind in SLUGS.items()}

_TITLES: dict[Step, str] = {
    Step.WHAT: "Ce que vous donnez",
    Step.WHEN: "Quand et comment y participer",
    Step.WHERE: "Le lieu et la thématique",
    Step.FILES: "Les fichiers et leur licence",
    Step.YOU: "Qui vous êtes",
    Step.REVIEW: "Relire et envoyer",
}
_OWN_TITLES: dict[tuple[Kind, Step], str] = {
    (Kind.EVENT, Step.WHAT): "L’événement",
    (Kind.NEWS, Step.WHAT): "L’actualité",
    (Kind.NEED, Step.WHAT): "Votre besoin",
    (Kind.NEED, Step.WHERE): "Pour quel territoire",
    (Kind.PROPOSAL, Step.WHAT): "La thématique",
    (Kind.QUESTION, Step.WHAT): "Votre message",
}


@dataclass(frozen=True, kw_only=True)
class Progress:
    """What the stepper shows. `number` starts at 1; `following` is the title of the next step, "" at the last."""

    number: int
    total: int
    title: str
    following: str


def title_of(*, kind: Kind, step: Step) -> str:
    return _OWN_TITLES.get((kind, step)) or _TITLES[step]


def progress(*, kind: Kind, step: Step) -> Progress:
    steps = STEPS[kind]
    place = steps.index(step)
    following = title_of(kind=kind, step=steps[place + 1]) if place + 1 < len(steps) else ""
    return Progress(number=place + 1, total=len(steps), title=title_of(kind=kind, step=step), following=following)


def after(*, kind: Kind, step: Step) -> Step:
    """The next step; the last one follows itself."""
    steps = STEPS[kind]
    return steps[min(steps.index(step) + 1, len(steps) - 1)]


def before(*, kind: Kind, step: Step) -> Step | None:
    place = STEPS[kind].index(step)
    return STEPS[kind][place - 1] if place else None


def first_missing(*, kind: Kind, filled: set[str]) -> Step | None:
    """The first step never filled; None when only the review remains."""
    return next((step for step in STEPS[kind] if step is not Step.REVIEW and step.value not in filled), None)
