"""What frames a page: menu, breadcrumb, footer."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.models import Page

from commun.common.memory import remember
from commun.website.heading import heading
from commun.website.selectors import get_frame, partners
from commun.website.types import Frame, Link

register = template.Library()

# What a view may stand under: its words in a breadcrumb lead there.
_SECTIONS = {"Mon espace": "website:space", "Votes": "votes:index", "Annuaire": "territories:directory"}


@register.simple_tag(takes_context=True)
def site_frame(context: template.Context) -> Frame:
    return get_frame(request=context.get("request") or HttpRequest())


@register.simple_tag(takes_context=True)
def site_footer(context: template.Context) -> SafeString:
    """The same under every page: made once for all of them."""
    request = context.get("request")

    def make() -> SafeString:
        told = {"frame": site_frame(context), "partners": partners()}
        return render_to_string("website/parts/footer.html", told, request=request)

    return remember(request=request, key="footer", compute=make)


@register.inclusion_tag("website/parts/heading.html", takes_context=True)
def page_heading(context: template.Context) -> dict[str, Any]:
    """What the page tells machines; nothing for views, which say their title alone."""
    page, request = context.get("page"), context.get("request")
    if not isinstance(page, Page) or request is None:
        return {"heading": None}
    key = f"heading:{page.pk}:{request.GET.get('page', '')[:4]}"
    network = get_frame(request=request).network
    told = remember(request=request, key=key, compute=lambda: (heading(page=page, request=request, network=network),))
    return {"heading": told[0], "page": page, "network": network}


@register.inclusion_tag("website/parts/breadcrumb.html", takes_context=True)
def breadcrumb(context: template.Context, *labels: Any) -> dict[str, Any]:
    """Where we are. Of a page of the site by itself; of a view, with the words given, the last one being here."""
    page = context.get("page")
    trail: list[Link] = []
    if labels:
        *above_here, here_label = map(str, labels)
        trail = [Link(label=label, url=_section(label)) for label in above_here]
        trail.append(Link(label=here_label, url=""))
    elif isinstance(page, Page) and page.depth > 2:
        request, here = context.get("request"), page
        above = remember(request=request, key=f"above:{page.pk}", compute=lambda: _above(page=here, request=request))
        trail = [*above, Link(label=page.title, url="")]
    return {"trail": trail}


def _section(label: str) -> str:
    return reverse(_SECTIONS[label]) if label in _SECTIONS else ""


def _above(*, page: Page, request: HttpRequest | None) -> list[Link]:
    ancestors = page.get_ancestors().filter(depth__gt=2)
    return [Link(label=one.title, url=one.get_url(request=request) or "/") for one in ancestors]
