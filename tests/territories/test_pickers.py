from __future__ import annotations

import re

import pytest
from django import forms
from django.test import Client

from commun.accounts.api import MODERATION, create_member
from commun.territories import api


class PlaceForm(forms.Form):
    place = api.TerritoryField(label="Commune", kinds=["commune"])


def submit(**data):
    form = PlaceForm(data)
    return form, form.is_valid()


def test_without_script_a_name_that_is_unique_is_enough(register):
    form, valid = submit(place_texte="st martin d'hères 38")
    assert not valid  # narrowed, but not what the place is called: it is proposed, not assumed
    form, valid = submit(place_texte="saint-martin-d'heres")
    assert valid
    assert form.cleaned_data["place"].code == "38421"


def test_without_script_homonyms_become_radio_buttons(register):
    form, valid = submit(place_texte="saint-denis")
    assert not valid
    html = str(form["place"])
    assert re.findall(r'type="radio"[^>]*value="([^"]+)"', html) == ["commune:97411", "commune:93066"]
    assert "Saint-Denis (Seine-Saint-Denis, Métropole du Grand Paris)" in html
    assert re.search(r'name="place_pour"\s+value="saint-denis"', html)
    form, valid = submit(place_texte="saint-denis", place_pour="saint-denis", place="commune:93066")
    assert valid
    assert form.cleaned_data["place"].departement.code == "93"


def test_a_radio_button_checked_before_the_text_was_changed_is_not_trusted(register):
    form, valid = submit(place_texte="Arboys en Bugey", place_pour="saint-denis", place="commune:93066")
    assert valid
    assert form.cleaned_data["place"].code == "01015"


@pytest.mark.parametrize("key", ["commune:00000", "epci:200054781", "n’importe quoi", "commune:", "\x00"])
def test_a_made_up_or_wrong_kind_of_key_is_refused(register, key):
    form, valid = submit(place=key)
    assert not valid
    assert "Aucun territoire" in form.errors["place"][0]


def test_nothing_typed_and_nothing_found_have_each_their_sentence(register):
    assert "Indiquez la commune" in submit()[0].errors["place"][0]
    assert "« nulle part »" in submit(place_texte="nulle part")[0].errors["place"][0]


def test_what_was_typed_is_escaped(register):
    form, _ = submit(place_texte='"><script>alert(1)</script>')
    assert "<script>" not in str(form["place"])


def test_an_initial_place_is_shown_by_its_label(register):
    html = str(PlaceForm(initial={"place": "commune:38421"})["place"])
    assert "Saint-Martin-d&#x27;Hères (Isère)" in html
    assert 'value="commune:38421"' in html


def test_suggestions_are_public_cached_and_set_no_cookie(register, client):
    response = client.get("/annuaire/suggestions/territoires/", {"q": "saint-den", "kinds": "commune,inconnu"})
    assert [row["key"] for row in response.json()["results"]] == ["commune:97411", "commune:93066"]
    assert response["Cache-Control"] == "public, max-age=3600"
    assert not response.cookies
    assert client.post("/annuaire/suggestions/territoires/").status_code == 405


def test_suggestions_are_limited_per_visitor(register, client, still_clock):
    address = "/annuaire/suggestions/territoires/"
    # What somebody has asked a moment ago costs nothing, and counts for nothing.
    codes = {client.get(address, {"q": f"zz{number}"}).status_code for number in range(301)}
    assert codes == {200, 429}
    assert client.get(address, {"q": "zz0"}).status_code == 200
    other = Client(REMOTE_ADDR="127.0.0.9").get(address, {"q": "encore"})
    assert other.status_code == 200


def test_an_organisation_is_suggested_by_any_of_its_words_once_it_is_listed(register, client):
    hidden = api.register_organisation(name="Fédération des Médiathèques", kind="association", siren="200000172")
    url = "/annuaire/suggestions/organisations/"
    assert client.get(url, {"q": "mediatheques"}).json() == {"results": []}
    type(hidden).objects.update(is_checked=True)
    for query in ("mediatheques fed", "200 000 172"):
        assert client.get(url, {"q": query}).json()["results"][0]["label"] == "Fédération des Médiathèques"
    assert client.get(url, {"q": ""}).json() == {"results": []}


def test_a_moderator_edits_an_organisation_without_loading_36000_options(register, client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(create_member(email="moderation@example.org", groups=(MODERATION,)))
    place = api.get_by_key(key="commune:93066")
    response = client.post(
        "/gestion/snippets/territories/organisation/add/",
        {"name": "Ville de Saint-Denis", "slug": "ville", "kind": "collectivite", "territory": place.pk, "siren": ""},
    )
    assert response.status_code == 302, response.content
    made = api.Organisation.objects.get()
    assert made.territory == place
    html = client.get(f"/gestion/snippets/territories/organisation/edit/{made.pk}/").content.decode()
    assert f'<input type="hidden" name="territory" value="{place.pk}">' in html
    assert "<option" not in html.split('name="territory"')[1].split("</ul>")[0]
    assert "combobox.js" in html
