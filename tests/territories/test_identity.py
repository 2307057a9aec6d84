"""What a body is stays what it is once anything hangs on it; the moderation corrects it, and its log says so."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from commun.accounts.api import REDACTION, create_member
from commun.common import clock
from commun.territories import api, identity
from commun.territories.exceptions import CheckedByModeration
from commun.territories.models import OrganisationChange
from tests.territories.factories import make_mandate

pytestmark = pytest.mark.django_db
SYNDICAT, OTHER = "200000172", "213804214"


@pytest.fixture(autouse=True)
def _no_second_factor(settings):
    settings.STAFF_MFA_REQUIRED = False


@pytest.fixture
def editor():
    return create_member(email="redaction@example.org", groups=(REDACTION,))


@pytest.fixture
def body(register):
    """Checked, a collectivité named by its SIREN."""
    entered = api.register_organisation(name="Commune nouvelle", kind="collectivite", siren=SYNDICAT)
    api.check_organisation(organisation_id=entered.pk, checked=True, by=None, now=clock.now())
    return api.Organisation.objects.get(pk=entered.pk)


@pytest.fixture
def mandated(body, camille):
    make_mandate(user=camille, organisation=body, now=clock.now())
    return body


def place(code: str) -> api.Territory:
    return api.get_by_key(key=f"commune:{code}")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def what_it_is(body) -> tuple[str, int | None, str, bool]:
    return api.Organisation.objects.values_list("kind", "territory", "siren", "is_checked").get(pk=body.pk)


def edit(client, body, **values):
    url = reverse("wagtailsnippets_territories_organisation:edit", args=[body.pk])
    data = {"name": body.name, "slug": body.slug, "kind": body.kind, "siren": body.siren, **values}
    return client.post(url, data)


@pytest.mark.parametrize("values", [{"territory": "93066"}, {"kind": "association"}, {"siren": OTHER}])
def test_whoever_edits_organisations_does_not_change_what_a_mandated_body_is(mandated, editor, values):
    before = what_it_is(mandated)
    if "territory" in values:
        values = {"territory": place(values["territory"]).pk}
    edit(signed_in(editor), mandated, name="Autre nom", is_checked="on", **values)
    assert what_it_is(mandated) == before
    assert api.Organisation.objects.get(pk=mandated.pk).name == "Autre nom", "the rest of the form is saved"


def test_the_form_says_why_these_fields_do_not_change(arboys, camille, editor):
    url = reverse("wagtailsnippets_territories_organisation:edit", args=[arboys.pk])
    client = signed_in(editor)
    assert "Retirer Arboys en Bugey" in client.get(url).content.decode()
    make_mandate(user=camille, organisation=arboys, now=clock.now())
    page = client.get(url).content.decode()
    assert "La modération peut les corriger" in page
    assert "Retirer Arboys en Bugey" not in page
    assert re.search(r'name="siren"[^>]* disabled', page)


@pytest.mark.parametrize("name", identity.IDENTITY)
@pytest.mark.parametrize("narrow", [False, True])
def test_no_other_door_changes_it_either(mandated, name, narrow):
    before = what_it_is(mandated)
    setattr(mandated, name, {"kind": "association", "territory_id": place("93066").pk, "siren": ""}[name])
    with pytest.raises(api.IdentityFrozen) as refused:
        mandated.save(update_fields=[name]) if narrow else mandated.save()
    assert refused.value.reason == identity.MANDATED
    assert what_it_is(mandated) == before


def test_it_stays_frozen_when_the_mandate_is_over(mandated, camille):
    held = api.memberships_of(user=camille, at=clock.now())[0]
    api.leave_organisation(membership_id=held.pk, user=camille, now=clock.now())
    mandated.siren = ""
    mandated.territory = place("93066")
    with pytest.raises(api.IdentityFrozen):
        mandated.save()


def test_a_body_nobody_is_mandated_for_is_corrected_freely_and_waits_for_the_moderation_again(body, editor):
    edit(signed_in(editor), body, kind="association")
    assert what_it_is(body) == ("association", None, SYNDICAT, False)


def test_only_the_moderation_says_that_a_body_was_looked_at(register, editor, moderator):
    client = signed_in(editor)
    url = reverse("wagtailsnippets_territories_organisation:add")
    client.post(url, {"name": "Les Amis", "slug": "les-amis", "kind": "association", "is_checked": "on"})
    body = api.Organisation.objects.get(slug="les-amis")
    assert not body.is_checked
    edit(client, body, is_checked="on")
    client.post(reverse("mandates_team:check_organisation", args=[body.pk]))
    assert not what_it_is(body)[3]
    body.is_checked = True
    with pytest.raises(CheckedByModeration):
        body.save()
    with pytest.raises(api.NotModeration):
        api.check_organisation(organisation_id=body.pk, checked=True, by=editor, now=clock.now())
    signed_in(moderator).post(reverse("mandates_team:check_organisation", args=[body.pk]))
    assert what_it_is(body)[3]
    assert [(one.after, one.by) for one in body.changes.all()] == [({"checked": True}, moderator)]


def test_what_must_be_looked_at_again_lets_nobody_act_meanwhile(mandated, camille, moderator):
    signed_in(moderator).post(reverse("mandates_team:check_organisation", args=[mandated.pk]), {"retirer": "1"})
    assert api.memberships_of(user=camille, at=clock.now()) == []


def test_the_moderation_corrects_it_with_a_reason_that_the_log_keeps(mandated, moderator):
    client = signed_in(moderator)
    url = reverse("mandates_team:organisation", args=[mandated.pk])
    values = {"kind": "collectivite", "territory": place("93066").pk, "siren": "219300662"}
    assert "Dites pourquoi" in client.post(url, values).content.decode()
    assert what_it_is(mandated)[1] is None
    client.post(url, {**values, "reason": "Vérifié à l’annuaire."})
    assert what_it_is(mandated) == ("collectivite", place("93066").pk, "219300662", True)
    page = client.get(url).content.decode()
    assert "Vérifié à l’annuaire." in page
    assert f"territoire : aucun → commune:93066 ; SIREN : {SYNDICAT} → 219300662" in page
    client.post(url, {**values, "reason": "Encore."})
    assert OrganisationChange.objects.filter(reason="Encore.").count() == 0, "nothing changed, nothing is written"


def test_an_editor_has_no_access_to_that_screen(mandated, editor):
    client = signed_in(editor)
    url = reverse("mandates_team:organisation", args=[mandated.pk])
    client.post(url, {"kind": "association", "siren": SYNDICAT, "reason": "Parce que."})
    assert what_it_is(mandated)[0] == "collectivite"
    with pytest.raises(api.NotModeration):
        correct(mandated, by=editor)


def correct(body, **values):
    defaults = {
        "kind": api.OrganisationKind.COLLECTIVITE,
        "territory": None,
        "siren": SYNDICAT,
        "reason": "Essai.",
        "by": None,
        "now": clock.now(),
    }
    return api.correct_identity(organisation_id=body.pk, **{**defaults, **values})


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"siren": "200000171"}, api.SirenInvalid),
        ({"siren": ""}, api.IdentityMissing),
        ({"siren": OTHER}, api.IdentityMixed),
        ({"reason": " "}, api.EvidenceMissing),
    ],
)
def test_a_correction_that_makes_no_body_is_refused(body, values, refusal):
    with pytest.raises(refusal):
        correct(body, **values)
    assert what_it_is(body)[2] == SYNDICAT


def test_two_bodies_of_one_place_are_refused(body, arboys):
    with pytest.raises(api.OrganisationExists):
        correct(body, territory=arboys.territory, siren="")
    with pytest.raises(api.IdentityMixed):
        correct(body, territory=place("93066"), siren=arboys.siren)


@pytest.mark.parametrize(("code", "siren"), [("", "219300662"), ("01015", "219300662")])
def test_a_form_that_would_make_two_bodies_of_one_says_so(register, editor, code, siren):
    values = {"name": "Saint-Denis bis", "slug": "bis", "kind": "collectivite", "siren": siren}
    if code:
        values["territory"] = place(code).pk
    page = signed_in(editor).post(reverse("wagtailsnippets_territories_organisation:add"), values).content.decode()
    assert "SIREN" in page
    assert not api.Organisation.objects.filter(slug="bis").exists()


def test_an_organisation_is_not_copied(body, moderator):
    assert signed_in(moderator).get(f"/gestion/snippets/territories/organisation/copy/{body.pk}/").status_code == 404


def test_the_register_gives_its_place_to_a_body_known_by_its_siren_and_the_log_says_so(register):
    body = api.Organisation.objects.create(name="Saint-Denis", slug="sd", kind="collectivite", siren="219300662")
    assert api.organisation_of(territory=place("93066")) == body
    assert [(one.before, one.after, one.by) for one in body.changes.all()] == [
        ({"territory": None}, {"territory": "commune:93066"}, None)
    ]
