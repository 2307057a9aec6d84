"""Sections of another issue, taken into a draft."""

from __future__ import annotations

import pytest
from django.urls import reverse

from commun.accounts.api import MODERATION
from commun.newsletters import api
from commun.newsletters.models import IssuePage
from commun.newsletters.services.freeze import latest
from tests.newsletters import factories
from tests.newsletters.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def draft(issue, editor):
    """Another issue, composed after the first."""
    return api.compose_issue(theme=issue.theme, user=editor, now=NOW)


def _body(page):
    return latest(issue=IssuePage.objects.get(pk=page.pk)).body


def _url(page):
    return reverse("newsletters:borrow", args=[page.pk])


def test_chosen_sections_come_at_the_end_with_identifiers_of_their_own(client, editor, issue, draft):
    client.force_login(editor)
    there, before = list(_body(issue)), list(_body(draft))
    chosen = [there[0].id, there[2].id]
    shown = client.get(_url(draft), {"de": issue.pk}).content.decode()
    assert all(section.id in shown for section in there)
    answer = client.post(_url(draft), {"de": issue.pk, "rubrique": chosen})
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[draft.pk])
    after = list(_body(draft))
    assert [section.id for section in after[: len(before)]] == [section.id for section in before]
    added = after[len(before) :]
    assert [section.block_type for section in added] == [there[0].block_type, there[2].block_type]
    assert {section.id for section in added}.isdisjoint({section.id for section in there})
    assert [section.id for section in _body(issue)] == [section.id for section in there]
    assert client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).status_code == 200


def test_nothing_chosen_or_nothing_there_adds_nothing(client, editor, issue, draft):
    client.force_login(editor)
    before = len(_body(draft))
    for sent in ({"de": issue.pk}, {"de": issue.pk, "rubrique": "inconnue"}, {}, {"de": "²"}):
        client.post(_url(draft), sent)
    assert client.post(_url(draft), {"de": draft.pk, "rubrique": "x"}).status_code == 404
    assert len(_body(draft)) == before


def test_what_is_submitted_takes_nothing(client, editor, submitted):
    other = api.compose_issue(theme=submitted.theme, user=editor, now=NOW)
    client.force_login(editor)
    before = submitted.latest_revision_id
    section = _body(other)[0].id
    client.post(_url(submitted), {"de": other.pk, "rubrique": section})
    assert IssuePage.objects.get(pk=submitted.pk).latest_revision_id == before


def test_whoever_does_not_compose_takes_nothing(client, issue, draft):
    client.force_login(factories.member("moderatrice", MODERATION))
    assert client.post(_url(draft), {"de": issue.pk, "rubrique": _body(issue)[0].id}).status_code in (
        302,
        404,
    )
    assert len(_body(draft)) == len(draft.body)
