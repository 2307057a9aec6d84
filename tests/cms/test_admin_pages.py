"""What the administration's pages may hold under its content policy: scripts of files, and data; nothing that runs."""

from __future__ import annotations

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from wagtail.models import Page

from commun.common.converters import patterns
from commun.config.urls import urlpatterns
from tests.browser.content import make_site

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # renditions, left to the garbage collector by Wagtail
]
_NOT_RUN = {"application/json", "text/template", "importmap"}


@pytest.fixture
def somebody(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(get_user_model().objects.create_superuser("tout@example.org"))
    return client


def that_run(html: str) -> list[str]:
    """Everything in a page, or in a piece of page, that the policy refuses; what is inside `template` counts too."""
    page = BeautifulSoup(html, "html.parser")
    scripts = [one for one in page.find_all("script") if not one.get("src") and one.get("type") not in _NOT_RUN]
    handlers = [one for one in page.find_all(True) if any(name.startswith("on") for name in one.attrs)]
    links = page.find_all("a", href=lambda value: bool(value) and value.strip().lower().startswith("javascript:"))
    return [str(one)[:200] for one in [*scripts, *handlers, *links]]


def addresses() -> list[str]:
    fixed = {
        route for route, _, converters in patterns(urlpatterns) if route.startswith("/gestion/") and not converters
    }
    pages = Page.objects.filter(depth__gt=1)
    about = [f"/gestion/pages/{one.pk}/{what}" for one in pages for what in ("", "edit/")]
    one = pages.last().pk
    about += [f"/gestion/pages/{one}/{what}/" for what in ("move", "copy", "delete", "unpublish", "history", "privacy")]
    aside = ("^", "/logout/", "/failwhale/", "/test404/")  # the last two break on purpose
    return sorted(route for route in fixed if not any(one in route for one in aside)) + about


def test_no_page_of_the_administration_holds_what_its_policy_refuses(somebody):
    make_site()
    wrong, seen = [], 0
    for address in addresses():
        answer = somebody.get(address)
        if answer.status_code != 200 or answer.streaming:
            continue
        kind = answer.headers["Content-Type"]
        if kind.startswith("application/json"):
            html = json.loads(answer.content)
            html = html.get("html", "") if isinstance(html, dict) else ""
        elif kind.startswith("text/html"):
            html = answer.content.decode()
            assert "script-src 'self';" in f"{answer.headers['Content-Security-Policy']};", address
        else:
            continue
        seen += 1
        wrong += [(address, one) for one in that_run(html)]
    assert wrong == []
    assert seen > 90


def test_the_reader_of_these_tests_sees_what_runs():
    for html in (
        "<script>x()</script>",
        "<template><script>x()</script></template>",
        '<p onclick="x()">',
        '<a href=" javascript:x()">',
    ):
        assert that_run(html)
    assert that_run('<script type="application/json">{}</script><script src="/static/x.js"></script>') == []
