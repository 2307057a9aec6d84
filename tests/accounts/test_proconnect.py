"""ProConnect against a real provider process: what it signs is believed, anything else changes nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from commun.accounts.api import create_member
from commun.accounts.models import User
from commun.common import clock, privacy
from commun.territories import api
from tests.accounts.proconnect_provider import CLIENT_ID
from tests.newsletters.factories import network
from tests.territories.conftest import register  # noqa: F401  (a fixture)

pytestmark = pytest.mark.django_db
SIRET_ARBOYS = "20005366800012"
SIRET_SAINT_DENIS = "21930066200017"
PERSON = {
    "email": "Camille.Roux@Arboys.example.org",
    "given_name": "Camille",
    "usual_name": "Roux",
    "siret": SIRET_ARBOYS,
    "uid": "42",
}


@pytest.fixture(scope="session")
def provider() -> Iterator[str]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.accounts.proconnect_provider"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=Path(__file__).resolve().parent.parent.parent,
    )
    assert process.stdout is not None
    with process.stdout:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(autouse=True)
def _configured(settings, provider, register):  # noqa: F811
    network()
    app = {"client_id": CLIENT_ID, "secret": "secret", "settings": {"server_url": provider}}
    settings.SOCIALACCOUNT_PROVIDERS = {"proconnect": {"APPS": [app]}}
    settings.PROCONNECT = True


def describe(provider: str, sub: str = "abc", **claims: Any) -> None:
    requests.put(f"{provider}/users/{sub}", json=PERSON | claims, timeout=10).raise_for_status()


def go_to_provider(client: Client) -> str:
    """The button; returns the address of the provider where the browser is sent."""
    answer = client.post("/compte/proconnect/login/")
    assert answer.status_code == 302
    return answer["Location"]


def consent(address: str, sub: str = "abc") -> str:
    """The person says yes there; returns the path by which she comes back."""
    answer = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == "http://localhost:8000"
    return f"{back.path}?{back.query}"


def come_in(client: Client, sub: str = "abc") -> Any:
    return client.get(consent(go_to_provider(client), sub), follow=True)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_new_person_comes_in_with_her_name_and_is_asked_in_whose_name(provider):
    describe(provider)
    client = Client()
    page = come_in(client).content.decode()
    user = User.objects.get(email="camille.roux@arboys.example.org")
    assert user.get_full_name() == "Camille Roux"
    assert EmailAddress.objects.get(user=user).verified
    assert "vous travaillez pour" in page
    assert "Arboys en Bugey (Ain)" in page
    assert not api.Membership.objects.exists()


def test_the_siren_proves_no_mandate_and_she_may_act_for_nobody(provider):
    describe(provider)
    client = Client()
    come_in(client)
    path = "/mon-espace/collectivites/affiliation/"
    page = client.post(path, {"prenom": "Camille", "nom": "Roux", "fonction": "DGS"}, follow=True).content.decode()
    assert "À prouver" in page
    membership = api.Membership.objects.get()
    assert (membership.level, membership.organisation.place.code) == (0, "01015")
    assert api.memberships_of(user=membership.user, at=clock.now()) == []
    assert client.get(path)["Location"] == "/mon-espace/collectivites/"


def test_the_one_with_that_professional_address_is_found_whatever_sub_says(provider):
    camille = create_member(email="camille.roux@arboys.example.org")
    for sub in ("abc", "def"):
        describe(provider, sub)
        client = Client()
        come_in(client, sub)
        assert client.session["_auth_user_id"] == str(camille.pk)
    assert SocialAccount.objects.get().uid == "camille.roux@arboys.example.org"
    assert User.objects.count() == 1


def test_the_same_sub_with_another_address_is_another_person(provider):
    describe(provider)
    come_in(Client())
    describe(provider, email="dominique.bel@arboys.example.org")
    client = Client()
    come_in(client)
    assert User.objects.get(pk=client.session["_auth_user_id"]).email == "dominique.bel@arboys.example.org"


def test_another_siren_the_next_time_changes_no_mandate_and_asks_again(provider):
    describe(provider)
    client = Client()
    come_in(client)
    client.post("/mon-espace/collectivites/affiliation/", {"prenom": "C", "nom": "R", "fonction": "DGS"})
    describe(provider, siret=SIRET_SAINT_DENIS)
    page = come_in(Client()).content.decode()
    assert "Saint-Denis (Seine-Saint-Denis" in page
    assert api.Membership.objects.count() == 1


@pytest.mark.parametrize("siret", ["", "12345678900012", "pas un siret", "21930066200017" * 3])
def test_a_siren_that_names_nobody_here_lets_her_choose(provider, siret):
    describe(provider, siret=siret)
    client = Client()
    answer = come_in(client)
    assert answer.status_code == 200
    assert is_signed_in(client)
    assert "vous travaillez pour" not in answer.content.decode()


@pytest.mark.parametrize(
    "mode",
    [
        "stranger",
        "unknown_key",
        "no_algorithm",
        "public_key_as_secret",
        "another_audience",
        "another_issuer",
        "expired",
        "without_an_end",
        "another_person",
        "plain",
        "garbage",
    ],
)
def test_what_is_not_signed_for_us_now_opens_nothing(provider, mode):
    describe(provider, mode=mode)
    client = Client()
    page = come_in(client).content.decode()
    assert "n’a pas abouti" in page
    assert not is_signed_in(client)
    assert not User.objects.exists()


@pytest.mark.parametrize("email", ["", "pas une adresse", None])
def test_without_a_professional_address_nobody_comes_in(provider, email):
    describe(provider, email=email)
    client = Client()
    come_in(client)
    assert not is_signed_in(client)
    assert not User.objects.exists()


def test_a_late_answer_is_not_waited_for(provider, settings):
    settings.SOCIALACCOUNT_REQUESTS_TIMEOUT = 1
    describe(provider, mode="late")
    client = Client()
    assert "n’a pas abouti" in come_in(client).content.decode()
    assert not is_signed_in(client)


def test_an_answer_that_comes_twice_serves_once(provider):
    describe(provider)
    client = Client()
    back = consent(go_to_provider(client))
    client.get(back)
    client.post("/compte/logout/")
    again = client.get(back, follow=True)
    assert not is_signed_in(client)
    assert "n’a pas abouti" in again.content.decode()
    assert User.objects.count() == 1


def test_an_answer_meant_for_another_browser_opens_nothing(provider):
    describe(provider)
    back = consent(go_to_provider(Client()))
    victim = Client()
    go_to_provider(victim)
    victim.get(back)
    assert not is_signed_in(victim)


def test_a_nonce_that_is_not_ours_opens_nothing(provider):
    describe(provider)
    client = Client()
    address = go_to_provider(client)
    nonce = parse_qs(urlsplit(address).query)["nonce"][0]
    client.get(consent(address.replace(nonce, "celui-d-un-autre")))
    assert not is_signed_in(client)


def test_refusing_there_brings_back_to_a_page_that_says_so(provider):
    client = Client()
    address = go_to_provider(client)
    answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=10)
    back = urlsplit(answer.headers["Location"])
    state = parse_qs(urlsplit(address).query)["state"][0]
    page = client.get(f"{back.path}?error=access_denied&state={state}", follow=True).content.decode()
    assert "Vous avez interrompu la connexion" in page


def test_a_get_sends_nobody_anywhere(provider):
    assert Client().get("/compte/proconnect/login/").status_code == 200


def test_the_button_is_there_only_where_it_is_configured(settings):
    assert "ProConnect" in Client().get("/compte/login/").content.decode()
    settings.PROCONNECT = False
    settings.SOCIALACCOUNT_PROVIDERS = {}
    for path in ("/compte/login/", "/compte/signup/"):
        assert "ProConnect" not in Client().get(path).content.decode()
    assert Client().post("/compte/proconnect/login/").status_code == 404


def test_a_provider_that_is_down_says_so(settings, provider):
    app = {"client_id": CLIENT_ID, "secret": "secret", "settings": {"server_url": "http://127.0.0.1:9"}}
    settings.SOCIALACCOUNT_PROVIDERS = {"proconnect": {"APPS": [app]}}
    answer = Client().post("/compte/proconnect/login/")
    assert answer.status_code == 503
    assert "n’a pas abouti" in answer.content.decode()


def test_what_is_kept_is_exported_and_erased(provider):
    describe(provider)
    come_in(Client())
    [kept] = privacy.export_person(email="camille.roux@arboys.example.org")["accounts"]["compte"]["ProConnect"]
    assert (kept["adresse"], kept["SIRET"]) == ("camille.roux@arboys.example.org", SIRET_ARBOYS)
    assert "42" not in str(SocialAccount.objects.get().extra_data)
    privacy.erase_person(email="camille.roux@arboys.example.org", now=clock.now())
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("door", ["/compte/logout/", "/gestion/logout/"])
def test_signing_out_here_signs_out_there_and_comes_back(provider, settings, door):
    settings.STAFF_MFA_REQUIRED = False
    describe(provider)
    client = Client()
    come_in(client)
    assert client.get("/gestion/logout/").status_code == 405
    out = urlsplit(client.post(door)["Location"])
    asked = parse_qs(out.query)
    assert f"{out.scheme}://{out.netloc}{out.path}" == f"{provider}/oauth2/end_session"
    assert asked["post_logout_redirect_uri"] == ["http://localhost:8000/"]
    assert asked["state"][0]
    assert asked["id_token_hint"][0].count(".") == 2
    assert not is_signed_in(client)
    assert "proconnect_sign_out" not in client.session


def test_whoever_came_by_a_code_signs_out_here_alone(settings):
    settings.STAFF_MFA_REQUIRED = False
    client = Client()
    client.force_login(create_member(email="camille.roux@arboys.example.org"))
    assert client.post("/compte/logout/")["Location"] == "/"
    client.force_login(create_member(email="lou.petit@arboys.example.org"))
    assert client.post("/gestion/logout/")["Location"].startswith("/")
    assert not is_signed_in(client)
