from commun.cms.models.media import CommunDocument, CommunImage, CommunRendition
from commun.cms.models.pages import BasePage, FramePage
from commun.cms.models.settings import NetworkSettings

__all__ = ["BasePage", "CommunDocument", "CommunImage", "CommunRendition", "FramePage", "NetworkSettings"]
