"""The door of this room."""

from commun.territories.exceptions import (
    ApprovalRefused,
    MandateMissing,
    NothingToRenew,
    NotMember,
    NotWaiting,
    OrganisationExists,
    RegisterOlder,
    RegisterUnreadable,
    SirenInvalid,
    SuccessorUnfit,
    TerritoriesError,
)
from commun.territories.models import Membership, Organisation, Territory
from commun.territories.pickers import (
    OrganisationChooserPanel,
    OrganisationMultipleChooserPanel,
    TerritoryChooserPanel,
    TerritoryField,
    TerritoryInput,
    TerritoryMultipleChooserPanel,
)
from commun.territories.registry import register_mandate_ended
from commun.territories.selectors.mandates import (
    find_mandate,
    mandated_organisation_ids,
    members_of,
    memberships_of,
    organisation_level,
    referent_of,
    require_mandate,
)
from commun.territories.selectors.organisations import search_organisations
from commun.territories.selectors.search import Found, get_by_key, search_territories
from commun.territories.services.mandates.ending import (
    leave_organisation,
    resume_after_bounce,
    suspend_for_bounce,
)
from commun.territories.services.mandates.proving import (
    approve_membership,
    declare_membership,
    prove_membership,
    refuse_membership,
)
from commun.territories.services.organisations import organisation_of, register_organisation
from commun.territories.services.register import EMBEDDED as EMBEDDED_REGISTER
from commun.territories.services.register import Outcome, import_register
from commun.territories.siren import clean_siren, siren_of_siret
from commun.territories.types import (
    MandateEnded,
    MandateEventKind,
    MandateLevel,
    MandateMethod,
    MembershipState,
    NameKind,
    OrganisationKind,
    TerritoryKind,
)

__all__ = [
    "EMBEDDED_REGISTER",
    "ApprovalRefused",
    "Found",
    "MandateEnded",
    "MandateEventKind",
    "MandateLevel",
    "MandateMethod",
    "MandateMissing",
    "Membership",
    "MembershipState",
    "NameKind",
    "NotMember",
    "NotWaiting",
    "NothingToRenew",
    "Organisation",
    "OrganisationChooserPanel",
    "OrganisationExists",
    "OrganisationKind",
    "OrganisationMultipleChooserPanel",
    "Outcome",
    "RegisterOlder",
    "RegisterUnreadable",
    "SirenInvalid",
    "SuccessorUnfit",
    "TerritoriesError",
    "Territory",
    "TerritoryChooserPanel",
    "TerritoryField",
    "TerritoryInput",
    "TerritoryKind",
    "TerritoryMultipleChooserPanel",
    "approve_membership",
    "clean_siren",
    "declare_membership",
    "find_mandate",
    "get_by_key",
    "import_register",
    "leave_organisation",
    "mandated_organisation_ids",
    "members_of",
    "memberships_of",
    "organisation_level",
    "organisation_of",
    "prove_membership",
    "referent_of",
    "refuse_membership",
    "register_mandate_ended",
    "register_organisation",
    "require_mandate",
    "resume_after_bounce",
    "search_organisations",
    "search_territories",
    "siren_of_siret",
    "suspend_for_bounce",
]
