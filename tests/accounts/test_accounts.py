from __future__ import annotations

import idna
import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from commun.accounts import addresses, api
from commun.accounts.models import User
from commun.common import privacy

pytestmark = pytest.mark.django_db


def test_the_four_groups_exist_and_enter_the_administration():
    groups = Group.objects.filter(permissions__codename="access_admin").values_list("name", flat=True)
    assert set(api.GROUPS) <= set(groups)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (" Camille.Roux@Mairie.Example.ORG ", "camille.roux@mairie.example.org"),
        ("élu@forêt.example.org", "élu@xn--fort-ipa.example.org"),
    ],
)
def test_an_address_has_one_spelling(raw, expected):
    assert api.normalise_email(raw) == expected


def _encoded(encode, domain: str) -> str | None:
    try:
        return encode(domain)
    except idna.IDNAError:
        return None


@given(st.from_regex(r"[A-Za-z0-9.-]{1,20}(?:\.(?:org|Fr|x1|xn--p1ai))?\.?", fullmatch=True))
def test_a_domain_written_plainly_is_what_idna_makes_of_it(domain):
    expected = _encoded(lambda given: idna.encode(given.rstrip("."), uts46=True).decode("ascii"), domain)
    assert _encoded(addresses._ascii_domain, domain) == expected


@pytest.mark.parametrize(
    "raw", ["", "@", "a@", "a b@example.org", "a@exa mple.org", "a@" + "b" * 300 + ".org", "a\r\n@example.org"]
)
def test_what_is_not_an_address_is_refused(raw):
    with pytest.raises(api.InvalidAddress):
        api.normalise_email(raw)


def test_two_accounts_cannot_share_an_address():
    api.create_member(email="camille@example.org")
    with pytest.raises(IntegrityError):
        User.objects.create(email="Camille@example.org")


def test_the_password_form_of_the_administration_is_closed(client):
    response = client.get("/gestion/login/?next=/gestion/")
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_an_editor_without_a_second_factor_is_sent_to_set_one_up(client):
    client.force_login(api.create_member(email="redac@example.org", groups=(api.REDACTION,)))
    response = client.get("/gestion/")
    assert response.status_code == 302
    assert response["Location"] == reverse("mfa_index")


def test_an_editor_enters_when_the_demonstration_asks_no_second_factor(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(api.create_member(email="redac@example.org", groups=(api.REDACTION,)))
    assert client.get("/gestion/").status_code == 200


def test_a_person_without_group_does_not_enter_the_administration(client, settings):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(api.create_member(email="passant@example.org"))
    assert client.get("/gestion/").status_code == 302


def test_erasure_blanks_the_person_and_keeps_the_row(django_user_model):
    user = api.create_member(email="camille@example.org", first_name="Camille", groups=(api.REDACTION,))
    assert "accounts" in privacy.export_person(email="camille@example.org")
    from commun.common import clock

    privacy.erase_person(email="camille@example.org", now=clock.now())
    user.refresh_from_db()
    assert "camille" not in user.email
    assert not user.first_name
    assert not user.is_active
    assert privacy.export_person(email="camille@example.org") == {}
