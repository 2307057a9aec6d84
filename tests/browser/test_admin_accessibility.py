"""axe finds nothing to say about any screen of the administration that is ours, wide or narrow.

Screens are those of the addresses of the site: a new one is walked, or fails here until it is given something to show.
"""

from __future__ import annotations

import inspect
import io
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from commun.accounts.api import REDACTION, VALIDATION
from commun.common import clock
from commun.common.converters import patterns
from commun.common.models import Visit
from commun.config.urls import urlpatterns
from commun.contributions.models import Feed
from commun.demo.services.contributions import load_contributions
from commun.demo.services.load import load_demo
from commun.mailing.api import suppress
from commun.mailing.delivery import upkeep
from commun.mailing.models import Delivery, Send
from commun.mailing.types import SuppressionReason, UncertainVerdict
from commun.newsletters import api as letters
from commun.newsletters.models import Erratum, IssuePage, Submission, TrialList
from commun.newsletters.selectors.afterwards import COMPARED
from commun.newsletters.services.corrections import correct_issue
from commun.newsletters.services.errata import write_erratum
from commun.newsletters.views import afterwards
from commun.subscribers import wording
from commun.subscribers.models import LeavingReason, Subscriber
from commun.subscribers.services.acts import act, concerned
from commun.subscribers.services.files import bring_file
from commun.subscribers.services.subscriptions import unsubscribe
from commun.subscribers.types import BulkKind, WhyLeave
from tests.browser.axe import OF_WIDTH, violations
from tests.demo.places import load_places
from tests.newsletters.factories import member
from tests.votes.factories import make_draft

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

#: Those of two holes: a query of what fills them.
_PAIRS: dict[str, Callable[[], Iterable[tuple[Any, ...]]]] = {
    "envois/<int:pk>/incertaines/<slug:verdict>/": lambda: [
        (send, verdict.value) for send in Send.objects.values_list("pk", flat=True) for verdict in UncertainVerdict
    ],
    "lettre/<int:pk>/rectificatif/<int:number>/message/": lambda: Erratum.objects.values_list("issue_id", "pk"),
    "lettre/<int:pk>/document/<slug:name>/": lambda: [(Submission.objects.latest("pk").issue_id, "web")],
}

#: No screens of ours.
_ELSEWHERE = {
    "/gestion/contributions/<int:pk>/fichier/<int:file>/": "a file, as it was given",
    "/gestion/mandats/demandes/<int:pk>/piece/": "a file, as it was given",
    "/gestion/password_reset/<path:rest>": "nothing is there: nobody has a password",
}
_HOLE = re.compile(r"<(?:\w+:)?(\w+)>")
NOW = clock.now()


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: Any) -> Path:
    """What was uploaded, beside the database that speaks of it."""
    return Path(tmp_path_factory.mktemp("everything"))


@pytest.fixture
def database_held(databases: Any, django_db_blocker: Any, _media: None, pictures: Path, settings: Any) -> None:
    """A site where everything has happened, made once by each process."""
    settings.INBOUND_DOMAIN = "example.org"

    def everything() -> None:
        _everything_happens()
        shutil.copytree(settings.MEDIA_ROOT, pictures, dirs_exist_ok=True)

    with django_db_blocker.unblock():
        databases.hold("everything", everything)
    shutil.copytree(pictures, settings.MEDIA_ROOT, dirs_exist_ok=True)


def _everything_happens() -> None:
    load_places()
    issue = load_demo(now=NOW)
    letters.submit_issue(issue=issue, user=None, now=NOW)
    letters.approve_issue(issue=issue, user=get_user_model().objects.create_superuser("second@example.org"), now=NOW)
    letters.send_issue(issue=issue, user=None, now=NOW)
    redige, relit = member("redige", REDACTION), member("relit", VALIDATION)
    _leaves(issue, by=redige)
    for left_at in ("draft", "submitted", "approved", "planned"):
        other = letters.compose_issue(theme=issue.theme, user=redige, now=NOW)
        if left_at != "draft":
            letters.submit_issue(issue=other, user=redige, now=NOW)
        if left_at in {"approved", "planned"}:
            letters.approve_issue(issue=other, user=relit, now=NOW)
        if left_at == "planned":
            letters.send_issue(issue=other, user=None, now=NOW, at=NOW + timedelta(days=7))
    TrialList.objects.create(name="Relecture", addresses="ana@example.org")
    load_contributions(now=NOW)
    Feed.objects.create(name="Agenda de Lyon", url="https://agenda.example.org/a.ics", added_at=NOW, added_by=redige)
    make_draft()
    suppress(reason=SuppressionReason.MANUAL, address="ecartee@example.org", now=NOW)
    somebody = get_user_model().objects.create_superuser("tout@example.org")
    kept = {"topics": (), "by": somebody, "now": NOW}
    bring_file(
        stream=io.BytesIO(b"adresse\nana@example.org\nfausse\n"), name="a.csv", basis="consent", source="x", **kept
    )
    kind = BulkKind.EVERY_ISSUE
    number = concerned(kind=kind, conditions=()).count()
    act(kind=kind, conditions=(), topic=None, until=None, why="Demandé", expected=number, by=somebody, now=NOW)


