"""Pages that everybody is shown alike, kept whole by each process, under the number of what the public sees.

A view that says `@kept(…)` may be kept: a GET answered 200, without a cookie of ours on the way in nor any on the way
out, from tables whose writes move that number, with no guarded form in it. The parameters it names are the only ones it
is given: whatever else stands in an address neither reaches it nor makes another page.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.cache import get_conditional_response, patch_vary_headers

from commun.common import public

View = TypeVar("View", bound=Callable[..., Any])

_PARAMETERS = "kept_parameters"
_LONGEST = 600  # of an address with its parameters
_MOST_PATHS = 20_000
_LEAST_COMPRESSED = 400
_COMPRESSED = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
_REVALIDATED = "public, max-age=0, must-revalidate"
# Of a request answered from what is kept, these are judged here.
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


def kept(*parameters: str) -> Callable[[View], View]:
    """Decorate a view whose answer is the same for all who have no session. `parameters`: all those that it reads."""

    def decorate(view: View) -> View:
        keep(view, parameters)
        return view

    return decorate


def keep(view: Callable[..., Any], parameters: Iterable[str]) -> None:
    """The same, for a view of a library."""
    setattr(view, _PARAMETERS, frozenset(parameters))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for: `key`, of the page kept; None where it may not be kept."""

    path: str
    key: tuple[str, bool, str, str] | None


@dataclass(frozen=True, slots=True)
class Page:
    headers: tuple[tuple[str, str], ...]
    body: bytes
    compressed: bytes
    etag: str
    made_at: datetime
    until: datetime

    @property
    def weight(self) -> int:
        return len(self.body) + len(self.compressed) + 1000


class Store:
    """Of one number alone; the pages asked for last, bounded in number and in bytes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._pages: OrderedDict[tuple[str, bool, str, str], Page] = OrderedDict()
            self._number, self._weight = -1, 0

    def get(self, key: tuple[str, bool, str, str], *, number: int, now: datetime) -> Page | None:
        with self._lock:
            if number != self._number:
                if number > self._number:
                    self._pages.clear()
                    self._number, self._weight = number, 0
                return None
            page = self._pages.get(key)
            if page is None:
                return None
            if not page.made_at <= now < page.until:
                self._weight -= self._pages.pop(key).weight
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: tuple[str, bool, str, str], page: Page, *, number: int) -> None:
        most = settings.PAGES_KEPT_MB * 1024 * 1024
        with self._lock:
            if number != self._number or page.weight > most // 8:
                return
            if (old := self._pages.pop(key, None)) is not None:
                self._weight -= old.weight
            self._pages[key] = page
            self._weight += page.weight
            while self._weight > most or len(self._pages) > settings.PAGES_KEPT:
                self._weight -= self._pages.popitem(last=False)[1].weight

    def __len__(self) -> int:
        return len(self._pages)


store = Store()
_paths: dict[str, frozenset[str] | None] = {}


def ask(request: HttpRequest) -> Asked | None:
    """None for what is nobody's page or everybody's: forms, personal links, files, the administration.

    Where the answer may be kept, whatever the view does not read is taken out of the address.
    """
    if request.method not in {"GET", "HEAD"}:
        return None
    path = request.path_info
    parameters = _parameters_of(path)
    if parameters is None:
        return None
    if _is_known(request) or request.META.get("HTTP_AUTHORIZATION"):
        return Asked(path, None)
    query = request.META.get("QUERY_STRING", "")
    if query:
        if len(path) + len(query) > _LONGEST:
            return Asked(path, None)
        given = parse_qsl(query, keep_blank_values=True)
        read = [(name, value) for name, value in given if name in parameters]
        if len(read) != len(given):
            query = request.META["QUERY_STRING"] = urlencode(read)
    return Asked(path, (request.META.get("HTTP_HOST", ""), request.is_secure(), path, query))


def _is_known(request: HttpRequest) -> bool:
    """Whether a cookie of ours says who, or what to say once."""
    if not request.META.get("HTTP_COOKIE"):
        return False
    ours = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages"}
    return not ours.isdisjoint(request.COOKIES)


def _parameters_of(path: str) -> frozenset[str] | None:
    try:
        return _paths[path]
    except KeyError:
        pass
    try:
        found: frozenset[str] | None = getattr(resolve(path).func, _PARAMETERS, None)
    except Resolver404:
        found = None
    if found is not None:
        if len(_paths) >= _MOST_PATHS:
            _paths.clear()
        _paths[path] = found
    return found


def take_conditions(request: HttpRequest) -> dict[str, str]:
    """The request is made whole, so that its answer can be kept; `give` judges what was taken."""
    return {name: request.META.pop(name) for name in _CONDITIONS if name in request.META}


def is_keepable(response: Any, *, seen: public.Reading) -> bool:
    return (
        isinstance(response, HttpResponse)
        and response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Content-Encoding")
        and "private" not in response.get("Cache-Control", "")
        and "no-store" not in response.get("Cache-Control", "")
        and seen.may_be_kept
    )


def make(response: HttpResponse, *, made_at: datetime, until: datetime) -> Page:
    """The page that this answer is."""
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    response.headers.setdefault("Cache-Control", _REVALIDATED)
    body = response.content
    compressed = b""
    if len(body) >= _LEAST_COMPRESSED and response.get("Content-Type", "").startswith(_COMPRESSED):
        compressed = gzip.compress(body, 6, mtime=0)
    etag = response.get("ETag") or f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    told = {name: value for name, value in response.headers.items() if not _is_of_one_answer(name)}
    return Page(
        headers=tuple(told.items()),
        body=body,
        compressed=compressed,
        # Weak: the same page, compressed or not.
        etag=etag if etag.startswith("W/") else f"W/{etag}",
        made_at=made_at,
        until=until,
    )


def _is_of_one_answer(name: str) -> bool:
    """Made for one answer, or for whoever asked: not for the next."""
    return name in {"ETag", "Content-Length", "Date"} or name.startswith("RateLimit-")


def give(page: Page, *, request: HttpRequest) -> HttpResponse:
    """What is kept, as this request accepts it: compressed, or not at all where it has it already.

    Nothing in it is secret and nobody is named in what was asked: compressing tells a listener nothing (BREACH).
    """
    encoded = bool(page.compressed) and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    body = page.compressed if encoded else page.body
    response = HttpResponse(body)
    headers = response.headers
    for name, value in page.headers:
        headers[name] = value
    headers["ETag"] = page.etag
    if encoded:
        headers["Content-Encoding"] = "gzip"
    headers["Content-Length"] = str(len(body))
    if any(name in request.META for name in _CONDITIONS):
        conditional = get_conditional_response(request, page.etag, None, response)
        assert isinstance(conditional, HttpResponse)
        return conditional
    return response
