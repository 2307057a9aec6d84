"""What readers, contributors and robots say of the pages of an issue is said before it leaves."""

from __future__ import annotations

import pytest

from commun.accounts.api import REDACTION
from commun.common import clock
from commun.freshness.api import ReportKind, report
from commun.freshness.models import Link, LinkPlace
from commun.library.api import ResourcePage
from commun.newsletters.services.freeze import freeze, latest
from tests.newsletters import factories

pytestmark = pytest.mark.django_db


def test_an_issue_says_what_is_doubted_of_the_pages_it_sends_people_to():
    issue = factories.composed(factories.member("editrice", REDACTION))
    before = {one.code for one in freeze(issue=latest(issue=issue)).findings}
    assert "page_reported" not in before
    page = ResourcePage.objects.live().first()
    report(page=page, kind=ReportKind.ERROR, text="Le chiffre est faux.", address="", now=clock.now())
    dead = Link.objects.create(url="https://mort.example.org/", key="a" * 64, state="dead", failing_since=clock.now())
    LinkPlace.objects.create(link=dead, page=page)
    found = [one for one in freeze(issue=latest(issue=issue)).findings if one.code.startswith("page_")]
    assert {one.code for one in found} == {"page_reported", "page_dead_links"}
    assert all(one.level == "warning" and page.title in one.message and one.why and one.mend for one in found)
