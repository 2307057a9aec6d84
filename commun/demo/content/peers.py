"""Collectivités that ask to meet each other: invented, as all that is said in their name here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class DemoIntroduction:
    """`asking` and `asked`: places of the register; `page`: in the title of the experience it is about; `times`: in so
    many days, at ten; `answered`: how many days after."""

    asking: str
    asked: str
    days: int
    reason: str
    hope: str = ""
    availability: str = ""
    page: str = ""
    times: tuple[int, ...] = ()
    answered: int = 0
    shown: bool = False
    helped: str = ""


INTRODUCTIONS = (
    DemoIntroduction(
        asking="departement:22",
        asked="commune:29195",
        days=4,
        page="Plouguerneau et ses voisines",
        reason="Nous préparons un sentier avec cinq communes du littoral, et le groupe d'habitants s'essouffle déjà.",
        hope="Savoir ce que vous referiez autrement.",
        availability="Le mardi, ou en fin de journée.",
        times=(6, 9),
    ),
    DemoIntroduction(
        asking="commune:29195",
        asked="departement:33",
        days=50,
        reason="Vous avez tenu deux samedis de chantier : nous cherchons comment garder du monde au troisième.",
        answered=3,
        shown=True,
        helped="yes",
    ),
    # Two that alone join parts of the network: the team sees them among the fragile links.
    DemoIntroduction(
        asking="commune:29195",
        asked="commune:23096",
        days=160,
        reason="Vous réunissez huit petites villes sans que l'une commande. Comment avez-vous commencé ?",
        hope="Venir à la prochaine rencontre, sans rien y présenter.",
        answered=6,
        shown=True,
        helped="yes",
    ),
    DemoIntroduction(
        asking="commune:55545",
        asked="departement:59",
        days=215,
        reason="Vos collèges ont ouvert leur cour le samedi. Nos jeunes demandent la même chose.",
        answered=8,
        shown=True,
        helped="yes",
    ),
)

# Whose people looked at where they stand, how many days ago it was opened, for how long; then each sheet, statement by
# statement in their order, "." for what was left out.
STANDING = "commune:29195"
OPENED_DAYS, LASTED_DAYS = 40, 14
SHEETS = (
    "adbbabcbbabdbacdab",
    "bdaabdcbbbbcbacdba",
    "cdbbcdbcbabdbbbdbb",
    "adab.dcbbaadaacdab",
    "dcbbadbbbbbccbbcba",
    "cdbabddcbaadb.cdab",
    "bcbbbdcbeabdbabdbb",
)
