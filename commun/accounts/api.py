"""The door of this room."""

from commun.accounts.address_field import AddressField
from commun.accounts.addresses import InvalidAddress, normalise_email
from commun.accounts.grants import give_permissions
from commun.accounts.proconnect import SIRET as PROCONNECT_SIRET
from commun.accounts.services import address_answered_at, create_member, name_person
from commun.accounts.space import (
    SpaceAction,
    SpaceEntry,
    SpaceSection,
    asked_of,
    register_space_section,
    space_sections,
)
from commun.accounts.team_search import SHORTEST, Hit, Hits, register_team_search, search_for_team
from commun.accounts.types import EXPLOITATION, GROUPS, MODERATION, REDACTION, VALIDATION

__all__ = [
    "EXPLOITATION",
    "GROUPS",
    "MODERATION",
    "PROCONNECT_SIRET",
    "REDACTION",
    "SHORTEST",
    "VALIDATION",
    "AddressField",
    "Hit",
    "Hits",
    "InvalidAddress",
    "SpaceAction",
    "SpaceEntry",
    "SpaceSection",
    "address_answered_at",
    "asked_of",
    "create_member",
    "give_permissions",
    "name_person",
    "normalise_email",
    "register_space_section",
    "register_team_search",
    "search_for_team",
    "space_sections",
]
