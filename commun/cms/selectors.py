"""Reading the identity of the network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from wagtail.models import Page, Site

from commun.cms.models import NetworkSettings
from commun.cms.routing import site_of

AnyPage = TypeVar("AnyPage", bound=Page)


def on_line(pages: Iterable[AnyPage]) -> list[AnyPage]:
    """Those that everybody may read: what a page names of the tree (its themes) may still be a draft."""
    return [page for page in pages if page.live]


def get_network(*, request: HttpRequest | None = None) -> NetworkSettings:
    """Identity of the network, with what was left empty taken from the operator's settings. Not to be saved.

    Never writes: an anonymous GET must change nothing, so a row that does not exist yet is only made in memory.
    With `request`, it is read once per request.
    """
    cached: NetworkSettings | None = getattr(request, "_commun_network", None)
    if cached is not None:
        return cached
    site = site_of(request=request) if request is not None else None
    site = site or Site.objects.filter(is_default_site=True).first()
    network = NetworkSettings.objects.filter(site=site).first() or NetworkSettings(site=site)
    network.name = network.name or settings.SITE_NAME
    if settings.INBOUND_DOMAIN:
        network.contribution_email = network.contribution_email or f"editorialisation@{settings.INBOUND_DOMAIN}"
        network.agenda_email = network.agenda_email or f"agenda@{settings.INBOUND_DOMAIN}"
    network.contribution_email = network.contribution_email or network.contact_email
    network.agenda_email = network.agenda_email or network.contribution_email
    if request is not None:
        request._commun_network = network  # type: ignore[attr-defined]
    return network


class Addresses:
    """Addresses of several pages of the one site, outside a request: where the site begins is asked once for all."""

    def of(self, page: Page | None) -> str:
        """ "" for none, and for what is not on line."""
        parts = page.get_url_parts(self) if page is not None and page.live else None
        return (parts[2] or "") if parts else ""
