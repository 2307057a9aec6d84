"""Every address of the product, asked for with what no person types: an answer, never an error, nothing written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.db import transaction
from django.http import HttpResponseNotFound
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, VALIDATION
from commun.config import urls
from tests.newsletters.factories import member

pytestmark = pytest.mark.django_db

IN_THE_PATH = ("1", "9" * 24, "%00", "-1", "é", "../../etc/passwd", "x" * 300)
AFTER_IT = (
    "",
    "?page=-1&q=%00",
    "?p=99999999999999999999&q=%27%22%29%28%2A%3A",
    f"?q={'a' * 3000}&page=1&page=2",
    "?theme=%00&territoire=commune:%00&q=%22&type=%00",
    "?du=2022-13-45&mois=9999-99&annee=0&next=//elsewhere.example.org",
)
_HOLE = re.compile(r"\(\?P<\w+>[^)]*\)|<[^>]+>")


def patterns(resolver: Any, before: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in resolver.url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, path)
        elif isinstance(pattern, URLPattern):
            yield path, pattern.callback


def _questions(*, ours_alone: bool) -> Iterator[tuple[str, str]]:
    """Method and address. What reads an address reads it whatever the method: the first pieces are posted too. An
    address that does not lead to the view it was made for is asked once of what it leads to, for each piece."""
    strayed = set()
    for base, view, pieces in _bases(ours_alone=ours_alone):
        for rank, piece in enumerate(pieces):
            address = base.replace("<>", piece) if "<>" in base else base + piece
            found = _leads_to(address)
            if found is not view:
                if (found, piece) in strayed:
                    continue
                strayed.add((found, piece))
            yield "get", address
            if rank < (3 if "<>" in base else 2):
                yield "post", address


def _leads_to(address: str) -> Any:
    try:
        return resolve(unquote(address.partition("?")[0])).func
    except Resolver404:
        return None


def _bases(*, ours_alone: bool) -> Iterator[tuple[str, Any, tuple[str, ...]]]:
    for path, view in patterns(get_resolver()):
        if ours_alone and not view.__module__.startswith("commun."):
            continue
        holed = _HOLE.sub("<>", path)
        base = "/" + re.sub(r"[\\^$]|\(\?:|\)\?", "", holed).replace("Z", "")
        yield base, view, IN_THE_PATH if "<>" in base else AFTER_IT


def _ask(client: Any, *, ours_alone: bool) -> list[str]:
    client.raise_request_exception = False
    wrong = []
    for method, address in _questions(ours_alone=ours_alone):
        with transaction.atomic():
            answer = getattr(client, method)(address)
            transaction.set_rollback(True)  # an error would spoil the questions that follow
        leads = answer.get("Location", "")
        if answer.status_code >= 500 or re.match(r"(https?:)?//elsewhere", leads):
            wrong.append(f"{method} {address[:120]}: {answer.status_code} {leads}")
    return wrong


@pytest.mark.long
def test_a_visitor_never_meets_an_error(client):
    assert _ask(client, ours_alone=False) == []


def test_nor_does_the_team_on_our_own_screens(client, settings, monkeypatch):
    settings.STAFF_MFA_REQUIRED = False
    # Visitors have met the real one: a quarter of the walk would be spent drawing it.
    monkeypatch.setattr(urls, "handler404", lambda request, exception: HttpResponseNotFound())
    everything = member("tout", REDACTION, VALIDATION, MODERATION, EXPLOITATION)
    client.force_login(everything, backend="django.contrib.auth.backends.ModelBackend")
    assert _ask(client, ours_alone=True) == []
