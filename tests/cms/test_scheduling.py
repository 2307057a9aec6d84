"""What was given a date goes on line and off line by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from commun.cms.services.scheduling import publish_due, take_off_expired
from commun.common import periodic
from tests.library.factories import ArticleFactory

pytestmark = pytest.mark.django_db


def planned(*, title: str, minutes: int):
    page = ArticleFactory(title=title, live=False)
    at = timezone.now() + timedelta(minutes=minutes)
    page.save_revision(approved_go_live_at=at)
    return page, at


def is_live(page) -> bool:
    return Page.objects.get(pk=page.pk).live


def test_a_planned_page_goes_online_at_its_date_and_once():
    page, at = planned(title="Demain", minutes=-5)
    assert publish_due(now=at - timedelta(seconds=1)) == 0
    assert not is_live(page)
    assert publish_due(now=at) == 1
    assert is_live(page)
    assert publish_due(now=at) == 0


def test_a_page_that_is_no_longer_valid_stays_a_draft_and_holds_back_no_other():
    broken, _ = planned(title="Cassée", minutes=-10)
    fine, _ = planned(title="Bonne", minutes=-5)
    revision = broken.latest_revision
    revision.content["licence"] = ""
    revision.save()
    assert publish_due(now=timezone.now()) == 1
    assert (is_live(broken), is_live(fine)) == (False, True)
    assert publish_due(now=timezone.now()) == 0


def test_a_page_seen_until_a_date_goes_off_line_after_it():
    page = ArticleFactory(title="Jusqu’à demain", expire_at=timezone.now() + timedelta(days=1))
    assert take_off_expired(now=page.expire_at) == 0
    assert take_off_expired(now=page.expire_at + timedelta(seconds=1)) == 1
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)


def test_workers_look_at_both():
    names = {sweep.name for sweep in periodic.sweeps()}
    assert {"cms.publish_due", "cms.take_off_expired"} <= names
