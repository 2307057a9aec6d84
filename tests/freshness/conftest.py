from __future__ import annotations

import re

import pytest
from django.test import Client

from commun.accounts.api import MODERATION, create_member

_STAMP = re.compile(r'name="horodatage"[^>]*value="([^"]+)"')


@pytest.fixture(autouse=True)
def _locmem(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def team() -> Client:
    """A browser of the moderation."""
    client = Client()
    client.force_login(create_member(email="equipe@example.org", first_name="Nour", groups=(MODERATION,)))
    return client


def filled(client: Client, url: str, **values: str):
    """Open the page, fill in its form, send it."""
    stamp = _STAMP.search(client.get(url).content.decode())
    assert stamp, "no form there"
    return client.post(url, {"horodatage": stamp[1], **values})


def path_in(message, prefix: str) -> str:
    """The address of ours that a mail gives under this prefix."""
    found = re.search(rf"http://localhost:8000({prefix}\S+)", message.body)
    assert found, message.body
    return found[1]
