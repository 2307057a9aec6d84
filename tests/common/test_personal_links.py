"""No log keeps the token of a personal link, whichever address carries it."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.urls import get_resolver, resolve

from commun.common import signing
from commun.common.converters import TokenConverter, before_tokens, patterns
from commun.common.logs import JsonFormatter, LineFormatter, redact_event
from commun.common.redaction import redact
from commun.common.views import nothing_here
from commun.mailing.tokens import PREFERENCES, recipient_token
from commun.votes.tokens import token_of

_HOLE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)")
#: What a part of an address is called when it opens something.
_OPENS = re.compile(r"token|jeton|signed|signature|secret|key|code(?!name)|hash|reset|nonce", re.IGNORECASE)
TOKEN = signing.sign(purpose="tests", value="anything")


def routes():
    return list(patterns(get_resolver().url_patterns))


def carriers():
    """(route, pattern) of every address declared to carry a token."""
    return [
        (route, one)
        for route, one, converters in routes()
        if any(isinstance(kind, TokenConverter) for kind in converters.values())
    ]


def filled(route: str, converters: dict) -> str:
    def fill(hole: re.Match) -> str:
        name = hole[1] or hole[2]
        kind = converters.get(name)
        if type(kind) is TokenConverter:
            return TOKEN
        samples = ("7", "un-nom", "000001-abcdef012345")
        return next((one for one in samples if kind is None or re.fullmatch(kind.regex, one)), "7")

    return _HOLE.sub(fill, route)


def test_every_part_of_an_address_that_opens_something_says_that_it_is_a_token():
    silent = []
    for route, one, converters in routes():
        names = {hole[1] or hole[2] for hole in _HOLE.finditer(route)}
        undeclared = {
            name for name in names if _OPENS.search(name) and not isinstance(converters.get(name), TokenConverter)
        }
        if undeclared and resolve(_HOLE.sub("x", route).replace("^", "").replace("$", "")).func is not nothing_here:
            silent.append((route, undeclared, one.callback.__module__))
    assert silent == []


def test_the_list_of_addresses_is_not_empty_and_has_those_of_every_room():
    rooms = {one.callback.__module__.split(".")[1] for _, one in carriers()}
    assert rooms == {
        "contributions",
        "cooperation",
        "demo",
        "freshness",
        "peers",
        "subscribers",
        "territories",
        "votes",
    }
    assert "/besoin/" in before_tokens(get_resolver().url_patterns)


@pytest.mark.parametrize("formatter", [JsonFormatter(), LineFormatter()], ids=lambda one: type(one).__name__)
@pytest.mark.django_db
def test_an_error_on_any_personal_page_logs_no_token(client, caplog, monkeypatch, formatter):
    client.raise_request_exception = False
    for route, one, converters in routes():
        if TOKEN not in (path := filled(route, converters)):
            continue

        def broken(request, **kwargs):
            raise RuntimeError(f"at {request.get_full_path()} with {kwargs} for {request!r}")

        caplog.clear()
        with monkeypatch.context() as patched:
            patched.setattr(one, "callback", broken)
            answer = client.get(path, {"next": path})
        said = "\n".join(formatter.format(record) for record in caplog.records)
        assert answer.status_code == 500, path
        assert "RuntimeError" in said
        assert TOKEN.rpartition(":")[2] not in said, path
        assert "[jeton]" in said


@pytest.mark.parametrize(
    "token",
    ["x", "court", "pas-un-jeton", TOKEN, quote(TOKEN, safe="")],
    ids=["one letter", "short", "words", "signed", "signed and quoted"],
)
def test_a_token_of_any_shape_is_taken_out_of_its_address(token):
    for route, _ in carriers():
        head = _HOLE.split(route)[0]
        if "outbox" in route:
            continue
        for address in (
            f"{head}{token}/",
            f"https://lettre.example.org{head}{token}/suite/",
            quote(f"{head}{token}/", safe=""),
        ):
            assert "[jeton]" in redact(f"GET {address} 500"), address
            assert not re.search(rf"(/|%2F){re.escape(token)}(/|%2F)", redact(f"GET {address} 500")), address


@pytest.mark.parametrize(
    "token",
    [
        signing.sign(purpose="contributions.page", value="0123456789abcdef"),
        recipient_token(purpose=PREFERENCES, key="AAAAAAAAAAAAAAAAAAAAAA"),
        token_of("BBBBBBBBBBBBBBBBBBBBBB"),
    ],
    ids=["signed", "of a reader", "of a voter"],
)
def test_a_process_that_knows_no_address_knows_a_token_by_its_shape(monkeypatch, token):
    monkeypatch.setattr("commun.common.redaction._links", [])
    for text in (f"/une/adresse/{token}/", f"https://example.org/{token}", f"'/x/{token}'"):
        assert token not in redact(text)


def test_what_is_no_token_stays_to_be_read():
    for text in (
        "GET /ressources/a-grenoble-les-voisins-refont-la-rue/ 500",
        "commun/contributions/services/drafting.py line 185",
        "/annuaire/communaute-de-communes-du-pays/ 200",
        "duration=0:00:12.345678 at 2026-11-28T15:12:00",
    ):
        assert redact(text) == text


def test_nothing_of_this_leaves_for_a_sentry_server(settings):
    sent = redact_event(
        {
            "request": {"url": f"https://lettre.example.org/besoin/{TOKEN}/", "query_string": "next=%2Fbesoin%2Fx%2F"},
            "exception": {"values": [{"value": "for marie@example.org"}]},
            "breadcrumbs": [{"message": f"GET /contribution/{TOKEN}/"}],
            "level": "error",
            "lineno": 12,
        }
    )
    assert TOKEN.rpartition(":")[2] not in str(sent)
    assert "marie" not in str(sent)
    assert sent["request"]["query_string"] == "next=%2Fbesoin%2F[jeton]%2F"
    assert (sent["level"], sent["lineno"]) == ("error", 12)
