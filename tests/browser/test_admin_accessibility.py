"""axe finds nothing to say about any screen of the administration that is ours, wide or narrow.

Screens are those of the addresses of the site: a new one is walked, or fails here until it is given something to show.
"""

from __future__ import annotations

import inspect
import io
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client

from commun.accounts.api import REDACTION, VALIDATION
from commun.common import clock
from commun.common.converters import patterns
from commun.config.urls import urlpatterns
from commun.demo.services.contributions import load_contributions
from commun.demo.services.load import load_demo
from commun.mailing.api import suppress
from commun.mailing.types import SuppressionReason
from commun.newsletters import api as letters
from commun.newsletters.models import TrialList
from commun.subscribers.services.acts import act, concerned
from commun.subscribers.services.files import bring_file
from commun.subscribers.types import BulkKind
from tests.browser.axe import OF_WIDTH, violations
from tests.demo.places import load_places
from tests.newsletters.factories import member

pytestmark = pytest.mark.django_db(transaction=True)

#: What `pk` is under these addresses; the longest that fits is taken.
_SHOWN = {
    "lettre/": "newsletters.IssuePage",
    "lettre/composer/": "library.ThemePage",
    "lettre/essais/": "newsletters.TrialList",
    "a-verifier/": "wagtailcore.Page",
    "a-verifier/signalement/": "freshness.Report",
    "contributions/": "contributions.Contribution",
    "contributions/flux/": "contributions.Feed",
    "besoins/": "cooperation.Need",
    "projets/": "cooperation.SharedProject",
    "propositions/": "cooperation.ThemeProposal",
    "votes/": "votes.Vote",
    "abonnements/": "subscribers.Subscriber",
    "abonnements/importer/": "subscribers.Import",
    "abonnements/actes/": "subscribers.BulkAct",
    "abonnements/segments/": "subscribers.Segment",
    "abonnements/ecartees/": "mailing.Suppression",
    "envois/": "mailing.Send",
    "envois/messageries/": "mailing.Policy",
    "mandats/": "territories.Membership",
    "mandats/demandes/": "territories.MandateRequest",
    "mandats/organismes/": "territories.Organisation",
}

#: Shown in a state that nothing here is in.
_ELSEWHERE = {
    "/gestion/contributions/<int:pk>/fichier/<int:file>/",
    "/gestion/contributions/flux/<int:pk>/",
    "/gestion/envois/<int:pk>/incertaines/<slug:verdict>/",
    "/gestion/lettre/<int:pk>/apres/",
    "/gestion/lettre/<int:pk>/document/<slug:name>/",
    "/gestion/lettre/<int:pk>/rectificatif/",
    "/gestion/lettre/<int:pk>/rectificatif/<int:number>/message/",
    "/gestion/mandats/demandes/<int:pk>/piece/",
    "/gestion/password_reset/<path:rest>",
    "/gestion/votes/<int:pk>/modifier/",
}
_HOLE = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture
def somebody(settings: Any, databases: Any, live_server: Any) -> Any:
    """She may do everything, on a site where everything has happened."""
    settings.STAFF_MFA_REQUIRED = False
    settings.SITE_URL = live_server.url
    settings.INBOUND_DOMAIN = "example.org"
    now = clock.now()
    load_places()
    issue = load_demo(now=now)
    letters.submit_issue(issue=issue, user=None, now=now)
    letters.approve_issue(issue=issue, user=get_user_model().objects.create_superuser("second@example.org"), now=now)
    letters.send_issue(issue=issue, user=None, now=now)
    redige, relit = member("redige", REDACTION), member("relit", VALIDATION)
    for left_at in ("draft", "submitted", "approved"):
        other = letters.compose_issue(theme=issue.theme, user=redige, now=now)
        if left_at != "draft":
            letters.submit_issue(issue=other, user=redige, now=now)
        if left_at == "approved":
            letters.approve_issue(issue=other, user=relit, now=now)
    TrialList.objects.create(name="Relecture", addresses="ana@example.org")
    load_contributions(now=now)
    suppress(reason=SuppressionReason.MANUAL, address="ecartee@example.org", now=now)
    somebody = get_user_model().objects.create_superuser("tout@example.org")
    kept = {"topics": (), "by": somebody, "now": now}
    bring_file(
        stream=io.BytesIO(b"adresse\nana@example.org\nfausse\n"), name="a.csv", basis="consent", source="x", **kept
    )
    kind = BulkKind.EVERY_ISSUE
    number = concerned(kind=kind, conditions=()).count()
    act(kind=kind, conditions=(), topic=None, until=None, why="Demandé", expected=number, by=somebody, now=now)
    return somebody


def ours() -> Iterable[str]:
    for route, one, _ in patterns(urlpatterns):
        view = inspect.unwrap(one.callback)
        module = getattr(view, "view_class", view).__module__
        if route.startswith("/gestion/") and module.startswith("commun."):
            yield route


def examples(route: str) -> list[str]:
    """Addresses of that route, one for each thing it may show."""
    holes = _HOLE.findall(route)
    if not holes:
        return [route]
    before = route.removeprefix("/gestion/").partition("<")[0]
    label = next((_SHOWN[known] for known in sorted(_SHOWN, key=len, reverse=True) if before == known), None)
    if label is None or len(holes) > 1:
        return [_HOLE.sub("1", route)]
    keys = apps.get_model(label).objects.order_by("-pk").values_list("pk", flat=True)[:40]
    return [_HOLE.sub(str(key), route) for key in keys] or [_HOLE.sub("1", route)]


def screens(client: Client) -> tuple[list[str], list[str]]:
    """(addresses of screens, routes of which none can be seen). An act answers 405 to whoever only looks; a file, or a
    piece of a page, is no screen."""
    found, unseen = [], []
    for route in ours():
        for address in examples(route):
            answer = client.get(address)
            if answer.status_code == 405:
                break
            if answer.status_code == 200:
                if not answer.streaming and b"<main" in answer.content:
                    found.append(address)
                break
        else:
            unseen.append(route)
    return found, unseen


@pytest.mark.parametrize("half", [0, 1])  # two processes share them
def test_no_screen_of_the_team_leaves_anybody_out(somebody, visit, signed_in, half):
    client = Client()
    client.force_login(somebody)
    addresses, unseen = screens(client)
    assert "\n".join(sorted(set(unseen) ^ _ELSEWHERE)) == ""
    page = visit("/gestion/", storage_state=signed_in(somebody))
    problems: list[str] = []
    for address in addresses[half::2]:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address, wait_until="load")
        problems += [f"1280 {one}" for one in violations(page, within="main")]
        page.set_viewport_size({"width": 360, "height": 740})
        problems += [f"360 {one}" for one in violations(page, within="main", rules=OF_WIDTH)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        problems += [f"{address} is {wide} px wide in a window of 360"] if wide > 360 else []
    assert problems == []
