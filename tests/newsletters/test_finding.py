"""An issue is found once it was sent, not before."""

from __future__ import annotations

import pytest

from commun.finding.models import Entry

pytestmark = pytest.mark.django_db


def test_an_issue_is_found_once_it_was_sent(submitted, request):
    assert not Entry.objects.filter(source="issues").exists()
    request.getfixturevalue("sent")
    [entry] = Entry.objects.filter(source="issues")
    assert entry.address.startswith("/lettre/")
