"""One invitation, one reminder: who receives them, who does not, and never twice."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from commun.accounts.api import REDACTION, VALIDATION, create_member
from commun.common import privacy
from commun.mailing.api import send_progress
from commun.mailing.delivery.copies import Copier
from commun.mailing.delivery.ledger import Row
from commun.mailing.models import Delivery, Send
from commun.mailing.services.suppression import suppress
from commun.votes import api, tokens
from commun.votes.models import Invitation, InvitationRefusal, Invited
from commun.votes.services import inviting, preparing
from tests.territories.factories import make_mandate
from tests.votes.factories import cast, elector_of, make_closed, make_member, make_open, make_scheduled
from tests.votes.test_telling import official

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def vote(clock, register):
    return make_open(clock)


def invite(clock, vote):
    inviting.ask_invitation(vote_id=vote.pk, by=None, now=clock.at)
    return inviting.send_invitations(now=clock.at)


def remind(clock, vote, *, before=timedelta(days=5)):
    clock.at = vote.closes_at - before
    return inviting.send_reminders(now=clock.at)


def addresses(kind: str) -> list[str]:
    return sorted(Delivery.objects.filter(send__kind=kind).values_list("address", flat=True))


def test_members_and_official_addresses_are_invited_once_each(clock, vote):
    make_member(elector_of(vote))
    make_member(elector_of(vote), "dominique@example.org")
    official("01015", "mairie@example.org")
    official("38421", "ville@example.org")
    create_member(email="sans-mandat@example.org")
    assert invite(clock, vote) == 4
    expected = ["camille@example.org", "dominique@example.org", "mairie@example.org", "ville@example.org"]
    assert addresses("vote_invitation") == expected
    for _ in range(3):
        assert invite(clock, vote) == 0
    assert Send.objects.count() == 1
    assert addresses("vote_invitation") == expected


def test_an_address_that_acts_for_two_is_written_to_once_and_its_page_names_both(clock, vote):
    camille = make_member(elector_of(vote))
    second = elector_of(vote, 1)
    make_member(second, "autre@example.org")
    make_mandate_for(camille, second, clock)
    official("93066", "camille@example.org")
    invite(clock, vote)
    assert addresses("vote_invitation") == ["autre@example.org", "camille@example.org"]
    page = Client().get(f"/votes/invitation/{token('camille@example.org')}/").content.decode()
    for rank in (0, 1, 2):
        assert elector_of(vote, rank).label.replace("'", "’") in page
    assert elector_of(vote, 3).label not in page


def make_mandate_for(user, elector, clock):
    elector.refresh_from_db()
    make_mandate(user=user, organisation=elector.organisation, now=clock.at)


def token(address: str) -> str:
    return tokens.token_of(tokens.key_of(address=address))


def test_the_finished_copy_carries_the_personal_link_in_its_text_and_in_its_header(clock, vote):
    make_member(elector_of(vote))
    invite(clock, vote)
    send = Send.objects.get()
    row = Delivery.objects.get()
    copy = Copier(send).outgoing(
        row=Row(1, send.pk, row.address, row.recipient_key, 0, None), now=clock.at
    ).body(True)  # fmt: skip
    plain = re.sub(rb"=\r\n", b"", copy)
    link = f"/votes/invitation/{token('camille@example.org')}/".encode()
    assert plain.count(link) >= 5
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in plain
    assert b"JetonPersonnel" not in plain


def test_dead_and_suppressed_addresses_are_set_aside_and_shown_as_unreachable(clock, vote, settings):
    settings.STAFF_MFA_REQUIRED = False
    make_member(elector_of(vote))
    official("01015", "mairie@example.org")
    suppress(reason="hard_bounce", address="mairie@example.org", now=clock.at)
    invite(clock, vote)
    counts = send_progress(send_id=Send.objects.get().pk).counts
    assert (counts["pending"], counts["excluded"]) == (1, 1)
    client = Client()
    client.force_login(create_member(email="redaction@example.org", groups=(REDACTION,)))
    page = client.get(f"/gestion/votes/{vote.pk}/").content.decode()
    cells = re.findall(r"<td>(.*?)</td>", page.split("Invitation et rappel")[1])
    assert cells[1:5] == ["2", "0", "1", "1"]
    assert "aucune adresse n’est connue&nbsp;: 3" in page
    assert "example.org</td>" not in page


def test_an_address_that_bounced_at_the_town_hall_is_not_written_to(clock, vote):
    row = official("01015", "mairie@example.org")
    row.bounced_at = clock.at
    row.save()
    assert invite(clock, vote) == 0


def test_one_reminder_goes_only_to_collectivites_that_have_not_voted(clock, vote):
    camille = make_member(elector_of(vote))
    make_member(elector_of(vote, 1), "silence@example.org")
    official("01015", "mairie@example.org")
    official("38421", "ville@example.org")
    invite(clock, vote)
    cast(camille, elector_of(vote), [3, 2, 1])
    assert remind(clock, vote, before=timedelta(days=5, seconds=1)) == 0
    assert remind(clock, vote) == 2
    assert addresses("vote_reminder") == ["silence@example.org", "ville@example.org"]
    assert remind(clock, vote, before=4 * DAY) == 0
    assert Send.objects.filter(kind="vote_reminder").count() == 1


def test_an_address_that_acts_for_two_is_reminded_while_one_of_them_is_silent(clock, vote):
    camille = make_member(elector_of(vote))
    second = elector_of(vote, 1)
    make_member(second, "autre@example.org")
    make_mandate_for(camille, second, clock)
    invite(clock, vote)
    cast(camille, elector_of(vote), [3, 2, 1])
    remind(clock, vote)
    assert addresses("vote_reminder") == ["autre@example.org", "camille@example.org"]


@pytest.mark.parametrize("case", ["no reminder wanted", "nobody invited", "invited just before", "too late"])
def test_no_reminder_leaves_when(clock, register, case):
    vote = make_open(clock, reminder_days=0 if case == "no reminder wanted" else 5)
    make_member(elector_of(vote))
    if case == "invited just before":
        clock.at = vote.closes_at - 5 * DAY - timedelta(hours=1)
    if case != "nobody invited":
        assert invite(clock, vote) == 1
    assert remind(clock, vote, before=timedelta(hours=3) if case == "too late" else 5 * DAY) == 0
    assert not Invitation.objects.filter(kind="reminder").exists()


def test_asked_before_opening_it_leaves_once_the_vote_is_open(clock, register):
    vote = make_scheduled()
    clock.at = vote.opens_at - DAY
    assert invite(clock, vote) == 0
    clock.at = vote.opens_at
    vote = api.open_vote(vote_id=vote.pk, electors=api.usual_electorate(["commune"]))
    official("01015", "mairie@example.org")
    assert inviting.send_invitations(now=clock.at) == 1


def test_an_announcement_taken_back_takes_the_invitation_back(clock, register):
    vote = make_scheduled()
    inviting.ask_invitation(vote_id=vote.pk, by=None, now=clock.at)
    preparing.take_back(vote_id=vote.pk)
    assert not Invitation.objects.exists()
    preparing.delete_draft(vote_id=vote.pk, now=clock.at)


def test_a_crash_before_the_end_sends_nothing_and_the_next_turn_sends_once(clock, vote, monkeypatch):
    make_member(elector_of(vote))
    kept = inviting._write_down

    def fail(audience):
        raise OSError("machine lost")

    monkeypatch.setattr(inviting, "_write_down", fail)
    with pytest.raises(OSError, match="lost"):
        invite(clock, vote)
    assert not Send.objects.exists()
    assert Invitation.objects.get().sent_at is None
    monkeypatch.setattr(inviting, "_write_down", kept)
    assert inviting.send_invitations(now=clock.at) == 1
    assert Delivery.objects.count() == 1


def test_who_refuses_is_not_reminded_nor_invited_to_another_vote_and_may_come_back(clock, vote, register):
    make_member(elector_of(vote))
    invite(clock, vote)
    address = f"/votes/invitation/{token('camille@example.org')}/"
    strict = Client(enforce_csrf_checks=True)
    strict.get(address)
    assert not InvitationRefusal.objects.exists(), "a link scanner refuses nothing"
    assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    strict.post(address, {"action": "refuser"})
    assert InvitationRefusal.objects.count() == 1
    assert remind(clock, vote) == 0
    assert "noindex" in strict.get(address)["X-Robots-Tag"]
    strict.post(address, {"action": "revenir"})
    assert not InvitationRefusal.objects.exists()


@pytest.mark.parametrize("wrong", ["a" * 32, "court", "é" * 32])
def test_a_forged_link_says_nothing_and_changes_nothing(clock, vote, wrong):
    address = f"/votes/invitation/{wrong}/"
    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code == 404
    assert not InvitationRefusal.objects.exists()


def test_cancelling_the_vote_stops_what_has_not_left(clock, vote):
    make_member(elector_of(vote))
    invite(clock, vote)
    api.cancel_vote(vote_id=vote.pk, by=None, reason="Erreur", now=clock.at)
    assert Send.objects.get().state == "cancelled"
    assert Delivery.objects.with_life().get().life == "excluded"
    page = Client().get(f"/votes/invitation/{token('camille@example.org')}/").content.decode()
    assert "est terminé" in page


def test_only_who_may_announce_invites_on_a_page_that_asks(clock, vote, settings):
    settings.STAFF_MFA_REQUIRED = False
    address = f"/gestion/votes/{vote.pk}/inviter/"
    editor, validation = Client(), Client()
    editor.force_login(create_member(email="redaction@example.org", groups=(REDACTION,)))
    validation.force_login(create_member(email="validation@example.org", groups=(VALIDATION,)))
    editor.post(address)
    assert "une seule fois" in validation.get(address).content.decode()
    assert not Invitation.objects.exists()
    for _ in range(2):
        validation.post(address)
    assert Invitation.objects.get().asked_by.email == "validation@example.org"
    assert "inviter/" not in validation.get(f"/gestion/votes/{vote.pk}/").content.decode()


def test_a_vote_that_is_over_invites_nobody(clock, vote):
    make_member(elector_of(vote))
    inviting.ask_invitation(vote_id=vote.pk, by=None, now=clock.at)
    make_closed(clock, vote)
    assert inviting.send_invitations(now=clock.at) == 0
    with pytest.raises(api.WrongState):
        inviting.ask_invitation(vote_id=vote.pk, by=None, now=clock.at)


def test_export_says_for_whom_she_was_invited_and_erasure_forgets_it(clock, vote):
    make_member(elector_of(vote))
    invite(clock, vote)
    said = privacy.export_person(email="camille@example.org")["votes"]["invité à voter pour"]
    assert said == [f"{elector_of(vote).label} : {vote.title}"]
    done = privacy.erase_person(email="camille@example.org", now=clock.at)
    assert done["votes"] == {"adresse invitée à voter": 1}
    assert not Invited.objects.exists()


def test_ninety_days_after_the_vote_nobody_knows_who_was_invited(clock, vote):
    make_member(elector_of(vote))
    invite(clock, vote)
    make_closed(clock, vote)
    inviting.forget_invited(now=clock.at + 89 * DAY)
    assert Invited.objects.exists()
    inviting.forget_invited(now=clock.at + 91 * DAY)
    assert not Invited.objects.exists()
