"""The door of this room."""

from commun.territories.exceptions import (
    OrganisationExists,
    RegisterOlder,
    RegisterUnreadable,
    SirenInvalid,
    TerritoriesError,
)
from commun.territories.models import Organisation, Territory
from commun.territories.pickers import (
    OrganisationChooserPanel,
    OrganisationMultipleChooserPanel,
    TerritoryChooserPanel,
    TerritoryField,
    TerritoryInput,
    TerritoryMultipleChooserPanel,
)
from commun.territories.selectors.organisations import search_organisations
from commun.territories.selectors.search import Found, get_by_key, search_territories
from commun.territories.services.organisations import organisation_of, register_organisation
from commun.territories.services.register import EMBEDDED as EMBEDDED_REGISTER
from commun.territories.services.register import Outcome, import_register
from commun.territories.siren import clean_siren, siren_of_siret
from commun.territories.types import NameKind, OrganisationKind, TerritoryKind

__all__ = [
    "EMBEDDED_REGISTER",
    "Found",
    "NameKind",
    "Organisation",
    "OrganisationChooserPanel",
    "OrganisationExists",
    "OrganisationKind",
    "OrganisationMultipleChooserPanel",
    "Outcome",
    "RegisterOlder",
    "RegisterUnreadable",
    "SirenInvalid",
    "TerritoriesError",
    "Territory",
    "TerritoryChooserPanel",
    "TerritoryField",
    "TerritoryInput",
    "TerritoryKind",
    "TerritoryMultipleChooserPanel",
    "clean_siren",
    "get_by_key",
    "import_register",
    "organisation_of",
    "register_organisation",
    "search_organisations",
    "search_territories",
    "siren_of_siret",
]
