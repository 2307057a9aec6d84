"""HTML that came from outside is cleaned once, on the way in."""

from __future__ import annotations

import nh3

TAGS = {"a", "b", "blockquote", "br", "em", "h2", "h3", "h4", "i", "li", "ol", "p", "strong", "ul"}


def clean_html(html: str) -> str:
    """Keep plain structure and links (http, https, mailto); everything else goes."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer",
    )
