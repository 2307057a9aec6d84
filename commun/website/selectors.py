"""What the frame of every page reads."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from wagtail.models import Page

from commun.cms.api import NetworkSettings, get_network, site_of
from commun.common.memory import remember
from commun.territories.api import Organisation
from commun.website.duty.audit import get_audit
from commun.website.types import Frame, Link

# Pages that are views of a room; each is shown in the menu as soon as the room exists.
_VIEWS_IN_MENU = (
    ("Contribuer", "/contribuer/"),
    ("Annuaire", "/annuaire/"),
    ("Votes", "/votes/"),
    ("Projets partagés", "/projets/"),
)
_LEGAL_VIEWS = (
    ("Plan du site", "/plan-du-site/"),
    ("Contact", "/contact/"),
    ("Données ouvertes", "/developpeurs/"),
)


def get_frame(*, request: HttpRequest) -> Frame:
    """Menu, legal links, partners, messages: read once per request, however many templates ask."""
    cached: Frame | None = getattr(request, "_commun_frame", None)
    if cached is not None:
        return cached
    site = site_of(request=request)
    key = f"frame:{site.pk if site is not None else 0}"
    tops, network = remember(request=request, key=key, compute=lambda: _read_frame(request=request))
    menu = [_link(request=request, label=top.label, url=top.url) for top in tops if top.in_menu]
    menu += [_link(request=request, label=label, url=path) for label, path in _VIEWS_IN_MENU if is_a_view(path=path)]
    legal = [_link(request=request, label=label, url=path) for label, path in _LEGAL_VIEWS if is_a_view(path=path)]
    legal += [_link(request=request, label=top.label, url=top.url) for top in tops if not top.in_menu]
    frame = Frame(
        network=network,
        menu=menu,
        legal=legal,
        # Reading messages where there is no cookie would only touch the session of a passer-by.
        messages=list(get_messages(request)) if request.COOKIES and hasattr(request, "_messages") else (),
        subscribe_url=_path("/abonnement/"),
        contribute_url=_path("/contribuer/"),
        letter_url=next((top.url for top in tops if top.slug == "lettre"), ""),
        account_url=_path("/mon-espace/") or reverse("account_email"),
        contact_url=_path("/contact/"),
        opinion_url=settings.JE_DONNE_MON_AVIS_URL,
    )
    request._commun_frame = frame  # type: ignore[attr-defined]
    return frame


def partners() -> list[Organisation]:
    """Partners of the network, by name, with their mark."""
    found = Organisation.objects.filter(is_partner=True, is_checked=True).select_related("logo")
    return list(found.order_by("search_name", "pk"))


@cache
def is_a_view(*, path: str) -> bool:
    """Whether a room answers at this address of ours itself (Wagtail's pages answer whatever is left)."""
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def _path(path: str) -> str:
    return path if is_a_view(path=path) else ""


@dataclass(frozen=True)
class _Top:
    """A page right under home."""

    slug: str
    label: str
    url: str
    in_menu: bool


def _read_frame(*, request: HttpRequest) -> tuple[list[_Top], NetworkSettings]:
    site = site_of(request=request)
    pages = list(site.root_page.get_children().live().order_by("path")) if site is not None else []
    tops = [
        _Top(page.slug, _label(page), page.get_url(request=request) or "/", in_menu=page.show_in_menus)
        for page in pages
    ]
    return tops, get_network(request=request)


def _label(page: Page) -> str:
    """The law wants the conformity itself at the foot of every page."""
    return f"Accessibilité : {get_audit().mention}" if page.slug == "accessibilite" else page.title


def _link(*, request: HttpRequest, label: str, url: str | None) -> Link:
    url = url or "/"
    return Link(
        label=label,
        url=url,
        current=request.path == url,
        inside=url != "/" and request.path.startswith(url),
    )
