"""What readers, contributors and robots say of the pages of an issue is said before it leaves."""

from __future__ import annotations

import pytest
from wagtail.rich_text import RichText

from commun.accounts.api import REDACTION
from commun.common import clock
from commun.freshness.api import ReportKind, report
from commun.freshness.models import Link, LinkPlace
from commun.freshness.services.reading import read_links
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


def test_links_of_a_letter_s_own_text_are_followed_while_it_is_written_and_told_once_dead():
    issue = latest(issue=factories.composed(factories.member("editrice", REDACTION)))
    text = '<p>Lire <a href="https://guide.example.net/eau">le guide</a>.</p>'
    issue.body.append(("text", {"title": "Ailleurs", "text": RichText(text)}))
    issue.save_revision()
    read_links(now=clock.now())
    link = Link.objects.get(url="https://guide.example.net/eau")
    assert [place.page_id for place in link.places.all()] == [issue.pk]
    read_links(now=clock.now())
    assert link.places.count() == 1
    Link.objects.filter(pk=link.pk).update(state="dead", failing_since=clock.now())
    (found,) = [one for one in freeze(issue=latest(issue=issue)).findings if one.code == "link_dead"]
    assert "le guide" in found.message
    issue = latest(issue=issue)
    del issue.body[len(issue.body) - 1]
    issue.save_revision()
    read_links(now=clock.now())
    assert not link.places.exists()
