"""Words of libraries and of programs that nobody is to read on a screen: ours are in French, and say the thing."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as given
from django.test import Client
from django.urls import get_resolver, reverse
from wagtail.models import Page

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, VALIDATION
from commun.common import periodic
from tests.config.test_garbage import patterns
from tests.newsletters.factories import member
from tests.website.walk import make_site

REFUSED = {
    "e-mail": r"\be-?mails?\b",
    "mail": r"\bpar mail\b",
    "Wagtail": r"\bwagtail\b",
    "Root": r"\broot\b",
    "Status": r"\bstatus\b",
    "slug": r"\bslugs?\b",
    "webmaster": r"\bwebmaster\b",
    "a raw user agent": r"\bmozilla/",
    "an ISO date": r"\b20\d\d-\d\d-\d\d\b",
    "the name of a job": r"\b(?:{})\b".format("|".join(re.escape(sweep.name) for sweep in periodic.sweeps())),
}
_REFUSED = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in REFUSED.items()}
_UNSEEN = re.compile(r"<(script|style|template|svg)\b.*?</\1>|<!--.*?-->|data:[^\"']*", re.DOTALL | re.IGNORECASE)
_SAID = re.compile(r"\b(?:title|aria-label|alt|placeholder)=\"([^\"]*)\"|\bvalue=\"(20\d\d-[^\"]*)\"")
# Ours, of a language of machines: a field of that type takes ISO 8601 alone, and browsers show it in French.
_MACHINE = re.compile(r"<input[^>]*\btype=\"(?:date|datetime-local|hidden)\"[^>]*>", re.DOTALL)
_TAG = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^'\">])*>")
AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
LOCALE = Path(__file__).parent.parent.parent / "commun/config/locale/fr/LC_MESSAGES"


def said_on(html: str) -> str:
    """What a person sees or hears of a page."""
    html = _MACHINE.sub("", _UNSEEN.sub("", html))
    heard = " | ".join(one or other for one, other in _SAID.findall(html))
    return unescape(_TAG.sub(" ", html) + " | " + heard)


def wrong_words(html: str) -> list[str]:
    text = re.sub(r"\s+", " ", said_on(html))
    return [
        f"{name}: {text[max(0, hit.start() - 40) : hit.end() + 40]}"
        for name, rule in _REFUSED.items()
        for hit in rule.finditer(text)
    ]


def plain_addresses() -> Iterator[str]:
    for path, _view in patterns(get_resolver()):
        if "<" not in path and "(?P" not in path and not path.startswith(("^static", "^media")):
            yield "/" + re.sub(r"[\\^$]|\(\?:|\)\?", "", path).replace("Z", "")


def read(client: Client, addresses: Iterator[str] | list[str]) -> tuple[int, list[str]]:
    """How many screens were read, and what was found on them."""
    client.raise_request_exception = False  # the library keeps a screen that fails on purpose
    seen, wrong = 0, []
    for address in addresses:
        answer: Any = client.get(address, HTTP_USER_AGENT=AGENT)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html") and not answer.streaming:
            seen += 1
            wrong += [f"{address} – {one}" for one in wrong_words(answer.content.decode())]
    return seen, wrong


@pytest.fixture
def team(db: None, settings: Any) -> Client:
    settings.STAFF_MFA_REQUIRED = False
    client = Client()
    client.post("/compte/login/", HTTP_USER_AGENT=AGENT)
    somebody = member("tout", REDACTION, VALIDATION, MODERATION, EXPLOITATION)
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_visitors_read_no_word_of_a_library(db):
    make_site()
    pages = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    seen, wrong = read(Client(), [*pages, *plain_addresses()])
    assert seen > 40
    assert not wrong, "\n".join(sorted(set(wrong)))


@pytest.mark.long
def test_the_team_reads_no_word_of_a_library(team):
    make_site()
    one_of_each = {page.content_type_id: page for page in Page.objects.filter(depth__gt=1)}
    screens = [
        reverse(f"wagtailadmin_{name}", args=[page.pk])
        for page in one_of_each.values()
        for name in ("explore", "pages:edit")
    ]
    seen, wrong = read(team, [*screens, *plain_addresses()])
    assert seen > 60
    assert not wrong, "\n".join(sorted(set(wrong)))


def test_the_rule_sees_what_it_refuses():
    page = '<title>Accueil - Wagtail</title><p title="Status">E-mail</p><script>wagtail</script><b>2026-11-28</b>'
    assert [one.split(":")[0] for one in wrong_words(page)] == ["e-mail", "Wagtail", "Status", "an ISO date"]


def test_every_sweep_says_what_it_does_in_french():
    titles = [sweep.title for sweep in periodic.sweeps()]
    assert len(titles) == len(set(titles)) > 30
    assert all(title[0].isupper() and "." not in title for title in titles)


def test_the_catalogue_is_compiled_and_its_libraries_still_say_those_words():
    """A library that rewords a sentence leaves ours unused: reread it."""
    text = (LOCALE / "django.po").read_text(encoding="utf-8")
    entries = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', text, re.MULTILINE))
    written = {key.encode().decode("unicode_escape").encode("latin-1").decode() for key in entries}
    with (LOCALE / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    assert set(compiled) - {""} == written
    assert [LOCALE.parent.parent] == given.LOCALE_PATHS
