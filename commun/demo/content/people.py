"""Invented people: the team, a member of a collectivité, two hundred subscribers. All addresses end in `example.org`."""

from __future__ import annotations

import unicodedata

from commun.demo.content.shapes import Person, Reader
from commun.demo.content.themes import ACTION, BASES, WATER, YOUTH

SUBSCRIBERS = 200

EDITOR = Person(
    email="redaction@example.org", first_name="Camille", last_name="Aubrac", groups=("rédaction", "modération")
)
APPROVER = Person(
    email="validation@example.org", first_name="Nour", last_name="Delorme", groups=("validation", "exploitation")
)
MEMBER = Person(
    email="mairie.plouguerneau@example.org",
    first_name="Maëlle",
    last_name="Kerbrat",
    organisation="plouguerneau",
    role="Chargée de la vie locale",
)

_FIRST = [
    "Adèle",
    "Basile",
    "Célia",
    "Dario",
    "Élina",
    "Fabrice",
    "Garance",
    "Hicham",
    "Inès",
    "Joris",
    "Katell",
    "Loïc",
    "Maïwenn",
    "Nadir",
    "Océane",
    "Pascal",
    "Quitterie",
    "Rémi",
    "Solène",
    "Tarek",
    "Ursule",
    "Valentin",
    "Wassila",
    "Xavier",
    "Yaëlle",
    "Zacharie",
    "Anouk",
    "Bérenger",
    "Coraline",
    "Dimitri",
]
_LAST = [
    "Abgrall",
    "Bonnefoy",
    "Castaing",
    "Delcourt",
    "Estève",
    "Ferrandi",
    "Guivarch",
    "Hennequin",
    "Iribarne",
    "Jaouen",
    "Kessler",
    "Laborde",
    "Mazières",
    "Nédélec",
    "Ollivier",
    "Perrault",
    "Quéméner",
    "Roubaud",
    "Sarrazin",
    "Thévenet",
    "Urvoy",
    "Valmont",
    "Weiss",
    "Ybert",
    "Zuccarelli",
]
_CHOICES: tuple[tuple[str, ...], ...] = ((), (), (), (ACTION,), (ACTION, YOUTH), (), (ACTION, WATER, BASES))


def _plain(text: str) -> str:
    """ASCII letters of a name, as they stand in an address."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()


def readers() -> tuple[Reader, ...]:
    """Two hundred readers who receive this issue, with varied preferences. Always the same ones."""
    found = []
    for number in range(SUBSCRIBERS):
        first = _FIRST[number % len(_FIRST)]
        last = _LAST[(number * 7 + number // len(_FIRST)) % len(_LAST)]
        found.append(
            Reader(
                email=f"{_plain(first)}.{_plain(last)}.{number + 1:03d}@example.org",
                themes=_CHOICES[number % len(_CHOICES)],
                since_days=20 + (number * 13) % 700,
            )
        )
    return tuple(found)


def absent_readers() -> tuple[Reader, ...]:
    """Readers the issue must not reach: other themes only, or a pause. They show that preferences are kept."""
    return (
        Reader(email="jeunesse.seulement@example.org", themes=(YOUTH,), since_days=90),
        Reader(email="eau.seulement@example.org", themes=(WATER,), since_days=60),
        Reader(email="en.pause@example.org", paused_days=120, since_days=200),
    )
