"""People and issues of these tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import DjangoDbBlocker

from commun.accounts.api import REDACTION, VALIDATION
from commun.accounts.models import User
from commun.newsletters import api
from tests.databases import MIGRATED, Databases
from tests.newsletters import factories
from tests.newsletters.factories import NOW

COMPOSED = "composed"


@pytest.fixture(scope="session")
def composed_media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pictures of the composed issue."""
    return tmp_path_factory.mktemp(COMPOSED)


@pytest.fixture
def database_held(
    request: pytest.FixtureRequest,
    databases: Databases,
    django_db_blocker: DjangoDbBlocker,
    composed_media: Path,
    _media: None,
) -> None:
    """Composing takes ten times longer than most of what is done with the issue: it is done once a process."""
    if "issue" not in request.fixturenames:
        with django_db_blocker.unblock():
            databases.hold(MIGRATED)
        return

    own = django_settings.MEDIA_ROOT

    def compose() -> None:
        django_settings.MEDIA_ROOT = composed_media
        factories.composed(factories.member("editrice", REDACTION))
        django_settings.MEDIA_ROOT = own

    with django_db_blocker.unblock():
        databases.hold(COMPOSED, compose)
    shutil.copytree(composed_media, own, dirs_exist_ok=True)


@pytest.fixture
def editor(request, db):
    if "issue" in request.fixturenames:
        return User.objects.get(email="editrice@example.org")
    return factories.member("editrice", REDACTION)


@pytest.fixture
def approver(db):
    return factories.member("relecteur", VALIDATION)


@pytest.fixture
def issue(db):
    return api.IssuePage.objects.get()


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
