from commun.territories.models.mandates import MandateEvent, Membership
from commun.territories.models.organisations import Organisation
from commun.territories.models.register import RegisterImport, SearchKey, Territory

__all__ = ["MandateEvent", "Membership", "Organisation", "RegisterImport", "SearchKey", "Territory"]
