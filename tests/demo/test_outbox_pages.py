"""The pages of the demonstration's mailbox."""

from __future__ import annotations

from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from django.urls import reverse

from commun.demo.outbox import Outbox

NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def outbox(settings, tmp_path) -> Outbox:
    settings.VAR_DIR = tmp_path
    return Outbox(tmp_path / "outbox")


def _letter(outbox: Outbox, *, to: str = "marie@example.org", html: str = "<p>Bonjour</p>") -> str:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "lettre@example.org", to, "Le passage à l’action"
    message["List-Unsubscribe"] = "<http://localhost:8000/desabonnement/x/>"
    message.set_content("Bonjour\nhttp://localhost:8123/lettre/2/\n")
    if html:
        message.add_alternative(html, subtype="html")
    return outbox.keep(raw=message.as_bytes(), mail_from="r@example.org", recipient=to, now=NOW)


def test_an_empty_mailbox_says_what_to_do(client, outbox):
    response = client.get("/boite-de-demonstration/")
    assert "La boîte est vide" in response.content.decode()
    assert not response.cookies


def test_the_latest_message_comes_first_twenty_five_to_a_page(client, outbox):
    for number in range(30):
        _letter(outbox, to=f"lecteur{number:02d}@example.org")
    first = client.get("/boite-de-demonstration/").content.decode()
    assert first.index("lecteur29") < first.index("lecteur28")
    assert "lecteur04@" not in first
    assert "30 messages, du plus récent" in first
    assert "lecteur04@" in client.get("/boite-de-demonstration/?page=2").content.decode()
    assert client.get("/boite-de-demonstration/?page=nonsense").status_code == 200


def test_a_recipient_is_found_by_a_part_of_the_address(client, outbox):
    _letter(outbox, to="marie@example.org")
    _letter(outbox, to="paul@example.org")
    found = client.get("/boite-de-demonstration/", {"destinataire": "PAUL"}).content.decode()
    assert "paul@example.org" in found
    assert "marie@example.org" not in found
    none = client.get("/boite-de-demonstration/", {"destinataire": "<script>"}).content.decode()
    assert "Aucun message pour" in none
    assert "<script>" not in none


def test_a_message_is_read_in_four_ways_without_a_cookie(client, outbox):
    key = _letter(outbox)
    pages = {name: client.get(reverse(f"demo:{name}", args=[key])) for name in ("message", "text", "headers", "source")}
    for response in pages.values():
        assert response.status_code == 200
        assert not response.cookies
        assert "style=" not in response.content.decode()
    assert f'src="/boite-de-demonstration/{key}/html/"' in pages["message"].content.decode()
    assert 'sandbox="allow-popups allow-top-navigation-by-user-activation"' in pages["message"].content.decode()
    assert "List-Unsubscribe" in pages["headers"].content.decode()
    assert "Content-Type: multipart/alternative" in pages["source"].content.decode()


def test_the_framed_message_has_no_power_and_opens_its_links_in_the_page(client, outbox):
    key = _letter(outbox, html="<html><head><title>x</title></head><body><script>1</script></body></html>")
    response = client.get(reverse("demo:frame", args=[key]))
    policy = response["Content-Security-Policy"]
    assert "sandbox allow-popups allow-top-navigation-by-user-activation" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert '<head><base target="_top"><title>' in response.content.decode()


def test_links_lead_to_this_site_whatever_port_the_letter_left_from(client, outbox):
    key = _letter(outbox, html='<p><a href="http://localhost:8123/lettre/2/">x</a> http://localhost.evil/</p>')
    shown = client.get(reverse("demo:frame", args=[key])).content.decode()
    assert 'href="http://localhost:8000/lettre/2/"' in shown
    assert "http://localhost.evil/" in shown
    assert "http://localhost:8000/lettre/2/" in client.get(reverse("demo:text", args=[key])).content.decode()
    assert "8123" in client.get(reverse("demo:source", args=[key])).content.decode()


def test_a_message_without_html_is_shown_as_text(client, outbox):
    key = _letter(outbox, html="")
    page = client.get(reverse("demo:message", args=[key])).content.decode()
    assert "pas de version mise en forme" in page
    assert "<iframe" not in page
    assert client.get(reverse("demo:frame", args=[key])).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "../secret_key",
        "..%2f..%2fsecret_key",
        "000001-..%2f..%2fsecret/",
        "000001-3e97993cd2f8/../../secret_key",
        "000009-3e97993cd2f8/",
        "000009-3e97993cd2f8/html/",
    ],
)
def test_nothing_but_messages_is_served(client, outbox, address):
    (outbox.folder.parent / "secret_key").write_text("tres-secret")
    response = client.get(f"/boite-de-demonstration/{address}")
    assert response.status_code == 404
    assert b"tres-secret" not in response.content


@pytest.mark.parametrize(("name", "value"), [("DEMO", False), ("SITE_IS_LOOPBACK", False)])
def test_it_is_refused_anywhere_but_in_a_demonstration_on_this_machine(client, outbox, settings, name, value):
    key = _letter(outbox)
    setattr(settings, name, value)
    for address in ("/boite-de-demonstration/", reverse("demo:message", args=[key]), reverse("demo:frame", args=[key])):
        assert client.get(address).status_code == 404


def test_reading_is_all_one_can_do(client, outbox):
    assert client.post("/boite-de-demonstration/").status_code == 405
