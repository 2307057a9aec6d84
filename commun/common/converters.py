"""Parts of addresses that say what they are where they are declared: `path("besoin/<token:token>/", …)`.

Whoever holds a personal link acts in that person's name. Logs take out what stands there (`common.redaction`); they
read it from the addresses themselves, and a test finds the ones that do not say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import URLPattern, URLResolver, register_converter
from django.urls.converters import StringConverter

_HOLE = re.compile(r"<(?:[^>:]+:)?([^>]+)>")


class TokenConverter(StringConverter):
    """A token that nobody else may read."""


def register() -> None:
    register_converter(TokenConverter, "token")


def patterns(
    urlpatterns: Iterable[Any], *, before: str = "/", above: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, URLPattern, dict[str, Any]]]:
    """Every address under `urlpatterns`: its whole route, what answers, the converters of its parts."""
    for one in urlpatterns:
        route, converters = before + str(one.pattern), {**(above or {}), **getattr(one.pattern, "converters", {})}
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, before=route, above=converters)
        else:
            yield route, one, converters


def before_tokens(urlpatterns: Iterable[Any]) -> set[str]:
    """What stands before each token, as regular expressions: `/besoin/`, `/projets/[^/]+/invitation/`."""
    found = set()
    for route, _, converters in patterns(urlpatterns):
        for hole in _HOLE.finditer(route):
            if isinstance(converters.get(hole[1]), TokenConverter):
                literals = [re.escape(part) for part in _HOLE.sub("\0", route[: hole.start()]).split("\0")]
                found.add(r"[^/\s]+".join(literals))
    return found
