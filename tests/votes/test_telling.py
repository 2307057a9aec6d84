"""Who hears of a ballot, and what she is never told."""

from __future__ import annotations

from datetime import date, timedelta
from html import unescape

import pytest

from commun.territories.models import OfficialAddress, Territory
from commun.votes import api
from commun.votes.models import Ballot, BallotBox
from commun.votes.services import telling
from tests.territories.factories import end_mandates
from tests.votes.factories import DRAFTS, cast, elector_of, make_closed, make_member, make_open

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=11)


def official(key: str = "01015", email: str = "mairie@example.org") -> OfficialAddress:
    place = Territory.objects.get(kind="commune", code=key)
    return OfficialAddress.objects.create(
        territory=place, email=email, domain=email.partition("@")[2], source="essai", dated=date(2026, 1, 1)
    )


@pytest.fixture
def vote(clock, register):
    return make_open(clock)


@pytest.fixture
def camille(vote):
    user = make_member(elector_of(vote))
    user.first_name, user.last_name = "Camille", "Roche"
    user.save()
    return user


def test_members_and_the_town_hall_hear_of_a_ballot_and_nobody_of_its_grades(clock, vote, camille, mailoutbox):
    official()
    make_member(elector_of(vote), "dominique@example.org")
    make_member(elector_of(vote, 1), "voisine@example.org")
    receipt = cast(camille, elector_of(vote), [3, 0, 1], roles=[2, 0, 0])
    mailoutbox.clear()  # what mandates say
    assert telling.tell_ballots(now=clock.at) == 3
    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert set(mails) == {"camille@example.org", "dominique@example.org", "mairie@example.org"}
    head, closing = BallotBox.objects.get().head, "30 novembre 2026 à 18 h"
    for mail in mails.values():
        for part in (mail.body, unescape(mail.alternatives[0][0])):
            assert f"{receipt.number}" in part
            assert head in part
            assert receipt.commitment in part
            assert f"/votes/{vote.slug}/recu/{receipt.number}/{receipt.commitment}/" in part
            assert f"/votes/{vote.slug}/bulletin/{elector_of(vote).pk}/" in part
            assert closing in part.replace("\u00a0", " ")
            assert "Personne de chez vous" in part
            for grade in (*vote.scale.grades, *api.Role.labels[1:]):
                assert grade not in part
    assert "Vous avez déposé" in mails["camille@example.org"].body
    assert "Camille Roche a déposé" in mails["dominique@example.org"].body
    town_hall = mails["mairie@example.org"]
    assert "Un membre habilité" in town_hall.body
    assert "Camille" not in town_hall.body + town_hall.alternatives[0][0] + town_hall.subject
    assert telling.tell_ballots(now=clock.at) == 0


def test_an_official_address_that_a_member_signs_in_with_is_written_to_once_without_a_name(
    clock, vote, camille, mailoutbox
):
    official()
    make_member(elector_of(vote), "mairie@example.org")
    mailoutbox.clear()
    cast(camille, elector_of(vote), [3, 0, 1])
    telling.tell_ballots(now=clock.at)
    assert sorted(mail.to[0] for mail in mailoutbox) == ["camille@example.org", "mairie@example.org"]
    assert "Camille" not in next(mail.body for mail in mailoutbox if mail.to == ["mairie@example.org"])


def test_a_form_sent_twice_is_told_once(clock, vote, camille, mailoutbox):
    elector = elector_of(vote)
    for _ in range(2):
        cast(camille, elector, [1, 1, 1], submission="a" * 43, seen=None)
        telling.tell_ballots(now=clock.at)
        clock.at += LATER
    assert len(mailoutbox) == 1


