"""Proofs that the moderation looks at, and what is forgotten of them."""

from __future__ import annotations

import pytest

from commun.accounts.api import create_member
from commun.common import privacy
from commun.territories import api
from commun.territories.models import MandateDocument, MandateRequest
from commun.territories.services.mandates import codes, ending, requests
from tests.territories.factories import make_mandate
from tests.territories.mandates import DAY, HOUR, NOW, PDF, declare

pytestmark = pytest.mark.django_db


def ask(user, organisation, kind="letter", upload=None):
    upload = upload or api.Upload(name="deliberation.pdf", content=PDF)
    return api.ask_check(
        membership_id=declare(user, organisation).pk, user=user, kind=kind, message="Voir p. 2", upload=upload, now=NOW
    )


def test_a_signed_letter_that_the_moderation_accepts_gives_m3(arboys, camille, moderator):
    request = ask(camille, arboys)
    with pytest.raises(api.EvidenceMissing):
        api.decide_request(request_id=request.pk, accepted=True, evidence=" ", by=moderator, now=NOW)
    held = api.decide_request(request_id=request.pk, accepted=True, evidence="Signée du maire", by=moderator, now=NOW)
    assert (held.level, held.method, held.verified_by) == (3, "letter", moderator)
    with pytest.raises(api.NotWaiting):
        api.decide_request(request_id=request.pk, accepted=False, evidence="Non", by=moderator, now=NOW)


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b"MZ\x90\x00" + b"\0" * 100, "type"), (PDF + b"\0" * 5 * 1024 * 1024, "size")],
)
def test_only_a_pdf_or_a_picture_of_five_megabytes_is_taken(arboys, camille, content, reason):
    with pytest.raises(api.DocumentRefused) as refusal:
        ask(camille, arboys, upload=api.Upload(name="lettre.pdf", content=content))
    assert refusal.value.reason == reason
    assert not MandateRequest.objects.exists()


def test_one_request_at_a_time(arboys, camille):
    ask(camille, arboys)
    with pytest.raises(api.RequestPending):
        ask(camille, arboys)


def test_nobody_outside_the_moderation_decides_nor_does_she_of_herself(arboys, camille, moderator):
    request = ask(camille, arboys)
    hers = ask(moderator, arboys)
    for one, by in ((request, camille), (hers, moderator)):
        with pytest.raises(api.ApprovalRefused):
            api.decide_request(request_id=one.pk, accepted=True, evidence="Vu", by=by, now=NOW)


def test_a_refusal_tells_the_person_what_is_missing(arboys, camille, moderator, mailoutbox):
    request = ask(camille, arboys)
    api.decide_request(request_id=request.pk, accepted=False, evidence="La signature manque", by=moderator, now=NOW)
    assert mailoutbox[-1].to == ["camille@example.org"]
    assert "La signature manque" in mailoutbox[-1].body
    assert api.memberships_of(user=camille, at=NOW) == []


def test_a_decision_is_undone_as_long_as_nothing_followed(arboys, camille, moderator, heard):
    request = ask(camille, arboys)
    api.decide_request(request_id=request.pk, accepted=True, evidence="Vu", by=moderator, now=NOW)
    api.undo_decision(request_id=request.pk, by=moderator, now=NOW + HOUR)
    assert api.memberships_of(user=camille, at=NOW + HOUR) == []
    assert heard[0].kind == "undone"
    api.decide_request(request_id=request.pk, accepted=True, evidence="Revu", by=moderator, now=NOW + 2 * HOUR)
    held = api.memberships_of(user=camille, at=NOW + 3 * HOUR)[0]
    api.leave_organisation(membership_id=held.pk, user=camille, now=NOW + 3 * HOUR)
    with pytest.raises(api.UndoTooLate):
        api.undo_decision(request_id=request.pk, by=moderator, now=NOW + 4 * HOUR)


# --- forgetting ---------------------------------------------------------------------------------------


def test_pieces_and_codes_go_after_thirty_days(arboys, official, camille, moderator):
    request = ask(camille, arboys)
    api.decide_request(request_id=request.pk, accepted=True, evidence="Vu", by=moderator, now=NOW)
    api.send_code(membership_id=request.membership_id, user=camille, now=NOW)
    assert requests.forget_pieces(now=NOW + 30 * DAY) == 0
    assert requests.forget_pieces(now=NOW + 31 * DAY) == 1
    assert codes.forget_codes(now=NOW + 31 * DAY) == 1
    request.refresh_from_db()
    assert (request.message, request.evidence) == ("", "")
    assert not MandateDocument.objects.exists()
    assert api.memberships_of(user=camille, at=NOW + 31 * DAY)


def test_export_says_it_all_and_erasure_ends_it(arboys, official, camille, moderator, heard):
    request = ask(camille, arboys)
    api.decide_request(request_id=request.pk, accepted=True, evidence="Vu", by=moderator, now=NOW)
    ask(camille, arboys)
    [mandate] = privacy.export_person(email="camille@example.org")["territories"]["mandats"]
    assert mandate["fonction"] == "Adjointe"
    assert len(mandate["demandes de vérification"]) == 2
    privacy.erase_person(email="camille@example.org", now=NOW + DAY)
    assert heard[0].kind == "erased"
    assert not MandateDocument.objects.exists()
    assert api.members_of(organisation=arboys, at=NOW + DAY) == []
    assert set(api.Membership.objects.values_list("role", flat=True)) == {""}
    ending.forget_ended(now=NOW + 1200 * DAY)
    assert not api.Membership.objects.exists()


@pytest.mark.parametrize("waits", [False, True])
def test_an_accepted_letter_is_told_with_what_it_opens(arboys, camille, moderator, mailoutbox, waits):
    if waits:
        make_mandate(user=create_member(email="dominique@example.org"), organisation=arboys, now=NOW)
    request = ask(camille, arboys)
    api.decide_request(request_id=request.pk, accepted=True, evidence="Signée du maire", by=moderator, now=NOW)
    [told] = [mail for mail in mailoutbox if mail.to == ["camille@example.org"]]
    assert "elle est acceptée" in told.body
    assert ("partie prenante" in told.body) is not waits
    assert ("doit donner son accord" in told.body) is waits
    assert "Signée du maire" not in told.body
