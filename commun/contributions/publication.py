"""What somebody took back is not published: that is what she was told when she did."""

from __future__ import annotations

from wagtail.models import Page

from commun.contributions.models import Contribution
from commun.contributions.types import State

# Codes of `cms.api.publication_refusal`.
WITHDRAWN = "contribution_withdrawn"

SAID = (
    "La personne qui avait donné ce texte l’a retiré, et il lui a été promis que rien n’en serait publié : cette page "
    "reste un brouillon, et ne se copie pas. Supprimez-la si elle ne sert plus."
)


def refuse_withdrawn(page: Page) -> str:
    """A page that is also made of a contribution somebody left with us may be published."""
    states = set(Contribution.objects.filter(page=page.pk).values_list("state", flat=True))
    return WITHDRAWN if states == {State.WITHDRAWN} else ""
