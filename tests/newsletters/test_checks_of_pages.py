# ruff: noqa: E501 (a table of defects, a line each)
"""What readers, contributors and robots say of the pages of an issue is said before it leaves."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.rich_text import RichText

from commun.accounts.api import REDACTION
from commun.cms.api import CommunImage
from commun.common import clock
from commun.freshness.api import ReportKind, report
from commun.freshness.models import Link, LinkPlace
from commun.freshness.services.reading import read_links
from commun.library.api import ExperiencePage, ResourcePage
from commun.newsletters import api
from commun.newsletters.services.freeze import freeze, latest
from tests.cms.factories import ImageFactory
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


def _add(kind, **value):
    def damage(issue):
        issue.body.append((kind, value))

    return damage


def _without_file(issue):
    """The picture of the experience in front."""
    image = ImageFactory(file__width=1200, file__height=800)
    issue.body[1].value["page"].specific.__class__.objects.filter(pk=issue.body[1].value["page"].pk).update(
        cover_image=image
    )
    image.file.delete(save=False)


# What is wrong in the library or in what was chosen, the code that must say so, its level, the section from 1; 0: the last.
DEFECTS = [
    ("no licence", lambda issue: ExperiencePage.objects.update(licence=""), "licence_missing", "advice", 2),
    ("a picture nobody signed", lambda issue: CommunImage.objects.update(credit=""), "credit_missing", "warning", 1),
    ("a picture whose file is lost", _without_file, "image_missing", "blocking", 2),
    ("a page that was deleted", lambda issue: ExperiencePage.objects.get(title="À Grenoble, les voisins refont la rue").delete(), "page_missing", "blocking", 2),
    ("a vote that was deleted", _add("vote_state", title="Les votes", items=[{"vote": None, "words": ""}]), "vote_missing", "blocking", 0),
    ("a project that was deleted", _add("project_news", title="Les projets", items=[{"project": None, "words": ""}]), "project_missing", "blocking", 0),
    ("a partner that was deleted", _add("partners", title="Avec", items=[None]), "partner_missing", "blocking", 0),
    ("an address that leads nowhere", _add("questions", title="Et vous ?", label="Écrire", url="https://", deadline=None, text=None), "address_unreadable", "blocking", 0),
]  # fmt: skip


@pytest.mark.parametrize(
    ("damage", "code", "level", "at"), [row[1:] for row in DEFECTS], ids=[row[0] for row in DEFECTS]
)
def test_a_defect_of_what_was_chosen_is_caught_at_its_place(issue, damage, code, level, at):
    assert code not in {one.code for one in freeze(issue=latest(issue=issue)).findings}
    damage(issue)
    shown = type(issue).objects.get(pk=issue.pk) if at else issue
    found = [one for one in freeze(issue=shown).findings if one.code == code]
    assert {one.level for one in found} == {level}
    assert (at or len(issue.body)) in {one.position for one in found}
    assert all(one.why and one.mend for one in found)


def test_whoever_approves_sees_that_a_picture_is_not_signed(client, settings, issue, editor, approver):
    settings.STAFF_MFA_REQUIRED = False
    CommunImage.objects.update(credit="")
    api.submit_issue(issue=issue, user=editor, now=factories.NOW)
    client.force_login(approver)
    read = client.get(reverse("newsletters:read", args=[issue.pk])).content.decode()
    assert "n’a pas de crédit" in read
    assert "À regarder" in read
