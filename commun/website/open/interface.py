"""`/api/v1/`: what is published, to be read by programs. Nobody writes here, and nobody is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Annotated, Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from pydantic import AwareDatetime, BaseModel, BeforeValidator, Field, create_model

from commun.common import kept, ratelimit
from commun.common.errors import RateLimited
from commun.library.api import ResourceKind
from commun.territories.api import TerritoryKind
from commun.website.open import reading, records

LIMIT, PERIOD = 600, timedelta(minutes=10)
_MOST = 100
_LARGEST = 2**62
_WORD = r"^[-a-zA-Z0-9_]{1,255}$"
_RESOURCE_KIND = f"^({'|'.join(ResourceKind.values)})$"
_TERRITORY_KIND = f"^({'|'.join(TerritoryKind.values)})$"
_PLACE = f"^({'|'.join(TerritoryKind.values)}):[0-9A-Z]{{1,9}}$"
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT")
_ALLOWED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, Retry-After",
    "Access-Control-Max-Age": "86400",
}

api = NinjaAPI(
    title="Données ouvertes du réseau",
    version=records.VERSION,
    description="Ce que publie le site, en lecture seule, sans clé. Chaque enregistrement porte sa licence. "
    "Aucune personne n’y est nommée.",
    urls_namespace="open",
    docs_url=None,
    openapi_url="/openapi.json",
)


class Wanted(Schema):
    """What narrows a list."""

    after: Annotated[int, Field(ge=0, le=_LARGEST, description="Pour continuer : voir « next ».")] = 0
    limit: Annotated[int, Field(ge=1, le=_MOST, description="Combien à la fois.")] = 50


def _instant(value: Any) -> Any:
    """ISO 8601 with its hour and its offset; a bare number would be read as seconds."""
    if isinstance(value, str) and not _INSTANT.match(value):
        raise ValueError("instant")
    return value


class WantedChanged(Wanted):
    changed_since: Annotated[
        AwareDatetime | None,
        BeforeValidator(_instant),
        Field(description="Mis en ligne depuis cet instant : « 2027-01-31T00:00:00Z »."),
    ] = None


class WantedPages(WantedChanged):
    theme: Annotated[str, Field(pattern=_WORD, description="Thématique : la fin de son adresse.")] = ""
    territory: Annotated[
        str, Field(pattern=_PLACE, description="Territoire et ce qu’il contient : « departement:35 ».")
    ] = ""


class WantedResources(WantedPages):
    kind: Annotated[str, Field(pattern=_RESOURCE_KIND, description="Type de ressource.")] = ""


class WantedIssues(WantedChanged):
    theme: Annotated[str, Field(pattern=_WORD, description="Thématique : la fin de son adresse.")] = ""


class WantedOrganisations(Wanted):
    kind: Annotated[str, Field(pattern=r"^[a-z]{1,20}$", description="Type d’organisation.")] = ""


class WantedTerritories(Wanted):
    kind: Annotated[str, Field(pattern=_TERRITORY_KIND, description="Type de territoire.")] = ""


class Refusal(Schema):
    """Pourquoi la demande n’a pas de réponse."""

    code: str
    message: str


def _list_of(model: type[records.Entry]) -> type[BaseModel]:
    """A page of records, and where the next one is."""
    items = Field(description="Les enregistrements, dans l’ordre de leur création.")
    following = Field(description="Adresse de la suite ; rien à la fin.")
    members: dict[str, Any] = {"items": (list[model], items), "next": (str | None, following)}  # type: ignore[valid-type]
    return create_model(f"{model.__name__.removesuffix('Record')}List", **members)


_IDENTITIES = {
    "resources": r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$",
    "organisations": r"^[0-9]{1,18}$",
    "territories": _PLACE,
    "votes": r"^[-a-zA-Z0-9_]{1,80}$",
}
_WANTED: dict[str, type[Wanted]] = {
    "resources": WantedResources,
    "events": WantedPages,
    "themes": WantedChanged,
    "issues": WantedIssues,
    "organisations": WantedOrganisations,
    "territories": WantedTerritories,
    "votes": Wanted,
}
_PARAMETERS = frozenset(name for wanted in _WANTED.values() for name in wanted.model_fields)


def _answer(said: dict[str, Any], *, status: int = 200) -> JsonResponse:
    """Accents as they are: shorter, and read by people too."""
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def _refuse(code: str, message: str, *, status: int) -> JsonResponse:
    return _answer({"code": code, "message": message}, status=status)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    names = sorted({str(one["loc"][-1]) for one in error.errors})
    return _refuse("invalid", f"Valeur non comprise : {', '.join(names)}.", status=422)


def _publish(table: str) -> None:
    model, label = records.RECORDS[table]
    wanted = _WANTED[table]
    identity_pattern = _IDENTITIES.get(table, _IDENTITIES["resources"])

    def several(request: HttpRequest, asked: Any) -> Any:
        given = asked.model_dump()
        items, last = reading.lot(table=table, asked=reading.Asked(**given))
        following = None
        if last is not None:
            said = {name: value for name, value in given.items() if value and name != "after"}
            if since := said.get("changed_since"):
                said["changed_since"] = since.isoformat()
            following = f"{settings.SITE_URL}{request.path}?{urlencode({**said, 'after': last})}"
        response = _answer({"items": [one.model_dump(mode="json") for one in items], "next": following})
        if following:
            response["Link"] = f'<{following}>; rel="next"'
        return response

    def single(request: HttpRequest, identity: str) -> Any:
        found = reading.one(table=table, identity=identity)
        if found is None:
            return _refuse("unknown", "Rien n’est publié sous cet identifiant.", status=404)
        return _answer(found.model_dump(mode="json"))

    several.__annotations__["asked"] = Annotated[wanted, Query()]
    single.__annotations__["identity"] = Annotated[str, Field(pattern=identity_pattern)]
    several.__name__, single.__name__ = f"list_{table}", f"get_{table}"
    refused = {422: Refusal, 429: Refusal}
    api.get(f"/{table}", response={200: _list_of(model), **refused}, summary=f"Liste : {label}", tags=[table])(several)
    api.get(
        f"/{table}/{{identity}}",
        response={200: model, 404: Refusal, **refused},
        summary=f"Un enregistrement : {label}",
        tags=[table],
    )(single)


for _table in records.RECORDS:
    _publish(_table)


def open_to_all(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Read from any site (CORS), as often as is reasonable; what is kept counts for nothing."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
        elif request.method not in {"GET", "HEAD"}:
            response = _refuse("read_only", "Cette interface se lit, et ne s’écrit pas.", status=405)
            response["Allow"] = "GET, HEAD, OPTIONS"
        else:
            response = _counted(view, request, *args, **kwargs)
        for name, value in _ALLOWED.items():
            response[name] = value
        return response

    answer.csrf_exempt = True  # type: ignore[attr-defined]
    return answer


def _counted(view: Callable[..., HttpResponse], request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        left = ratelimit.hit(scope="open", who=ratelimit.client(request), limit=LIMIT, period=PERIOD)
    except RateLimited as error:
        refusal = _refuse("too_many", "Trop de demandes : reprenez un peu plus tard.", status=429)
        refusal["Retry-After"] = str(error.retry_after)
        left = ratelimit.Left(0, error.retry_after)
        response: HttpResponse = refusal
    else:
        method, request.method = request.method, "GET"  # of HEAD, the same answer, whose body is left out further on
        try:
            response = view(request, *args, **kwargs)
        finally:
            request.method = method
    response["RateLimit-Limit"] = str(LIMIT)
    response["RateLimit-Remaining"] = str(left.acts)
    response["RateLimit-Reset"] = str(left.seconds)
    return response


def urls() -> tuple[Any, str, str]:
    """For `path("api/v1/", …)`: each address answers whoever asks, and is kept."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        assert pattern.callback is not None
        pattern.callback = open_to_all(pattern.callback)
        kept.keep(pattern.callback, _PARAMETERS)
    return patterns, app, namespace
