"""What frames a page: menu, breadcrumb, footer."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.models import Page

from commun.common.memory import remember
from commun.cooperation.api import SharedProject
from commun.territories.api import Organisation
from commun.votes.api import Vote
from commun.website.heading import Heading, heading, heading_of_view
from commun.website.linked_data import describe_organisation, describe_project, describe_vote, script
from commun.website.selectors import get_frame, partners
from commun.website.types import Frame, Link

register = template.Library()

# What a view may stand under: its words in a breadcrumb lead there.
_SECTIONS = {"Mon espace": "website:space", "Votes": "votes:index", "Annuaire": "website:directory"}


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


class _Head(template.Node):
    """What a page tells machines: `{% head %} its title {% described %} what it is {% endhead %}`.

    Pages of the tree have an address to remember, and a picture. So have those that a room makes, as soon as their
    template says what they are (`description`): what belongs to one person, or went wrong, says nothing of itself.
    """

    child_nodelists = ("title", "description")

    def __init__(self, title: template.NodeList, description: template.NodeList) -> None:
        self.title, self.description = title, description

    def render(self, context: template.Context) -> SafeString:
        title, description = _words(self.title.render(context)), _words(self.description.render(context))
        frame = site_frame(context)
        told = _heading(context, title=title, described=bool(description), frame=frame)
        said = {
            "title": title + _rank(context.get("request")),
            "description": description or _words(frame.network.presentation),
            "heading": told,
            "network": frame.network,
        }
        return render_to_string("website/parts/head.html", {**said, "SITE_NAME": settings.SITE_NAME})


def _words(html: str) -> str:
    """As text, on one line."""
    return re.sub(r"[ \t\n]+", " ", unescape(html)).strip(" ")


def _rank(request: HttpRequest | None) -> str:
    """Of a list that is read page after page: no two have the same title."""
    number = request.GET.get("page", "") if request is not None else ""
    return f" – page {number}" if re.fullmatch("[1-9][0-9]{0,3}", number) and number != "1" else ""


def _heading(context: template.Context, *, title: str, described: bool, frame: Frame) -> Heading | None:
    page, request = context.get("page"), context.get("request")
    if request is None:
        return None
    if not isinstance(page, Page):
        return heading_of_view(title=title, request=request, frame=frame) if described else None
    here = page

    def read() -> tuple[Heading | None]:
        return (heading(page=here, request=request, network=frame.network),)

    return remember(request=request, key=f"heading:{page.pk}:{request.GET.get('page', '')[:4]}", compute=read)[0]


@register.tag
def head(parser: template.base.Parser, token: template.base.Token) -> _Head:
    title = parser.parse(("described",))
    parser.delete_first_token()
    description = parser.parse(("endhead",))
    parser.delete_first_token()
    return _Head(title, description)


@register.simple_tag
def linked_data(shown: Organisation | Vote | SharedProject) -> SafeString:
    """What a page made by a room shows, in a script."""
    match shown:
        case Vote():
            told = describe_vote(shown)
        case SharedProject():
            told = describe_project(shown)
        case _:
            told = describe_organisation(shown)
    return format_html('<script type="application/ld+json">{}</script>', script(told))


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
