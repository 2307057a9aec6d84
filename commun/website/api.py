"""The door of this room. Only configuration and the demonstration stand above it."""

from commun.website.models import HomePage, LegalPage
from commun.website.services.tree import ensure_site

__all__ = ["HomePage", "LegalPage", "ensure_site"]
