"""Reading one contribution: whoever asks is checked here, and nowhere else."""

from __future__ import annotations

from commun.accounts.models import User
from commun.contributions import links
from commun.contributions.exceptions import NotYours
from commun.contributions.models import Contribution

MODERATE = "contributions.moderate"


def get_contribution_for(*, user: User, pk: int) -> Contribution:
    """For the team's screens. Raises `NotYours` for anybody else, `Contribution.DoesNotExist`."""
    if not user.has_perm(MODERATE):
        raise NotYours
    related = ("theme", "organisation", "territory__departement", "assigned_to", "merged_into", "part_of", "page")
    return Contribution.objects.select_related(*related).get(pk=pk)


def get_contribution_by_token(*, token: str) -> Contribution:
    """For whoever holds the link sent to her. Raises `ForgedLink`, `Contribution.DoesNotExist`."""
    found = Contribution.objects.select_related("theme", "territory__departement", "page", "merged_into")
    return found.get(reference=links.read_page_token(token))
