"""An address leads to the page that Wagtail would have found."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from commun.cms.routing import _route
from commun.newsletters.models import IssueIndexPage, IssuePage
from tests.cms.factories import home
from tests.library.factories import ArticleFactory, KitFactory, SheetFactory, ThemeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses() -> list[str]:
    sheet = SheetFactory(parent=KitFactory())
    draft = ArticleFactory(live=False)
    issue = IssueIndexPage.objects.get().add_child(
        instance=IssuePage(
            title="Un numéro", slug="un-numero", number=7, date=date(2026, 1, 1), theme=ThemeFactory(), live=False
        )
    )
    Page.objects.filter(pk=issue.pk).update(live=True)  # without its send
    below = [sheet.url_path, draft.url_path, ArticleFactory().url_path, issue.url_path]
    known = [one.removeprefix(home().url_path) for one in below]
    return ["", "ressources/", "agenda/", "rien/", "ressources/rien/", "rien/ressources/", "lettre/7/", "lettre/8/",
            "lettre/7/copie/", "lettre/7/rien/", "lettre/un-numero/", "ressources//", *known]  # fmt: skip


def test_every_address_answers_as_wagtail_answers(addresses):
    for address in addresses:
        ours, theirs = RequestFactory().get("/"), RequestFactory().get("/")
        found = _route(ours, root=home(), names=[one for one in address.split("/") if one])
        assert told(found) == told(Page.route_for_request(theirs, address)), address
        assert found is None or type(found[0]) is type(found[0].specific)


def test_a_page_is_found_in_two_questions_however_deep(django_assert_num_queries):
    address = SheetFactory(parent=KitFactory()).url
    Client().get(address)
    names = [one for one in address.split("/") if one]
    root = home()
    with django_assert_num_queries(2):
        assert _route(RequestFactory().get(address), root=root, names=names) is not None


def told(found: RouteResult | None) -> tuple[object, ...] | None:
    return None if found is None else (found[0], found[1], found[2])
