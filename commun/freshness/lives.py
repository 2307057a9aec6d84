"""The lives of this room: whether a page is still true, a report, a link."""

from __future__ import annotations

from datetime import timedelta

from commun.common.states import Life, Mover, move
from commun.freshness.types import LinkState as L
from commun.freshness.types import PageState as P
from commun.freshness.types import ReportState as R

PATIENCE = timedelta(days=30)  # how long one who is asked has, before somebody else is
_TEAM = timedelta(days=14)

PAGE = Life(
    slug="page-tenue-a-jour",
    title="Une page tenue à jour",
    states=P.choices,
    start=P.TRUE,
    final=[P.TRUE],
    moves=[
        move("personne ne l’a vérifiée depuis longtemps", P.TRUE, P.ASKED, Mover.SWEEP),
        move("toujours vrai", [P.ASKED, P.CHANGED, P.OVER], P.TRUE, Mover.PERSON),
        move("on dit ce qui a changé", [P.ASKED, P.OVER], P.CHANGED, Mover.PERSON),
        move("on dit que ce n’est plus vrai", [P.ASKED, P.CHANGED], P.OVER, Mover.PERSON),
    ],
)

REPORT = Life(
    slug="signalement",
    title="Un signalement",
    states=R.choices,
    start=R.NEW,
    final=[R.MENDED, R.LEFT, R.SPAM],
    moves=[
        move("l’équipe corrige, et le dit", R.NEW, R.MENDED, Mover.PERSON, within=_TEAM, since="received_at"),
        move("l’équipe répond que rien ne change", R.NEW, R.LEFT, Mover.PERSON),
        move("indésirable", R.NEW, R.SPAM, Mover.PERSON),
        move("la page n’est plus en ligne", R.NEW, R.MENDED, Mover.SWEEP),
        move("rouvert", [R.MENDED, R.LEFT, R.SPAM], R.NEW, Mover.PERSON, undo=True),
    ],
)

_SEEN = (L.NEW, L.FINE, L.SHY, L.FAILING, L.DEAD)
LINK = Life(
    slug="lien",
    title="Un lien vers un autre site",
    states=L.choices,
    start=L.NEW,
    final=[L.LEFT],
    moves=[
        move("il répond", _SEEN, L.FINE, Mover.SWEEP),
        move("il refuse les programmes", _SEEN, L.SHY, Mover.SWEEP),
        move("il ne répond pas", [L.NEW, L.FINE, L.SHY, L.FAILING], L.FAILING, Mover.SWEEP),
        move("trois fois, sur une semaine au moins", L.FAILING, L.DEAD, Mover.SWEEP),
        move("l’équipe le met de côté", [L.FAILING, L.DEAD, L.SHY], L.LEFT, Mover.PERSON),
        move("l’équipe le fait vérifier de nouveau", L.LEFT, L.NEW, Mover.PERSON, undo=True),
    ],
)
