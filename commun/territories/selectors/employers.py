"""What a SIRET given by an identity provider says: where somebody works, and nothing of what she may decide."""

from __future__ import annotations

from commun.accounts.models import User
from commun.territories.models import Membership, Organisation, Territory
from commun.territories.siren import siren_of_siret


def find_employer(*, siret: str) -> Territory | Organisation | None:
    """The place of the register, or the body entered freely, that this SIRET names."""
    try:
        siren = siren_of_siret(siret)
    except ValueError:
        return None
    place = Territory.objects.current().with_parents().filter(siren=siren).first()
    return place or Organisation.objects.filter(siren=siren, territory=None).first()


def acts_for(*, user: User, employer: Territory | Organisation) -> bool:
    """Whether she already said that she acts for it."""
    mine = Membership.objects.open().filter(user=user)
    if isinstance(employer, Territory):
        return mine.filter(organisation__territory=employer).exists()
    return mine.filter(organisation=employer).exists()
