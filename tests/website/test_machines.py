from __future__ import annotations

from datetime import datetime

import pytest

from commun.cms.models import NetworkSettings
from commun.common import clock

pytestmark = pytest.mark.django_db


def test_whom_to_tell_of_a_weakness_is_said_and_never_out_of_date(client, settings):
    text = client.get("/.well-known/security.txt").content.decode()
    assert f"Contact: {settings.SITE_URL}/contact/" in text
    expires = next(line for line in text.splitlines() if line.startswith("Expires: ")).removeprefix("Expires: ")
    assert datetime.fromisoformat(expires) > clock.now()


def test_the_address_of_the_network_is_given_where_it_has_one(client):
    from wagtail.models import Site

    NetworkSettings.objects.create(site=Site.objects.get(is_default_site=True), contact_email="contact@example.org")
    assert "Contact: mailto:contact@example.org" in client.get("/.well-known/security.txt").content.decode()
