"""Who acts for a collectivité: proved, approved, renewed, suspended, handed over."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from commun.accounts.api import create_member
from commun.common import clock, french
from commun.territories import api, registry
from commun.territories.models import MandateCode, MandateEvent, OfficialAddress
from commun.territories.services.mandates import ending, renewing
from tests.territories.factories import make_mandate
from tests.territories.mandates import DAY, HOUR, NOW, declare, proved, words_in

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")


# --- proofs -------------------------------------------------------------------------------------------


def test_saying_it_gives_nothing_but_a_place_to_start(arboys, camille):
    declared = declare(camille, arboys)
    assert api.memberships_of(user=camille, at=NOW) == []
    assert api.memberships_of(user=camille, at=NOW, level=api.MandateLevel.M0) == [declared]
    assert not api.mandated_organisation_ids(user=camille, at=NOW)
    with pytest.raises(api.MandateMissing):
        api.require_mandate(user=camille, organisation=arboys, at=NOW)
    assert declare(camille, arboys) == declared


@pytest.mark.parametrize(
    ("address", "method"),
    [("mairie@arboys.example.org", "address"), ("secretariat@arboys.example.org", "domain")],
)
def test_an_address_of_the_town_hall_gives_m1(arboys, official, address, method):
    user = create_member(email=address)
    held = api.prove_by_address(membership_id=declare(user, arboys).pk, user=user, now=NOW)
    assert (held.level, held.method, held.is_referent) == (1, method, True)
    assert api.require_mandate(user=user, organisation=arboys, at=NOW) == held
    assert held.expires_at == NOW + timedelta(days=365)


def test_a_free_mailbox_proves_nothing_unless_it_is_the_official_one(arboys, official, register):
    official.email, official.domain = "mairie.arboys@orange.fr", "orange.fr"
    official.save()
    neighbour = create_member(email="autre@orange.fr")
    with pytest.raises(api.AddressProvesNothing):
        api.prove_by_address(membership_id=declare(neighbour, arboys).pk, user=neighbour, now=NOW)
    mayor = create_member(email="mairie.arboys@orange.fr")
    assert api.prove_by_address(membership_id=declare(mayor, arboys).pk, user=mayor, now=NOW).level == 1


def test_a_domain_that_several_collectivites_share_proves_nothing(arboys, official):
    OfficialAddress.objects.create(
        territory=api.get_by_key(key="commune:93066"),
        email="mairie-93066@arboys.example.org",
        domain="arboys.example.org",
        source="essai",
        dated=date(2026, 1, 1),
    )
    user = create_member(email="secretariat@arboys.example.org")
    with pytest.raises(api.AddressProvesNothing):
        api.prove_by_address(membership_id=declare(user, arboys).pk, user=user, now=NOW)


def test_an_address_that_was_not_verified_proves_nothing(arboys, official, camille):
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=camille, email=official.email, verified=False)
    with pytest.raises(api.AddressProvesNothing):
        api.prove_by_address(membership_id=declare(camille, arboys).pk, user=camille, now=NOW)


# --- the code -----------------------------------------------------------------------------------------


def test_two_words_sent_to_the_town_hall_give_m2(arboys, official, camille, mailoutbox):
    membership = declare(camille, arboys)
    api.send_code(membership_id=membership.pk, user=camille, now=NOW)
    [mail] = mailoutbox
    assert mail.to == ["mairie@arboys.example.org"]
    assert "Camille Roux" in mail.body
    assert "camille@example.org" in mail.body
    code = words_in(mail)
    assert code not in str(MandateCode.objects.values())
    held = api.confirm_code(
        membership_id=membership.pk, user=camille, text=f"  {code.upper().replace('-', ' ')} ", now=NOW + 59 * HOUR / 60
    )
    assert (held.level, held.method, held.state) == (2, "code", "active")
    with pytest.raises(api.CodeGone):  # it serves once
        api.confirm_code(membership_id=membership.pk, user=camille, text=code, now=NOW + HOUR / 2)


@pytest.mark.parametrize(
    ("sent", "until"),
    [
        # A Friday evening: Monday, Tuesday, Wednesday. A Saturday is no better.
        (datetime(2026, 11, 20, 18, 30, tzinfo=PARIS), datetime(2026, 11, 25, 20, 0, tzinfo=PARIS)),
        (datetime(2026, 11, 21, 9, 0, tzinfo=PARIS), datetime(2026, 11, 25, 20, 0, tzinfo=PARIS)),
        # The 11th of November is a Wednesday: Tuesday, Thursday, Friday.
        (datetime(2026, 11, 9, 10, 0, tzinfo=PARIS), datetime(2026, 11, 13, 20, 0, tzinfo=PARIS)),
        # Christmas, then the week end: Monday, Tuesday, Wednesday. In Paris it is the 24th already.
        (datetime(2026, 12, 23, 23, 30, tzinfo=UTC), datetime(2026, 12, 30, 20, 0, tzinfo=PARIS)),
    ],
)
@pytest.mark.usefixtures("official")
def test_a_code_is_good_for_three_working_days_and_the_mail_says_until_when(arboys, camille, mailoutbox, sent, until):
    membership = declare(camille, arboys, sent)
    api.send_code(membership_id=membership.pk, user=camille, now=sent)
    [mail] = mailoutbox
    assert f"jusqu’au {french.weekday(until)} à 20" in mail.body
    code = words_in(mail)
    with pytest.raises(api.CodeGone):
        api.confirm_code(membership_id=membership.pk, user=camille, text=code, now=until)
    last = until - timedelta(minutes=1)
    held = api.confirm_code(membership_id=membership.pk, user=camille, text=code, now=last)
    assert held.level == api.MandateLevel.M2


def test_a_code_is_worth_nothing_once_another_was_sent(arboys, official, camille, mailoutbox):
    membership = declare(camille, arboys)
    api.send_code(membership_id=membership.pk, user=camille, now=NOW)
    api.send_code(membership_id=membership.pk, user=camille, now=NOW + DAY)
    with pytest.raises(api.CodeWrong):
        api.confirm_code(membership_id=membership.pk, user=camille, text=words_in(mailoutbox[0]), now=NOW + DAY)
    held = api.confirm_code(membership_id=membership.pk, user=camille, text=words_in(mailoutbox[1]), now=NOW + DAY)
    assert held.level == api.MandateLevel.M2


def test_five_wrong_guesses_lock_the_code_even_for_the_right_one(arboys, official, camille, mailoutbox):
    membership = declare(camille, arboys)
    api.send_code(membership_id=membership.pk, user=camille, now=NOW)
    for left in (4, 3, 2, 1, 0):
        with pytest.raises(api.CodeWrong) as refusal:
            api.confirm_code(membership_id=membership.pk, user=camille, text="lune-soleil-lune", now=NOW)
        assert refusal.value.left == left
    with pytest.raises(api.CodeGone):
        api.confirm_code(membership_id=membership.pk, user=camille, text=words_in(mailoutbox[0]), now=NOW)
    assert MandateEvent.objects.filter(kind="code_locked").count() == 1


def test_three_codes_a_day_and_leaving_does_not_start_the_count_again(arboys, official, camille, mailoutbox):
    membership = declare(camille, arboys)
    for minute in range(3):
        api.send_code(membership_id=membership.pk, user=camille, now=NOW + timedelta(minutes=minute))
    api.leave_organisation(membership_id=membership.pk, user=camille, now=NOW + HOUR)
    again = declare(camille, arboys, NOW + HOUR)
    with pytest.raises(api.TooManyCodes) as refusal:
        api.send_code(membership_id=again.pk, user=camille, now=NOW + HOUR)
    assert refusal.value.again_at == NOW + DAY
    api.send_code(membership_id=again.pk, user=camille, now=NOW + DAY)
    assert len(mailoutbox) == 4


def test_accounts_that_ask_again_and_again_leave_the_first_code_of_others(arboys, official, mailoutbox):
    greedy = [create_member(email=f"g{number}@example.org") for number in range(6)]
    for user in greedy:
        membership = declare(user, arboys)
        for minute in range(3):
            with suppress(api.TooManyCodes):
                api.send_code(membership_id=membership.pk, user=user, now=NOW + timedelta(minutes=minute))
    assert len(mailoutbox) < 20
    honest = create_member(email="secretaire@example.org")
    membership = declare(honest, arboys)
    api.send_code(membership_id=membership.pk, user=honest, now=NOW + HOUR)
    held = api.confirm_code(membership_id=membership.pk, user=honest, text=words_in(mailoutbox[-1]), now=NOW + HOUR)
    assert held.level == 2


def test_a_town_hall_receives_twenty_codes_a_day_at_most(arboys, official, mailoutbox):
    for number in range(20):
        user = create_member(email=f"p{number}@example.org")
        api.send_code(membership_id=declare(user, arboys).pk, user=user, now=NOW)
    user = create_member(email="p21@example.org")
    membership = declare(user, arboys)
    with pytest.raises(api.TooManyCodes):
        api.send_code(membership_id=membership.pk, user=user, now=NOW + HOUR)
    assert len(mailoutbox) == 20
    api.send_code(membership_id=membership.pk, user=user, now=NOW + DAY)


def test_one_network_asks_for_six_codes_whatever_its_accounts(arboys, official, client, mailoutbox):
    for number in range(4):
        user = create_member(email=f"p{number}@example.org")
        client.force_login(user)
        membership = declare(user, arboys, clock.now())
        for _ in range(2):
            page = client.post(f"/mon-espace/collectivites/{membership.pk}/code/", follow=True, REMOTE_ADDR="192.0.2.7")
    assert len(mailoutbox) == 6
    assert "Assez de codes sont partis" in page.content.decode()
    client.post(f"/mon-espace/collectivites/{membership.pk}/code/", REMOTE_ADDR="192.0.2.8")
    assert len(mailoutbox) == 7


def test_the_code_of_a_colleague_is_worth_nothing_to_another(arboys, official, camille, dominique, mailoutbox):
    hers, his = declare(camille, arboys), declare(dominique, arboys)
    api.send_code(membership_id=hers.pk, user=camille, now=NOW)
    api.send_code(membership_id=his.pk, user=dominique, now=NOW)
    with pytest.raises(api.CodeWrong):
        api.confirm_code(membership_id=his.pk, user=dominique, text=words_in(mailoutbox[0]), now=NOW)
    with pytest.raises(api.NotMember):
        api.confirm_code(membership_id=hers.pk, user=dominique, text=words_in(mailoutbox[0]), now=NOW)


def test_without_an_official_address_or_once_it_bounced_no_code_leaves(arboys, camille, mailoutbox):
    membership = declare(camille, arboys)
    with pytest.raises(api.NoOfficialAddress):
        api.send_code(membership_id=membership.pk, user=camille, now=NOW)
    address = OfficialAddress.objects.create(
        territory=arboys.territory, email="m@a.example.org", domain="a.example.org", source="x", dated=date(2026, 1, 1)
    )
    api.note_hard_bounce(email=address.email, now=NOW)
    with pytest.raises(api.NoOfficialAddress):
        api.send_code(membership_id=membership.pk, user=camille, now=NOW)
    assert mailoutbox == []


# --- référent·e and approval --------------------------------------------------------------------------


def test_the_first_verified_is_referent_and_approves_the_next(arboys, camille, dominique, mailoutbox):
    first, second = proved(camille, arboys), proved(dominique, arboys)
    assert first.is_referent
    assert second.state == "pending"
    assert mailoutbox[-1].to == ["camille@example.org"]
    assert api.memberships_of(user=dominique, at=NOW) == []
    with pytest.raises(api.ApprovalRefused):
        api.approve_membership(membership_id=second.pk, by=dominique, now=NOW)
    api.approve_membership(membership_id=second.pk, by=camille, now=NOW)
    assert [one.user for one in api.members_of(organisation=arboys, at=NOW)] == [camille, dominique]
    with pytest.raises(api.NotWaiting):
        api.refuse_membership(membership_id=second.pk, by=camille, now=NOW)


def test_the_moderation_decides_from_the_seventh_day_and_not_before(arboys, camille, dominique, moderator):
    proved(camille, arboys)
    waiting = proved(dominique, arboys)
    with pytest.raises(api.ApprovalRefused):
        api.approve_membership(membership_id=waiting.pk, by=moderator, now=NOW + 7 * DAY - HOUR)
    api.approve_membership(membership_id=waiting.pk, by=moderator, now=NOW + 7 * DAY)
    assert api.memberships_of(user=dominique, at=NOW + 7 * DAY)


def test_a_member_of_another_collectivite_approves_nobody(arboys, register, camille, dominique):
    other = api.organisation_of(territory=api.get_by_key(key="commune:93066"))
    stranger = create_member(email="ailleurs@example.org")
    make_mandate(user=stranger, organisation=other, now=NOW)
    proved(camille, arboys)
    waiting = proved(dominique, arboys)
    with pytest.raises(api.ApprovalRefused):
        api.approve_membership(membership_id=waiting.pk, by=stranger, now=NOW)
    with pytest.raises(api.MandateMissing):
        api.require_mandate(user=stranger, organisation=arboys, at=NOW)


def test_when_the_referent_is_gone_the_one_verified_longest_approves(arboys, camille, dominique):
    first = proved(camille, arboys)
    make_mandate(user=dominique, organisation=arboys, now=NOW + DAY)
    api.leave_organisation(membership_id=first.pk, user=camille, now=NOW + 2 * DAY)
    third = proved(create_member(email="troisieme@example.org"), arboys, now=NOW + 3 * DAY)
    api.approve_membership(membership_id=third.pk, by=dominique, now=NOW + 3 * DAY)


def test_when_every_mandate_has_expired_the_next_verified_is_referent(arboys, camille, dominique):
    proved(camille, arboys)
    later = NOW + timedelta(days=366)
    assert proved(dominique, arboys, now=later).is_referent
    assert [one.user for one in api.members_of(organisation=arboys, at=later)] == [dominique]


def test_a_weaker_proof_changes_nothing_and_a_stronger_one_lifts_without_asking_again(arboys, camille):
    proved(camille, arboys, api.MandateLevel.M2)
    assert proved(camille, arboys, api.MandateLevel.M1, NOW + DAY).verified_at == NOW
    assert proved(camille, arboys, api.MandateLevel.M3, NOW + DAY).level == 3
    assert api.organisation_level(organisation=arboys, at=NOW + DAY) == api.MandateLevel.M3


def test_a_body_that_the_moderation_has_not_looked_at_gives_no_mandate(register, camille):
    syndicat = api.register_organisation(name="Syndicat des eaux", kind="syndicat", siren="732829320")
    proved(camille, syndicat)
    assert api.memberships_of(user=camille, at=NOW) == []
    api.Organisation.objects.filter(pk=syndicat.pk).update(is_checked=True)
    assert api.memberships_of(user=camille, at=NOW)[0].is_referent


def test_the_database_refuses_two_referents_and_two_open_memberships(arboys, camille, dominique):
    proved(camille, arboys)
    make_mandate(user=dominique, organisation=arboys, now=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        api.Membership.objects.filter(user=dominique).update(is_referent=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        api.Membership.objects.create(user=camille, organisation=arboys, declared_at=NOW)


# --- merged communes ----------------------------------------------------------------------------------


def test_members_of_a_merged_commune_act_for_its_successor(arboys, register, camille, dominique):
    successor = api.organisation_of(territory=api.get_by_key(key="commune:38421"))
    proved(camille, arboys)
    api.Territory.objects.filter(pk=arboys.territory_id).update(
        obsolete=True, siren="", successor_id=successor.territory_id
    )
    assert api.mandated_organisation_ids(user=camille, at=NOW) == {arboys.pk, successor.pk}
    assert api.require_mandate(user=camille, organisation=successor, at=NOW).user == camille
    waiting = proved(dominique, successor)
    assert waiting.state == "pending"
    api.approve_membership(membership_id=waiting.pk, by=camille, now=NOW)
    assert {one.user for one in api.members_of(organisation=successor, at=NOW)} == {camille, dominique}


# --- time, bounces, departure -------------------------------------------------------------------------


def test_a_mandate_is_worth_nothing_from_the_second_it_expires(arboys, camille, heard):
    held = proved(camille, arboys)
    assert api.memberships_of(user=camille, at=held.expires_at - timedelta(seconds=1))
    assert api.memberships_of(user=camille, at=held.expires_at) == []
    assert ending.expire_mandates(now=held.expires_at) == 1
    assert ending.expire_mandates(now=held.expires_at) == 0
    assert [(one.user_id, one.kind) for one in heard] == [(camille.pk, "expired")]
    assert api.memberships_of(user=camille, at=held.expires_at, level=api.MandateLevel.M0)[0].level == 0


def test_two_reminders_then_one_click_and_the_link_serves_once(arboys, camille, mailoutbox):
    held = proved(camille, arboys)
    end = held.expires_at
    for days, told in ((31, 0), (30, 1), (20, 0), (7, 1), (1, 0)):
        assert renewing.remind_expiring(now=end - days * DAY) == told
    assert mailoutbox[-1].to == ["camille@example.org"]
    api.renew_mandate(membership_id=held.pk, expires_at=end, now=end - DAY)
    assert api.memberships_of(user=camille, at=end + 300 * DAY)
    with pytest.raises(api.NothingToRenew):
        api.renew_mandate(membership_id=held.pk, expires_at=end, now=end - DAY)


def test_neither_too_early_nor_too_late_can_a_mandate_be_renewed(arboys, camille):
    held = proved(camille, arboys)
    for at in (NOW, held.expires_at):
        with pytest.raises(api.NothingToRenew):
            api.renew_mandate(membership_id=held.pk, expires_at=held.expires_at, now=at)


def test_a_mail_that_comes_back_suspends_until_the_address_answers_again(arboys, official, camille, heard, mailoutbox):
    held = proved(camille, arboys)
    assert api.note_hard_bounce(email="camille@example.org", now=NOW + DAY) == 1
    assert api.memberships_of(user=camille, at=NOW + DAY) == []
    assert heard[0].kind == "suspended"
    api.send_code(membership_id=held.pk, user=camille, now=NOW + DAY)
    api.confirm_code(membership_id=held.pk, user=camille, text=words_in(mailoutbox[-1]), now=NOW + DAY)
    assert api.memberships_of(user=camille, at=NOW + DAY) == []
    assert api.resume_after_bounce(user=camille, address_answered_at=NOW, now=NOW + 2 * DAY) == 0
    assert api.resume_after_bounce(user=camille, address_answered_at=NOW + 2 * DAY, now=NOW + 2 * DAY) == 1
    assert api.memberships_of(user=camille, at=NOW + 2 * DAY)


def test_leaving_hands_over_to_a_named_colleague(arboys, camille, dominique, heard):
    held = proved(camille, arboys)
    make_mandate(user=dominique, organisation=arboys, now=NOW)
    stranger = create_member(email="ailleurs@example.org")
    for unfit in (stranger, camille):
        with pytest.raises(api.SuccessorUnfit):
            api.leave_organisation(membership_id=held.pk, user=camille, successor=unfit, now=NOW)
    with pytest.raises(api.NotMember):
        api.leave_organisation(membership_id=held.pk, user=stranger, now=NOW)
    api.leave_organisation(membership_id=held.pk, user=camille, successor=dominique, now=NOW)
    assert (heard[0].user_id, heard[0].successor_id, heard[0].kind) == (camille.pk, dominique.pk, "left")
    assert api.referent_of(organisation=arboys, at=NOW).is_referent
    assert api.memberships_of(user=camille, at=NOW, level=api.MandateLevel.M0) == []


def test_when_a_room_above_cannot_follow_nobody_leaves(arboys, camille, monkeypatch):
    def cannot(ended):
        raise RuntimeError

    held = proved(camille, arboys)
    monkeypatch.setattr(registry, "_ended", [cannot])
    with pytest.raises(RuntimeError):
        api.leave_organisation(membership_id=held.pk, user=camille, now=NOW)
    assert api.memberships_of(user=camille, at=NOW)


def test_a_suspension_is_told_to_the_town_hall_when_her_own_address_is_dead(arboys, official, camille, mailoutbox):
    proved(camille, arboys)
    mailoutbox.clear()
    api.note_hard_bounce(email="camille@example.org", now=NOW + DAY)
    [told] = mailoutbox
    assert told.to == ["mairie@arboys.example.org"]
    assert "Camille Roux" in told.body
    assert "suspendu" in told.body
    assert "camille@example.org" not in told.body
    api.note_hard_bounce(email="camille@example.org", now=NOW + 2 * DAY)
    assert len(mailoutbox) == 1


def test_a_suspension_is_told_to_her_other_address_and_never_to_a_dead_town_hall(arboys, official, mailoutbox):
    from allauth.account.models import EmailAddress

    elected = create_member(email=official.email)
    EmailAddress.objects.create(user=elected, email="chez-elle@example.org", verified=True)
    EmailAddress.objects.create(user=elected, email="pas-prouvee@example.org", verified=False)
    proved(elected, arboys)
    mailoutbox.clear()
    api.note_hard_bounce(email=official.email, now=NOW + DAY)
    assert [mail.to for mail in mailoutbox] == [["chez-elle@example.org"]]
    assert "Votre mandat" in mailoutbox[0].body
