"""Collectivités with people who act for them, and what they ask of each other."""

from __future__ import annotations

import itertools
import re
from typing import Any

from django.test import Client

from commun.accounts.api import create_member
from commun.accounts.models import User
from commun.common import clock
from commun.peers import api
from commun.territories.api import Organisation
from tests.library.factories import OrganisationFactory, TerritoryFactory
from tests.territories.factories import make_mandate

_numbers = itertools.count(1)


def town(name: str = "", *, members: int = 1, **place: Any) -> tuple[Organisation, ...]:
    """The collectivité, then whoever acts for it."""
    name = name or f"Bourg {next(_numbers)}"
    organisation = OrganisationFactory(
        name=name, slug=f"bourg-{next(_numbers)}", kind="collectivite", territory=TerritoryFactory(name=name, **place)
    )
    return (organisation, *(member(organisation) for _ in range(members)))


def member(organisation: Organisation) -> User:
    number = next(_numbers)
    user = create_member(
        email=f"agent{number}@bourg{number}.example.org", first_name="Ada", last_name=f"Agent {number}"
    )
    make_mandate(user=user, organisation=organisation, now=clock.now())
    return user


def ask(asking: Organisation, asked: Organisation, user: User, **values: Any) -> api.Introduction:
    now = values.pop("now", None) or clock.now()
    wish = api.Wish(**{"reason": "Vous avez rouvert votre école avec les habitants.", **values})
    return api.ask(asking=asking, asked=asked, user=user, wish=wish, now=now)


def links_in(mail: Any) -> list[str]:
    """Paths of our addresses, as a reader would click them."""
    return re.findall(r"https?://[^/\s]+(/[^\s]*)", mail.body)


def press(client: Client, path: str, act: str = "", **data: Any) -> Any:
    """Open a page of ours and press one of its guarded buttons, which must be there."""
    shown = client.get(path).content.decode()
    forms = dict(re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', shown, re.DOTALL))
    stamp = re.search(r'name="horodatage"\s+value="([^"]+)"', forms[path + act])
    assert stamp is not None
    return client.post(path + act, {"horodatage": stamp[1], **data}, follow=True)
