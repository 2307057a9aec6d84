"""The door of this room. Higher rooms may also inherit from `cms.models` and `cms.blocks`."""

from commun.cms.models import CommunDocument, CommunImage, NetworkSettings
from commun.cms.selectors import get_network
from commun.cms.types import Language, Licence

__all__ = [
    "CommunDocument",
    "CommunImage",
    "Language",
    "Licence",
    "NetworkSettings",
    "get_network",
]
