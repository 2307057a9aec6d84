"""The life of a mandate: the bond between a person and an organisation. How sure one is of it is its level."""

from __future__ import annotations

from datetime import timedelta

from commun.common.states import Life, Mover, move
from commun.territories.types import MembershipState as M

MANDATE = Life(
    slug="mandat",
    title="Un mandat",
    states=M.choices,
    start=M.ACTIVE,
    final=[M.ACTIVE, M.ENDED],
    moves=[
        move("prouvé, et la collectivité a déjà un référent", M.ACTIVE, M.PENDING, Mover.PERSON),
        move(
            "le référent accepte ; la modération, dès le septième jour",
            M.PENDING,
            M.ACTIVE,
            Mover.PERSON,
            within=timedelta(days=21),
            since="approval_asked_at",
        ),
        move("refusé", M.PENDING, M.ENDED, Mover.PERSON),
        move("son courriel revient", M.ACTIVE, M.SUSPENDED, Mover.MESSAGE),
        move("elle a relu un code à cette adresse", M.SUSPENDED, M.ACTIVE, Mover.PERSON),
        move("ses douze mois sont passés : à prouver de nouveau", [M.PENDING, M.SUSPENDED], M.ACTIVE, Mover.CLOCK),
        move("quitte la collectivité, ou compte effacé", [M.ACTIVE, M.PENDING, M.SUSPENDED], M.ENDED, Mover.PERSON),
    ],
)
