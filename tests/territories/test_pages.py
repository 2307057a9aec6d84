"""The pages of a person who acts for a collectivité, and the public directory."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from commun.accounts.api import create_member
from commun.common import clock, french
from commun.territories import api
from commun.territories.models import MandateCode, OfficialAddress
from commun.territories.services.mandates import mails
from tests.newsletters.factories import network
from tests.territories.factories import make_mandate

pytestmark = pytest.mark.django_db
ADD = "/mon-espace/collectivites/ajouter/"
WHO = {"prenom": "Camille", "nom": "Roux", "fonction": "Maire"}


@pytest.fixture(autouse=True)
def _site(register):
    network()


@pytest.fixture
def arboys() -> api.Organisation:
    return api.organisation_of(territory=api.get_by_key(key="commune:01015"))


@pytest.fixture
def camille():
    return create_member(email="camille@example.org")


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def official_for(organisation, email="mairie.arboys@example.org") -> OfficialAddress:
    return OfficialAddress.objects.create(
        territory=organisation.territory,
        email=email,
        domain=email.partition("@")[2],
        source="essai",
        dated=date(2026, 1, 1),
    )


def test_a_visitor_is_sent_to_sign_in():
    for path in ("/mon-espace/", "/mon-espace/mes-donnees/", ADD, "/mon-espace/collectivites/"):
        assert Client().get(path)["Location"].startswith("/compte/login/")


def test_homonyms_are_told_apart_before_anything_is_declared(camille):
    client = signed_in(camille)
    page = client.post(ADD, {**WHO, "territoire_texte": "Saint-Denis"}).content.decode()
    assert "Plusieurs territoires correspondent" in page
    assert "Saint-Denis (La Réunion)" in page
    chosen = {"territoire": "commune:93066", "territoire_texte": "Saint-Denis", "territoire_pour": "Saint-Denis"}
    answer = client.post(ADD, {**WHO, **chosen}, follow=True)
    assert "Saint-Denis (Seine-Saint-Denis" in answer.content.decode()
    camille.refresh_from_db()
    assert camille.get_full_name() == "Camille Roux"


def test_a_small_commune_proves_its_mandate_with_the_two_words(camille, arboys, mailoutbox):
    official_for(arboys)
    client = signed_in(camille)
    answer = client.post(ADD, {**WHO, "territoire_texte": "Arboys en Bugey"}, follow=True)
    path = answer.redirect_chain[-1][0]
    page = answer.content.decode()
    assert "m…s@example.org" in page
    assert "mairie.arboys@" not in page
    assert client.get(f"{path}code/").status_code == 405
    sent = client.post(f"{path}code/", follow=True).content.decode()
    until = french.weekday_moment(timezone.localtime(MandateCode.objects.get().expires_at))
    assert f"valables jusqu’au {until} (heure de Paris)" in sent
    assert "ceux-ci ne serviront plus" in sent
    wrong = client.post(f"{path}code/saisir/", {"code": "lune soleil"}).content.decode()
    assert "Il reste 4 essais" in wrong
    code = re.search(r"^ {4}(\S+)$", mailoutbox[-1].body, re.MULTILINE)[1]
    done = client.post(f"{path}code/saisir/", {"code": code}, follow=True).content.decode()
    assert "La collectivité l’a confirmé" in done
    assert "Votre adresse est celle" not in done
    space = client.get("/mon-espace/").content.decode()
    assert re.search(r">\s*Vérifié\s*<", space)
    assert not re.search(r"(niveau|–) M\d", done + space)


def test_where_no_official_address_is_known_the_page_says_so_and_offers_two_other_ways(camille, arboys):
    made = api.declare_membership(user=camille, organisation=arboys, now=clock.now())
    page = signed_in(camille).get(f"/mon-espace/collectivites/{made.pk}/").content.decode()
    assert "Nous ne connaissons pas l’adresse officielle" in page
    assert "Demander une vérification" in page
    assert "Envoyer la lettre" in page


def test_what_is_somebody_elses_is_not_there(camille, arboys):
    make_mandate(user=camille, organisation=arboys, now=clock.now())
    stranger = signed_in(create_member(email="ailleurs@example.org"))
    pk = api.Membership.objects.get().pk
    base = f"/mon-espace/collectivites/{pk}/"
    for path in ("", "verification/", "lettre/", "quitter/"):
        assert stranger.get(base + path).status_code == 404
    for path in ("adresse/", "code/", "code/saisir/", "renouveler/", "decider/", "quitter/", "lettre/"):
        assert stranger.post(base + path, {"code": "un deux"}).status_code == 404


def test_members_are_shown_to_verified_members_only_and_never_in_the_directory(camille, arboys):
    camille.first_name, camille.last_name = "Camille", "Roux"
    camille.save()
    make_mandate(user=camille, organisation=arboys, now=clock.now())
    other = create_member(email="autre@example.org")
    waiting = api.declare_membership(user=other, organisation=arboys, now=clock.now())
    page = signed_in(other).get(f"/mon-espace/collectivites/{waiting.pk}/").content.decode()
    public = Client().get(f"/annuaire/{arboys.slug}/").content.decode() + Client().get("/annuaire/").content.decode()
    assert "Arboys en Bugey" in public
    for text in (page, public):
        assert "Roux" not in text
        assert "camille@" not in text


def test_the_referent_accepts_from_her_page_and_another_member_cannot(camille, arboys, mailoutbox):
    make_mandate(user=camille, organisation=arboys, now=clock.now())
    other = create_member(email="autre@example.org", first_name="Dominique", last_name="Bel")
    made = api.declare_membership(user=other, organisation=arboys, now=clock.now())
    api.prove_membership(
        membership=made, level=api.MandateLevel.M1, method=api.MandateMethod.OFFICIAL_DOMAIN, now=clock.now()
    )
    path = f"/mon-espace/collectivites/{made.pk}/decider/"
    assert signed_in(other).post(path, {"accepter": "1"}).status_code == 404
    client = signed_in(camille)
    assert "Dominique Bel" in client.get("/mon-espace/collectivites/").content.decode()
    client.post(path, {"accepter": "1"})
    assert mailoutbox[-1].to == ["autre@example.org"]
    assert api.memberships_of(user=other, at=clock.now())


def test_a_body_absent_from_the_register_is_entered_once_with_a_valid_siren(camille):
    client = signed_in(camille)
    path = f"{ADD}hors-registre/"
    given = {**WHO, "denomination": "Syndicat des eaux", "type": "syndicat", "siren": "732 829 321"}
    refused = client.post(path, given).content.decode()
    assert "Ce numéro n’est pas un SIREN" in refused
    assert "Syndicat des eaux" in refused
    assert "cherchez-le par son nom" in client.post(path, {**given, "siren": "219300662"}).content.decode()
    page = client.post(path, {**given, "siren": "732 829 320"}, follow=True).content.decode()
    assert "Organisme à vérifier" in page
    signed_in(create_member(email="autre@example.org")).post(path, {**given, "siren": "732829320"})
    assert api.Organisation.objects.filter(siren="732829320").count() == 1
    assert "Syndicat des eaux" not in Client().get("/annuaire/").content.decode()
    assert Client().get("/annuaire/syndicat-des-eaux/").status_code == 404


def test_a_letter_of_another_kind_is_refused_with_a_sentence(camille, arboys):
    made = api.declare_membership(user=camille, organisation=arboys, now=clock.now())
    client, path = signed_in(camille), f"/mon-espace/collectivites/{made.pk}/lettre/"
    page = client.post(path, {"piece": SimpleUploadedFile("lettre.pdf", b"MZ" + b"\0" * 50), "precisions": "page 2"})
    assert "ni un PDF" in page.content.decode()
    assert "page 2" in page.content.decode()
    piece = SimpleUploadedFile("lettre.pdf", b"%PDF-1.7\n1 0 obj\n")
    assert "Votre demande est arrivée" in client.post(path, {"piece": piece}, follow=True).content.decode()


def test_the_link_of_the_reminder_shows_a_button_and_serves_once(camille, arboys):
    held = make_mandate(user=camille, organisation=arboys, now=clock.now() - timedelta(days=350))
    path = f"/mandat/renouveler/{mails.renewal_token(held)}/"
    assert "continuer douze mois" in Client().get(path).content.decode()
    assert api.Membership.objects.get().expires_at == held.expires_at
    assert "C’est renouvelé" in Client().post(path).content.decode()
    assert api.Membership.objects.get().expires_at > held.expires_at
    assert Client().post(path).status_code == 410
    assert Client().get("/mandat/renouveler/faux/").status_code == 404
    assert Client().post(path, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_a_mandate_resumes_only_for_who_came_in_with_a_code_read_since(camille, arboys, mailoutbox):
    held = make_mandate(user=camille, organisation=arboys, now=clock.now())
    api.note_hard_bounce(email="camille@example.org", now=clock.now())
    path = f"/mon-espace/collectivites/{held.pk}/reprendre/"
    signed_in(camille).post(path)
    assert api.memberships_of(user=camille, at=clock.now()) == []
    client = Client()
    client.post("/compte/login/", {"login": "camille@example.org"})
    code = re.search(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", mailoutbox[-1].body, re.MULTILINE)[1]
    client.post("/compte/login/code/confirm/", {"code": code})
    assert "mandat a repris" in client.post(path, follow=True).content.decode()
    assert api.memberships_of(user=camille, at=clock.now())


def test_leaving_from_the_page_names_a_colleague(camille, arboys):
    held = make_mandate(user=camille, organisation=arboys, now=clock.now())
    other = create_member(email="autre@example.org", first_name="Dominique", last_name="Bel")
    make_mandate(user=other, organisation=arboys, now=clock.now())
    client, path = signed_in(camille), f"/mon-espace/collectivites/{held.pk}/quitter/"
    assert "Dominique Bel" in client.get(path).content.decode()
    client.post(path, {"relais": str(other.pk)})
    assert api.referent_of(organisation=arboys, at=clock.now()).user == other


def test_the_directory_is_searched_by_name_and_departement_in_few_queries(
    camille, arboys, django_assert_max_num_queries
):
    make_mandate(user=camille, organisation=arboys, now=clock.now())
    client = Client()
    client.get("/annuaire/")
    with django_assert_max_num_queries(11):
        page = client.get("/annuaire/?q=ain").content.decode()
    assert "Arboys en Bugey (<mark>Ain</mark>)" in page
    for typed in ("arbois en bugey", "bugey ain", "arb"):
        shown = client.get("/annuaire/", {"q": typed}).content.decode()
        assert "Arboys en Bugey (Ain)" in shown.replace("<mark>", "").replace("</mark>", "")
    assert "Personne n’y agit encore" not in page
    assert "Aucune organisation ne correspond" in client.get("/annuaire/?q=zzz").content.decode()
    assert not client.cookies


def test_a_body_for_which_nobody_acts_is_found_by_its_name_alone(arboys):
    client = Client()
    assert "Arboys en Bugey" not in client.get("/annuaire/").content.decode()
    for typed in ("arboys", "arbois en bugey"):
        page = client.get("/annuaire/", {"q": typed}).content.decode()
        assert "1 organisation" in page
        assert "Personne n’y agit encore" in page


def test_my_data_are_downloaded_and_my_account_erased(camille, arboys):
    make_mandate(user=camille, organisation=arboys, now=clock.now())
    client = signed_in(camille)
    assert client.post("/mon-espace/mes-donnees/").json()["territories"]["mandats"][0]["fonction"] == "Maire"
    assert "Cochez la case" in client.post("/mon-espace/effacer/").content.decode()
    assert "Votre compte est effacé" in client.post("/mon-espace/effacer/", {"confirme": "on"}).content.decode()
    assert client.get("/mon-espace/").status_code == 302
    assert api.members_of(organisation=arboys, at=clock.now()) == []


def test_pages_of_ones_space_lead_back_to_it(camille, arboys):
    client = signed_in(camille)
    for address in ("/mon-espace/collectivites/", "/mon-espace/mes-donnees/", "/compte/email/"):
        page = client.get(address).content.decode()
        trail = page.split('id="fil-ariane"')[1].split("</nav>")[0]
        assert '<a class="fr-breadcrumb__link" href="/mon-espace/">Mon espace</a>' in trail
        assert trail.count("aria-current") == 1
