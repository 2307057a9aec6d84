"""No public page asks the database more than twelve questions once it has been seen."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.browser.content import make_site

pytestmark = pytest.mark.django_db

MOST = 12
_VIEWS = (
    "/",
    "/thematiques/",
    "/ressources/",
    "/ressources/?type=experience&q=banc",
    "/concepts/",
    "/agenda/",
    "/agenda/passes/",
    "/actualites/",
    "/lettre/",
    "/recherche/?q=atelier",
    "/contact/",
    "/plan-du-site/",
    "/mentions-legales/",
    "/abonnement/",
    "/compte/login/",
    "/rien-ici/",
)


def test_every_public_page_is_sober(client):
    addresses = [*_VIEWS, *make_site().values()]
    spent = {}
    for address in addresses:
        client.get(address)
        client.cookies.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        spent[address] = len(asked)
    assert {address: count for address, count in spent.items() if count > MOST} == {}