def _leaves(issue: IssuePage, *, by: Any) -> None:
    """It has reached all but one, of whom nobody knows; it is put right on line, and a word about it is written."""
    upkeep.start_due(now=NOW)
    while upkeep.freeze_one_lot(now=NOW):
        pass
    send = Send.objects.latest("pk")
    rows = Delivery.objects.filter(send=send, state="pending")
    lost = rows.latest("pk").pk
    rows.exclude(pk=lost).update(state="accepted", settled_at=NOW)
    rows.filter(pk=lost).update(state="uncertain", aside="uncertain", reason="connection_lost", settled_at=NOW)
    Send.objects.filter(pk=send.pk).update(state="finished", finished_at=NOW)
    correct_issue(issue=issue, wrong="Le passage", right="Ce passage", user=by, now=NOW)
    write_erratum(issue=issue, user=by, reason="Une heure était fausse.", words="Lisez : 18 h.", now=NOW)


@pytest.fixture
def somebody(settings: Any, live_server: Any) -> Any:
    """She may do everything."""
    settings.STAFF_MFA_REQUIRED = False
    settings.SITE_URL = live_server.url
    return get_user_model().objects.get(email="tout@example.org")


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
    if pairs := _PAIRS.get(route.removeprefix("/gestion/")):
        return [_filled(route, values) for values in pairs()]
    before = route.removeprefix("/gestion/").partition("<")[0]
    label = next((_SHOWN[known] for known in sorted(_SHOWN, key=len, reverse=True) if before == known), None)
    if label is None or len(holes) > 1:
        return [_HOLE.sub("1", route)]
    keys = apps.get_model(label).objects.order_by("-pk").values_list("pk", flat=True)[:40]
    return [_HOLE.sub(str(key), route) for key in keys] or [_HOLE.sub("1", route)]


def _filled(route: str, values: Iterable[Any]) -> str:
    for value in values:
        route = _HOLE.sub(str(value), route, count=1)
    return route


def screens(client: Client, routes: Sequence[str]) -> tuple[list[str], list[str]]:
    """(addresses of screens, routes of which none can be seen). An act answers 405 to whoever only looks; a file, or a
    piece of a page, is no screen."""
    found, unseen = [], []
    for route in routes:
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


@pytest.mark.long
@pytest.mark.parametrize("half", [0, 1])  # two processes share them
def test_no_screen_of_the_team_leaves_anybody_out(somebody, visit, signed_in, half):
    client = Client()
    client.force_login(somebody)
    routes = sorted(ours())[half::2]
    addresses, unseen = screens(client, routes)
    assert "\n".join(sorted(set(unseen) ^ (set(routes) & set(_ELSEWHERE)))) == ""
    page = visit("/gestion/", storage_state=signed_in(somebody))
    problems: list[str] = []
    for address in addresses:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(address, wait_until="load")
        problems += [f"1280 {one}" for one in violations(page, within="main")]
        page.set_viewport_size({"width": 360, "height": 740})
        problems += [f"360 {one}" for one in violations(page, within="main", rules=OF_WIDTH)]
        wide = page.evaluate("document.documentElement.scrollWidth")
        problems += [f"{address} is {wide} px wide in a window of 360"] if wide > 360 else []
    assert problems == []


_WAYS = (wording.ONE_CLICK, wording.UNSUBSCRIBE_PAGE, wording.MAIL, wording.TEAM, wording.PREFERENCES_PAGE)


def test_how_a_letter_went_is_one_sheet_of_paper_whatever_there_is_to_say(
    somebody, visit, signed_in, tmp_path, *, monkeypatch
):
    monkeypatch.setattr(afterwards, "earlier", lambda *, than: [than] * COMPARED)
    lines = afterwards._lines
    monkeypatch.setattr(
        afterwards, "_lines", lambda letters: [(label, [1234 + one for one in each]) for label, each in lines(letters)]
    )
    left = Submission.objects.filter(send__started_at__isnull=False)
    for reason in WhyLeave:
        LeavingReason.objects.create(day=timezone.localdate(NOW), reason=reason, number=3)
    for person, method in zip(Subscriber.objects.filter(state="active"), _WAYS, strict=False):
        unsubscribe(recipient_key=person.key, method=method, now=NOW + timedelta(seconds=1))
    for one in left:
        Visit.objects.create(path=one.issue.get_url_parts()[2], day=timezone.localdate(NOW), visits=1234)
        page = visit(f"/gestion/lettre/{one.issue_id}/apres/", storage_state=signed_in(somebody))
        page.pdf(path=tmp_path / "page.pdf", format="A4")
        sheets = [sheet.extract_text() for sheet in PdfReader(tmp_path / "page.pdf").pages]
        assert len(sheets) == 1, one.issue.title
        for words in ("Acceptées", "Remises à plus tard", "Réponses par courriel", "Face aux numéros précédents"):
            assert words in sheets[0]
        assert "Revenir au numéro" not in sheets[0]
        assert page.locator(".letter-compared svg").count() == 13
    assert left
