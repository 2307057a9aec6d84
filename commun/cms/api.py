"""The door of this room. Higher rooms may also inherit from `cms.models` and `cms.blocks`."""

from commun.cms.exceptions import NotToBeOnline
from commun.cms.listening import register_page_listener
from commun.cms.models import CommunDocument, CommunImage, NetworkSettings
from commun.cms.publication import publication_refusal, register_publication_guard
from commun.cms.rights import FixedRights, PageRights, register_rights
from commun.cms.routing import serve, site_of
from commun.cms.selectors import Addresses, get_network, on_line
from commun.cms.services.permissions import let_moderation_in
from commun.cms.services.sections import ensure_sections
from commun.cms.types import Language, Licence

__all__ = [
    "Addresses",
    "CommunDocument",
    "CommunImage",
    "FixedRights",
    "Language",
    "Licence",
    "NetworkSettings",
    "NotToBeOnline",
    "PageRights",
    "ensure_sections",
    "get_network",
    "let_moderation_in",
    "on_line",
    "publication_refusal",
    "register_page_listener",
    "register_publication_guard",
    "register_rights",
    "serve",
    "site_of",
]
