"""Silence is a trouble like another: the state of the site names rows that nobody moved in time."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commun.common import clock, states
from commun.contributions.models import Contribution
from commun.mailing.models import Send
from commun.website.state import read_state
from tests.contributions.factories import given
from tests.mailing.factories import make_send

pytestmark = pytest.mark.django_db


def _said() -> list[str]:
    return [f"{one.gravity.name} {one.what}" for one in read_state(now=clock.now()).troubles]


def test_every_life_is_declared_once_and_watched():
    slugs = [life.slug for life in states.lives()]
    assert sorted(slugs) == sorted(set(slugs))
    assert {"envoi", "remise", "numero", "contribution", "besoin", "proposition", "projet", "vote", "mandat"} <= {
        *slugs
    }


def test_a_contribution_that_nobody_reads_is_named_after_its_time():
    row = given()
    assert not [said for said in _said() if "contribution" in said]
    Contribution.objects.filter(pk=row.pk).update(moved_at=clock.now() - timedelta(days=20))
    [said] = [said for said in _said() if "contribution" in said]
    assert said == "WARNING Une contribution attend depuis 20 jours : « lue par l’équipe »."


def test_a_send_that_no_worker_begins_is_grave():
    send = make_send(addresses=["a@example.org"])
    Send.objects.filter(pk=send.pk).update(scheduled_at=clock.now() - timedelta(hours=2))
    assert [said for said in _said() if said.startswith("CRITICAL Un envoi attend depuis 2 heures")]


def test_what_was_promised_of_some_rows_is_not_asked_of_others():
    """A need that refused to be asked for news stays answered for ever: nobody promised to close it."""
    from commun.cooperation.lives import NEED

    [close] = [one for one in NEED.promises if one.by is states.Mover.SWEEP]
    assert close.only == {"remind_at": None, "reminders__gte": 3}
