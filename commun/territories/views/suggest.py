"""What pickers suggest while one types. Public data only: places, and organisations that are listed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from commun.common import ratelimit
from commun.common.errors import RateLimited
from commun.common.kept import kept
from commun.territories import api

_LIMIT = 300
_PERIOD = timedelta(minutes=1)


def _suggestions(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Limit the rate, and word the refusal in JSON."""

    @require_safe
    @wraps(view)
    def limited(request: HttpRequest) -> HttpResponse:
        try:
            ratelimit.hit(scope="suggest", who=ratelimit.client(request), limit=_LIMIT, period=_PERIOD)
        except RateLimited as error:
            refusal = JsonResponse({"code": error.code, "results": []}, status=429)
            refusal["Retry-After"] = str(error.retry_after)
            return refusal
        return view(request)

    return limited


@kept("q", "kinds")
@_suggestions
def territories(request: HttpRequest) -> HttpResponse:
    """`?q=saint-den&kinds=commune,epci` → `{"results": [{"pk", "key", "label"}]}`, best first."""
    kinds = [kind for kind in request.GET.get("kinds", "").split(",") if kind in api.TerritoryKind.values]
    found = api.search_territories(query=request.GET.get("q", "")[:100], kinds=kinds, limit=10)
    results = [{"pk": row.territory.pk, "key": row.territory.key, "label": row.label} for row in found]
    return _cached(results, seconds=3600)


@kept("q")
@_suggestions
def organisations(request: HttpRequest) -> HttpResponse:
    """`?q=banque` → `{"results": [{"pk", "label"}]}`, by name."""
    found = api.search_organisations(query=request.GET.get("q", "")[:100], limit=10)
    return _cached([{"pk": row.pk, "label": row.label} for row in found], seconds=30)


def _cached(results: list[dict[str, object]], *, seconds: int) -> JsonResponse:
    response = JsonResponse({"results": results})
    response["Cache-Control"] = f"public, max-age={seconds}"
    return response
