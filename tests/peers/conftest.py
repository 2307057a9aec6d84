"""Service mails are rows; mail comes in."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _mail(settings) -> None:
    settings.INBOUND_DOMAIN = "contributions.example.org"
    settings.STAFF_MFA_REQUIRED = False
    settings.EMAIL_BACKEND = "commun.mailing.backends.ServiceMailBackend"
