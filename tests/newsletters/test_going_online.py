"""An issue goes on line by its sending, and by no other door of Wagtail."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Revision

from commun.cms.api import NotToBeOnline
from commun.cms.services.scheduling import publish_due
from commun.newsletters import api
from commun.newsletters.models import Submission
from commun.newsletters.services.sending import restore_issue
from tests.cms.factories import home
from tests.newsletters import factories
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _without_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def root(db):
    return get_user_model().objects.create_superuser("root@example.org")


def is_online(issue, client) -> bool:
    issue.refresh_from_db()
    return issue.live or client.get(f"/lettre/{issue.number}/").status_code != 404


def bulk(client, act, pages, **data):
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", act])
    return client.post(f"{url}?" + "&".join(f"id={page.pk}" for page in pages), data)


@pytest.mark.parametrize("who", ["editor", "approver", "root"])
@pytest.mark.parametrize("state", ["issue", "submitted", "approved"])
def test_publishing_the_home_page_with_all_that_stands_under_it_leaves_a_letter_unsent(
    client, request, issue, who, state
):
    issue = request.getfixturevalue(state)
    article = factories.library.ArticleFactory(title="Un brouillon", live=False)
    client.force_login(request.getfixturevalue(who))
    bulk(client, "publish", [home()], include_descendants="on")
    bulk(client, "publish", [issue.get_parent(), issue], include_descendants="on")
    client.logout()
    article.refresh_from_db()
    assert article.live, "the gesture does what it says, but for the letter"
    assert not is_online(issue, client)
    assert f"/lettre/{issue.number}/" not in client.get("/lettre/").content.decode()


@pytest.mark.parametrize("who", ["editor", "approver", "root"])
def test_copies_of_the_archive_publish_nothing(client, request, issue, who):
    client.force_login(request.getfixturevalue(who))
    before = Page.objects.count()
    for page in (issue, issue.get_parent(), home()):
        for extra in ({"publish_copies": "on"}, {"alias": "on"}):
            data = {
                "new_title": "Copie",
                "new_slug": f"copie-{page.pk}",
                "new_parent_page": page.get_parent().pk,
                "copy_subpages": "on",
                **extra,
            }
            client.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), data)
    assert Page.objects.count() == before


def _as_saved(issue):
    issue.get_latest_revision().publish()


def _by_a_switch(issue):
    issue.live = True
    issue.save()


def _by_a_switch_of_the_bare_page(issue):
    page = Page.objects.get(pk=issue.pk)
    page.live = True
    page.save(clean=False)


def _by_a_live_copy(issue):
    issue.live = True  # in memory: a copy carries it
    issue.copy(keep_live=True, update_attrs={"slug": "copie", "number": 99}, copy_revisions=False)


def _by_an_alias(issue):
    issue.live = True
    issue.number = 99
    issue.create_alias(update_slug="alias")


def _as_a_new_page(issue):
    page = api.IssuePage(title="Sans accord", number=99, date=NOW.date(), theme=issue.theme)
    issue.get_parent().add_child(instance=page)


@pytest.mark.parametrize(
    "attempt",
    [_as_saved, _by_a_switch, _by_a_switch_of_the_bare_page, _by_a_live_copy, _by_an_alias, _as_a_new_page],
)
def test_a_shell_is_refused_by_the_issue_itself(client, approved, attempt):
    before = Page.objects.count()
    with pytest.raises(NotToBeOnline), transaction.atomic():
        attempt(approved)
    assert not is_online(approved, client)
    assert Page.objects.count() == before


def test_a_date_given_to_an_issue_does_not_publish_it_nor_hold_back_other_pages(client, approved, settings):
    article = factories.library.ArticleFactory(title="Prévu", live=False)
    past = timezone.now() - timedelta(minutes=1)
    article.save_revision(approved_go_live_at=past)
    revision = approved.get_latest_revision_as_object().save_revision(approved_go_live_at=past - timedelta(hours=1))
    assert publish_due(now=timezone.now()) == 1
    article.refresh_from_db()
    assert article.live
    assert not is_online(approved, client)
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None


def test_what_the_database_alone_calls_live_is_shown_to_nobody(client, approved):
    Page.objects.filter(pk=approved.pk).update(live=True)
    assert client.get("/lettre/1/").status_code == 404
    assert approved.title not in client.get("/lettre/").content.decode()
    assert api.latest_issue() is None


def test_the_api_of_the_administration_acts_on_no_page(client, issue, root):
    client.force_login(root)
    for page in (issue, home()):
        for act in ("publish", "copy", "delete", "unpublish", "create_alias"):
            url = f"/gestion/api/main/pages/{page.pk}/action/{act}/"
            assert client.post(url, {}, content_type="application/json").status_code == 404
    issue.refresh_from_db()
    assert not issue.live


def test_a_version_written_after_the_send_stays_a_draft(client, sent, editor):
    page = sent.get_latest_revision_as_object()
    page.title = "Tout autre chose"
    revision = page.save_revision(user=editor)
    with pytest.raises(NotToBeOnline):
        revision.publish()
    assert "Tout autre chose" not in client.get("/lettre/1/").content.decode()


def test_whoever_sends_takes_a_sent_issue_off_line_and_puts_it_back_as_it_was(client, sent, editor, approver):
    page = sent.get_latest_revision_as_object()
    page.title = "Tout autre chose"
    page.save_revision(user=editor)
    client.force_login(editor)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[sent.pk]))
    assert is_online(sent, client)
    client.force_login(approver)
    client.post(reverse("wagtailadmin_pages:unpublish", args=[sent.pk]))
    assert not is_online(sent, client)
    client.force_login(editor)
    client.post(reverse("newsletters:restore", args=[sent.pk]))
    assert not is_online(sent, client)
    client.force_login(approver)
    assert "retirée du site" in client.get(reverse("newsletters:issue", args=[sent.pk])).content.decode()
    client.post(reverse("newsletters:restore", args=[sent.pk]))
    assert "Grenoble" in client.get("/lettre/1/").content.decode()
    assert api.IssuePage.objects.get().title == "Le passage à l’action"


def test_nothing_comes_back_that_was_never_sent(approved, approver):
    with pytest.raises(api.NewslettersError) as refused:
        restore_issue(issue=approved, user=approver)
    assert refused.value.code == "newsletters_not_published"


def test_the_database_knows_no_web_edition_without_a_send(approved):
    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.update(published_at=NOW)