def test_ballots_that_follow_each_other_closely_are_told_together(clock, vote, camille, mailoutbox):
    cast(camille, elector_of(vote), [1, 1, 1])
    telling.tell_ballots(now=clock.at)
    for _ in range(3):
        clock.at += timedelta(minutes=1)
        latest = cast(camille, elector_of(vote), [2, 2, 2])
        telling.tell_ballots(now=clock.at)
    assert len(mailoutbox) == 1
    clock.at += LATER
    telling.tell_ballots(now=clock.at)
    assert len(mailoutbox) == 2
    assert "Vous avez remplacé" in mailoutbox[1].body
    assert f"Reçu n° {latest.number}" in mailoutbox[1].body
    assert "2 autres" in mailoutbox[1].body
    assert not Ballot.objects.filter(told_at=None).exists()


def test_a_crash_before_the_end_tells_nobody_and_the_next_turn_tells_once(
    clock, vote, camille, mailoutbox, monkeypatch
):
    make_member(elector_of(vote), "dominique@example.org")
    mailoutbox.clear()
    cast(camille, elector_of(vote), [1, 1, 1])
    kept = telling.write

    def fail(name, **values):
        if values["to"] == "dominique@example.org":
            raise OSError("machine lost")
        kept(name, **values)

    monkeypatch.setattr(telling, "write", fail)
    with pytest.raises(OSError, match="lost"):
        telling.tell_ballots(now=clock.at)
    assert Ballot.objects.filter(told_at=None).count() == 1
    mailoutbox.clear()  # the tests' backend forgets no mail with the transaction, the queue does
    monkeypatch.setattr(telling, "write", kept)
    telling.tell_ballots(now=clock.at)
    assert len(mailoutbox) == 2


def test_a_member_whose_mandate_ended_hears_nothing_of_the_ballots_of_others(clock, vote, camille, mailoutbox):
    gone = make_member(elector_of(vote), "partie@example.org")
    end_mandates(user=gone, now=clock.at)
    mailoutbox.clear()
    cast(camille, elector_of(vote), [1, 1, 1])
    telling.tell_ballots(now=clock.at)
    assert [mail.to for mail in mailoutbox] == [["camille@example.org"]]


def test_after_closing_the_mail_offers_no_replacement(clock, vote, camille, mailoutbox):
    clock.at = vote.closes_at - timedelta(seconds=1)
    cast(camille, elector_of(vote), [1, 1, 1])
    make_closed(clock, vote)
    telling.tell_ballots(now=clock.at)
    assert "/bulletin/" not in mailoutbox[0].body
    assert "Le vote est terminé" in mailoutbox[0].body


def test_the_queue_holds_the_mail_with_its_two_parts_and_respects_a_dead_address(clock, vote, camille, settings):
    from commun.mailing.models import ServiceMail
    from commun.mailing.services.suppression import suppress

    settings.EMAIL_BACKEND = "commun.mailing.backends.ServiceMailBackend"
    official()
    suppress(reason="hard_bounce", address="mairie@example.org", now=clock.at)
    cast(camille, elector_of(vote), [1, 1, 1])
    telling.tell_ballots(now=clock.at)
    states = dict(ServiceMail.objects.values_list("address", "state"))
    assert states == {"camille@example.org": "pending", "mairie@example.org": "excluded"}
    raw = bytes(ServiceMail.objects.get(address="camille@example.org").raw)
    assert b"text/plain" in raw
    assert b"text/html" in raw


def test_a_collectivite_that_joined_after_opening_is_told_too(clock, register, vote, mailoutbox):
    """Its elector had no organisation at opening: it is found by its place."""
    from commun.accounts.api import create_member
    from commun.territories.api import organisation_of
    from tests.territories.factories import make_mandate

    place = Territory.objects.get(code="38421")
    late = create_member(email="tard@example.org")
    make_mandate(user=late, organisation=organisation_of(territory=place), now=clock.at)
    elector = api.electors_of(user=late, vote=vote, now=clock.at).get()
    assert elector.key == DRAFTS[1].key
    assert elector.organisation is None
    cast(late, elector, [1, 1, 1])
    assert telling.tell_ballots(now=clock.at) == 1
    assert mailoutbox[0].to == ["tard@example.org"]
