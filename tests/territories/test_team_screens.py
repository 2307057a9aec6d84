"""The moderation's checklist, seen and used through the administration."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from commun.accounts.api import MODERATION, REDACTION, create_member
from commun.common import clock
from commun.territories import api
from commun.territories.models import MandateRequest, Organisation
from tests.territories.factories import make_mandate

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def moderator():
    return create_member(email="moderation@example.org", groups=(MODERATION,))


@pytest.fixture
def arboys(register) -> api.Organisation:
    return api.organisation_of(territory=api.get_by_key(key="commune:01015"))


@pytest.fixture
def asked(arboys) -> MandateRequest:
    camille = create_member(email="camille@example.org", first_name="Camille", last_name="Roux")
    made = api.declare_membership(user=camille, organisation=arboys, role="Maire", now=clock.now())
    return api.ask_check(
        membership_id=made.pk,
        user=camille,
        kind=api.RequestKind.LETTER,
        message="Page 2",
        upload=api.Upload(name="deliberation.pdf", content=PDF),
        now=clock.now() - timedelta(days=3),
    )


def test_the_checklist_shows_age_and_evidence_and_the_letter_is_downloaded(asked, moderator):
    client = signed_in(moderator)
    page = client.get("/gestion/mandats/").content.decode()
    assert "Camille Roux" in page
    assert "3 jours" in page
    detail = client.get(f"/gestion/mandats/demandes/{asked.pk}/").content.decode()
    assert "Page 2" in detail
    assert "personne&nbsp;: elle sera référente" in detail
    piece = client.get(f"/gestion/mandats/demandes/{asked.pk}/piece/")
    assert piece.content == PDF
    assert piece["Content-Disposition"].startswith("attachment")


def test_accepting_asks_what_was_checked_then_gives_the_level_and_can_be_undone(asked, moderator):
    client, path = signed_in(moderator), f"/gestion/mandats/demandes/{asked.pk}/"
    assert "Dites ce que vous avez vérifié" in client.post(path, {"accepter": "1", "evidence": ""}).content.decode()
    client.post(path, {"accepter": "1", "evidence": "Signée du maire, rappelé le standard."})
    [held] = api.memberships_of(user=asked.membership.user, at=clock.now())
    assert held.level == api.MandateLevel.M3
    log = client.get(f"/gestion/mandats/{held.pk}/").content.decode()
    assert "rappelé le standard" in log
    undo = f"/gestion/mandats/demandes/{asked.pk}/annuler/"
    client.get(undo)
    assert api.memberships_of(user=asked.membership.user, at=clock.now())
    client.post(undo)
    assert api.memberships_of(user=asked.membership.user, at=clock.now()) == []
    assert client.get(path).status_code == 200


def test_a_check_made_by_telephone_is_recorded_without_being_asked(arboys, moderator):
    user = create_member(email="dominique@example.org")
    made = api.declare_membership(user=user, organisation=arboys, now=clock.now())
    signed_in(moderator).post(f"/gestion/mandats/{made.pk}/", {"kind": "check", "evidence": "Rappelé ce matin"})
    [held] = api.memberships_of(user=user, at=clock.now())
    assert (held.level, held.method, held.verified_by) == (2, "check", moderator)


def test_members_in_waiting_are_the_moderations_from_the_seventh_day(arboys, moderator):
    make_mandate(user=create_member(email="referente@example.org"), organisation=arboys, now=clock.now())
    for name, days in (("tot", 2), ("tard", 8)):
        user = create_member(email=f"{name}@example.org")
        made = api.declare_membership(user=user, organisation=arboys, now=clock.now())
        waiting = api.prove_membership(
            membership=made, level=api.MandateLevel.M1, method=api.MandateMethod.OFFICIAL_DOMAIN, now=clock.now()
        )
        api.Membership.objects.filter(pk=waiting.pk).update(approval_asked_at=clock.now() - timedelta(days=days))
    client = signed_in(moderator)
    page = client.get("/gestion/mandats/").content.decode()
    assert page.count('name="accepter"') == 1
    for row in api.Membership.objects.filter(state="pending"):
        client.post(f"/gestion/mandats/{row.pk}/decider/", {"accepter": "1"})
    assert list(api.Membership.objects.filter(state="pending").values_list("user__email", flat=True)) == [
        "tot@example.org"
    ]


def test_a_body_entered_freely_is_checked_with_one_button(register, moderator):
    body = api.register_organisation(name="Syndicat des eaux", kind="syndicat", siren="732829320")
    client = signed_in(moderator)
    assert "Syndicat des eaux" in client.get("/gestion/mandats/").content.decode()
    client.post(f"/gestion/mandats/organismes/{body.pk}/verifier/")
    assert Organisation.objects.get(pk=body.pk).is_checked


def test_nobody_else_of_the_team_sees_or_decides(asked):
    others = [create_member(email="redac@example.org", groups=(REDACTION,)), asked.membership.user]
    for client in [*map(signed_in, others), Client()]:
        for path in ("", f"demandes/{asked.pk}/", f"demandes/{asked.pk}/piece/", f"{asked.membership_id}/"):
            assert client.get(f"/gestion/mandats/{path}").status_code in {302, 403, 404}
        client.post(f"/gestion/mandats/demandes/{asked.pk}/", {"accepter": "1", "evidence": "Moi"})
        client.post(f"/gestion/mandats/{asked.membership_id}/", {"kind": "letter", "evidence": "Moi"})
    assert api.memberships_of(user=asked.membership.user, at=clock.now()) == []
