from __future__ import annotations

import pytest
from django.test import Client

from commun.accounts.api import GROUPS, create_member
from commun.subscribers.views import common


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    """Answers are held back so that they cannot be told apart; tests need not wait."""
    monkeypatch.setattr(common, "ANSWER_AFTER_SECONDS", 0)


@pytest.fixture
def visitor():
    """A browser without cookies, whose requests Django's CSRF check would refuse if it applied."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def enter(client, settings):
    settings.STAFF_MFA_REQUIRED = False

    def _enter(*groups: str):
        name = "-".join(str(GROUPS.index(group)) for group in groups)
        client.force_login(create_member(email=f"{name}@example.org", groups=groups))
        return client

    return _enter
