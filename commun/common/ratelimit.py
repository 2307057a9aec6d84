"""Fixed-window counters in the shared cache. No address is kept: keys are keyed hashes."""

from __future__ import annotations

import ipaddress
import re
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from commun.common import clock
from commun.common.errors import RateLimited
from commun.common.signing import keyed_hash

NOBODY = "0.0.0.0"  # noqa: S104 (an address to count, not one to listen on)
IPV6_PREFIX = 64


def client_address(request: HttpRequest) -> str:
    """Address of the visitor, counting back over as many proxies as the operator trusts (`TRUSTED_PROXIES`).

    The one place that says it, for our own limits and for the library that signs people in. `NOBODY` where no address
    can be read: such visitors share one count.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    hops.append(request.META.get("REMOTE_ADDR", ""))
    return _address(hops[max(0, len(hops) - 1 - settings.TRUSTED_PROXIES)])


def client(request: HttpRequest) -> str:
    """Whom to count: the address, or its /64 in IPv6, which one subscriber has all to himself."""
    address = ipaddress.ip_address(client_address(request))
    if address.version == 6:
        return str(ipaddress.ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)


def _address(hop: str) -> str:
    """Without the port and brackets that some proxies write; IPv4 in IPv6 clothes is IPv4."""
    if match := re.fullmatch(r"\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+", hop):
        hop = match[1] or match[2]
    try:
        address = ipaddress.ip_address(hop)
    except ValueError:
        return NOBODY
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


class Left(NamedTuple):
    """How many acts are still allowed, and how many seconds until all are again."""

    acts: int
    seconds: int


def hit(*, scope: str, who: str, limit: int, period: timedelta, amount: int = 1) -> Left:
    """Count one act of `who` in `scope`, or `amount` of them; raise `RateLimited` beyond `limit` per `period`."""
    seconds = int(period.total_seconds())
    instant = int(clock.now().timestamp())
    window, elapsed = divmod(instant, seconds)
    key = f"rate:{scope}:{window}:{keyed_hash(purpose='ratelimit', value=who)[:32]}"
    count = amount
    if not cache.add(key, amount, timeout=seconds):
        try:
            count = cache.incr(key, amount)
        except ValueError:  # expired between the two calls: a new window began
            cache.set(key, amount, timeout=seconds)
    if count > limit:
        raise RateLimited(retry_after=seconds - elapsed)
    return Left(limit - count, seconds - elapsed)
