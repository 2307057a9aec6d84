from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from commun.accounts import api

pytestmark = pytest.mark.django_db

CODE = re.compile(r"^\s*([0-9A-Z]{3,4}-?[0-9A-Z]{3,4})\s*$", re.MULTILINE)


def _ask(client, email):
    return client.post("/compte/login/", {"login": email}, follow=True)


def _code(mailoutbox) -> str:
    found = CODE.search(mailoutbox[-1].body)
    assert found, mailoutbox[-1].body
    return found[1]


def _confirm(client, code):
    return client.post("/compte/login/code/confirm/", {"code": code})


def _totp(secret: str) -> str:
    """RFC 6238, computed here so that the test does not trust the library it tests."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


@pytest.fixture
def editor():
    return api.create_member(email="redac@example.org", groups=(api.REDACTION,))


def test_a_person_signs_in_with_the_code_received_by_mail(client, mailoutbox):
    user = api.create_member(email="camille@example.org")
    _ask(client, "Camille@Example.org")
    assert _confirm(client, _code(mailoutbox)).status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)


def test_three_wrong_codes_end_the_attempt(client, mailoutbox):
    api.create_member(email="camille@example.org")
    _ask(client, "camille@example.org")
    code = _code(mailoutbox)
    for _ in range(3):
        _confirm(client, "AAAAAA")
    _confirm(client, code)
    assert "_auth_user_id" not in client.session


def test_asking_for_an_unknown_address_answers_the_same_page(client, mailoutbox):
    api.create_member(email="camille@example.org")
    known = _ask(client, "camille@example.org")
    client.cookies.clear()
    unknown = _ask(client, "personne@example.org")
    assert known.redirect_chain == unknown.redirect_chain
    assert known.content.replace(b"camille", b"personne").count(b"<form") == unknown.content.count(b"<form")


def test_an_editor_with_a_second_factor_is_asked_for_it(client, mailoutbox, editor):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(editor, secret)
    assert secret not in str(Authenticator.objects.get(user=editor).data)
    _ask(client, "redac@example.org")
    response = _confirm(client, _code(mailoutbox))
    assert "_auth_user_id" not in client.session
    response = client.get(response["Location"])
    response = client.post("/compte/2fa/authenticate/", {"code": _totp(secret)})
    assert response.status_code == 302
    assert response["Location"] == "/gestion/"
    assert client.get("/gestion/").status_code == 200


def test_what_allauth_writes_is_in_our_words(client, mailoutbox):
    """Subject, greeting and address of the site are ours; nothing of the library's own English or host name is left."""
    api.create_member(email="camille@example.org")
    for address, email in (
        ("/compte/login/", "camille@example.org"),
        ("/compte/login/", "personne@example.org"),
        ("/compte/signup/", "camille@example.org"),
        ("/compte/signup/", "nouvelle@example.org"),
    ):
        client.post(address, {"login": email, "email": email})
        client.cookies.clear()
    assert [message.subject for message in mailoutbox] == [
        "Votre code pour entrer dans Territoires en Commun",
        "Pas de compte à cette adresse sur Territoires en Commun",
        "Vous avez déjà un compte sur Territoires en Commun",
        "Votre code pour confirmer cette adresse sur Territoires en Commun",
    ]
    for message in mailoutbox:
        assert "http://localhost:8000" in message.body
        assert "testserver" not in message.body.replace("http://testserver/compte/", "")
        assert not re.search(r"\b(Hello|Thank you|Merci d'utiliser|You are)\b", message.body)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/compte/login/", "/compte/signup/"])
def test_the_address_is_asked_for_in_the_words_of_the_site(client, path):
    page = client.get(path).content.decode()
    assert "Adresse électronique" in page
    assert ">E-mail<" not in re.sub(r">\s*(\S+)\s*<", r">\1<", page)
