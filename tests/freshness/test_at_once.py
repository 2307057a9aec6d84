"""Two clicks at the same instant, each on a connection of its own."""

from __future__ import annotations

import pytest

from commun.common import clock
from commun.freshness.models import Report
from commun.freshness.services.reporting import report
from commun.freshness.types import ReportKind
from tests.contributions.test_at_once import at_once
from tests.library.factories import ArticleFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_at_the_same_instant_are_one_report():
    said = {
        "page": ArticleFactory(title="Le banc public"),
        "kind": ReportKind.ERROR,
        "text": "Le lien est mort.",
        "address": "camille@bourg.example.org",
    }
    rows = at_once(*(lambda: report(**said, now=clock.now()) for _ in range(3)))
    assert len({row.pk for row in rows}) == Report.objects.count() == 1
