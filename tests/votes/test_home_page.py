"""A vote under way is on the home page."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.votes import factories

pytestmark = pytest.mark.django_db


def test_from_its_opening_to_its_closing_and_not_a_minute_longer(client, clock):
    vote = factories.make_scheduled()
    address = reverse("votes:vote", args=[vote.slug])
    assert address not in client.get("/").content.decode()
    clock.at = vote.opens_at
    factories.api.open_vote(vote_id=vote.pk, electors=factories.DRAFTS)
    shown = client.get("/").content.decode()
    assert "Un vote est ouvert" in shown
    assert address in shown
    clock.at = vote.closes_at + timedelta(minutes=1)
    assert address not in client.get("/").content.decode()
