"""People and issues of these tests."""

from __future__ import annotations

import pytest

from commun.accounts.api import REDACTION, VALIDATION
from commun.newsletters import api
from tests.newsletters import factories
from tests.newsletters.factories import NOW


@pytest.fixture
def editor(db):
    return factories.member("editrice", REDACTION)


@pytest.fixture
def approver(db):
    return factories.member("relecteur", VALIDATION)


@pytest.fixture
def issue(editor):
    return factories.composed(editor)


@pytest.fixture
def submitted(issue, editor):
    api.submit_issue(issue=issue, user=editor, now=NOW)
    return issue


@pytest.fixture
def approved(submitted, approver):
    api.approve_issue(issue=submitted, user=approver, now=NOW)
    return submitted


@pytest.fixture
def sent(approved, approver):
    api.send_issue(issue=approved, user=approver, now=NOW)
    approved.refresh_from_db()
    return approved
