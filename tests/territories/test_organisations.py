from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from commun.territories import api
from commun.territories.models import Organisation


def test_a_place_has_one_organisation_made_when_first_needed(register):
    place = api.get_by_key(key="commune:93066")
    first = api.organisation_of(territory=place)
    assert api.organisation_of(territory=place) == first
    assert (first.name, first.siren, first.slug) == ("Saint-Denis", "219300662", "saint-denis-seine-saint-denis")
    assert str(first) == "Saint-Denis (Seine-Saint-Denis)"


def test_a_free_entry_needs_a_valid_siren_and_waits_for_the_moderation(db):
    with pytest.raises(api.SirenInvalid):
        api.register_organisation(name="Syndicat", kind="syndicat", siren="200000171")
    entered = api.register_organisation(name="Syndicat mixte", kind="syndicat", siren="200 000 172")
    assert entered.siren == "200000172"
    assert not entered.is_checked
    with pytest.raises(api.OrganisationExists):
        api.register_organisation(name="Autre", kind="syndicat", siren="200000172")


def test_a_body_of_the_register_cannot_be_entered_freely(register):
    with pytest.raises(api.OrganisationExists):
        api.register_organisation(name="Faux", kind="syndicat", siren="219300662")


def test_two_organisations_of_one_name_have_two_addresses(db):
    one = api.register_organisation(name="Les Amis", kind="association", siren="200000172")
    two = api.register_organisation(name="Les Amis", kind="association", siren="200054781")
    assert (one.slug, two.slug) == ("les-amis", "les-amis-2")


def test_a_collectivite_is_in_the_register_or_named_by_its_siren(db):
    with pytest.raises(IntegrityError):
        Organisation.objects.create(name="Nulle part", slug="nulle-part", kind="collectivite")


def test_the_administration_explains_a_wrong_siren(db):
    with pytest.raises(ValidationError, match="SIREN"):
        Organisation(name="X", slug="x", kind="autre", siren="123456789").full_clean()
