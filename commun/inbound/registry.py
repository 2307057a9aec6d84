"""Who handles mail for which addresses: told by rooms above from their `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from commun.inbound.types import Handler, Route

KEEP = timedelta(days=30)

_routes: dict[str, Route] = {}


def register_route(
    name: str,
    *,
    matches: Callable[[str], bool],
    handle: Handler,
    keep: timedelta = KEEP,
) -> None:
    """`matches(address)` is asked at RCPT, before anything is received: it must be quick, ask nobody, and never raise.

    The address is bare; its domain is lower-cased, its local part as the sender wrote it. Addresses of two routes
    must not overlap; were they to, the name that sorts first wins.
    """
    _routes[name] = Route(name=name, matches=matches, handle=handle, keep=keep)


def route_of(address: str) -> Route | None:
    return next((_routes[name] for name in sorted(_routes) if _routes[name].matches(address)), None)


def route_named(name: str) -> Route | None:
    return _routes.get(name)


def normalise_recipient(raw: str) -> str:
    """Bare address with its domain in lower case; "" for what is none."""
    if len(raw) > 320 or not raw.isprintable():  # which lone surrogates are not either
        return ""
    local, at, domain = raw.strip().strip("<>").rpartition("@")
    return f"{local}@{domain.lower().rstrip('.')}" if at and local and domain else ""
