"""Fixed-window counters in the shared cache. No address is kept: keys are keyed hashes."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from commun.common import clock
from commun.common.errors import RateLimited
from commun.common.signing import keyed_hash


def client_address(request: HttpRequest) -> str:
    """Address of the visitor, counting back over as many proxies as the operator trusts."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    hops.append(request.META.get("REMOTE_ADDR", ""))
    return hops[max(0, len(hops) - 1 - settings.TRUSTED_PROXIES)]


def hit(*, scope: str, who: str, limit: int, period: timedelta, amount: int = 1) -> None:
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
