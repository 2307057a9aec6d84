"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common.privacy import Holding
from commun.library.models import ArticlePage, ConceptPage, ExperiencePage, GuidePage, KitPage, ResourcePage

ROWS = (
    Holding(
        of="les personnes créditées",
        what="le nom, quand elles le demandent",
        why="nommer l’auteur·rice",
        how_long="autant que la page, ou jusqu’à votre demande",
        models=(ResourcePage, ArticlePage, ConceptPage, ExperiencePage, GuidePage, KitPage),
    ),
)
