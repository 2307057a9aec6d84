from commun.territories.models.mandates import MandateEvent, Membership
from commun.territories.models.organisations import Organisation, OrganisationChange
from commun.territories.models.proofs import MandateCode, MandateDocument, MandateRequest, OfficialAddress
from commun.territories.models.register import RegisterImport, SearchKey, Territory

__all__ = [
    "MandateCode",
    "MandateDocument",
    "MandateEvent",
    "MandateRequest",
    "Membership",
    "OfficialAddress",
    "Organisation",
    "OrganisationChange",
    "RegisterImport",
    "SearchKey",
    "Territory",
]
