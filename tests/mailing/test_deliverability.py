"""What DNS says of us, read from a real DNS dialogue on loopback, and said in French with its remedy."""

from __future__ import annotations

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.urls import reverse

from commun.accounts.api import EXPLOITATION, VALIDATION, create_member
from commun.common import clock
from commun.config.env import SmtpRelay
from commun.mailing.dns.findings import Finding, Identity, State, examine
from commun.mailing.models import DeliverabilityReport
from commun.mailing.services import deliverability
from tests.mailing.dns_server import Zone, serving, silence
from tests.mailing.factories import make_message

WE = Identity(
    from_domain="example.org",
    return_domain="retours.example.org",
    inbound_domain="",
    dkim_selector="lettre",
    site_url="https://lettre.example.org",
)
HEADERS = {"List-Unsubscribe": "<https://x.example.org/d/>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
SPF, DMARC, DKIM = (
    ("retours.example.org", "TXT"),
    ("_dmarc.example.org", "TXT"),
    ("lettre._domainkey.example.org", "TXT"),
)


def dkim(bits: int = 2048, extra: str = "") -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits).public_key()
    public = base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()
    text = f"v=DKIM1; k=rsa;{extra} p={public}"
    return " ".join(f'"{text[start : start + 200]}"' for start in range(0, len(text), 200))


def good_zone() -> Zone:
    return {
        SPF: ['"v=spf1 ip4:9.9.9.9 -all"'],
        ("example.org", "A"): ["9.9.9.9"],
        DKIM: [dkim()],
        DMARC: ['"v=DMARC1; p=quarantine; rua=mailto:dmarc@example.org"'],
        ("9.9.9.9.in-addr.arpa", "PTR"): ["relais.example.org."],
        ("relais.example.org", "A"): ["9.9.9.9"],
        ("retours.example.org", "MX"): ["10 relais.example.org."],
        ("example.org._report._dmarc.example.org", "TXT"): ['"v=DMARC1"'],
        ("example.org", "MX"): ["10 relais.example.org."],
    }


def look(zone: Zone, identity: Identity = WE, headers=HEADERS) -> dict[str, Finding]:
    with serving(zone) as lookups:
        return {one.code: one for one in examine(identity=identity, lookups=lookups, headers=headers)}


def test_a_domain_in_order_has_nothing_to_mend():
    found = look(good_zone())
    assert {code: one.state for code, one in found.items()} == dict.fromkeys(
        ("spf", "dkim", "dmarc", "reverse", "mx", "one_click"), State.GOOD
    ), found
    assert not any(one.mend for one in found.values())


def test_a_domain_without_anything_is_told_what_to_add():
    found = look({("example.org", "A"): ["9.9.9.9"]})
    assert {code for code, one in found.items() if one.state is State.BAD} == {"spf", "dkim", "dmarc", "mx"}
    assert found["reverse"].state is State.UNKNOWN
    assert found["spf"].record.startswith("v=spf1 ")
    assert "_dmarc.example.org" in found["dmarc"].mend


@pytest.mark.parametrize(
    ("changes", "code", "state", "words"),
    [
        ({SPF: ['"v=spf1 ip4:9.9.9.9 +all"']}, "spf", State.WARNING, "ne refuse personne"),
        ({SPF: ['"v=spf1 ip4:9.9.9.9 -all"', '"v=spf1 -all"']}, "spf", State.BAD, "faux|lisible"),
        ({SPF: ['"v=spf1 include:rien.example.org -all"']}, "spf", State.BAD, "faux"),
        ({DKIM: ['"v=DKIM1; p="']}, "dkim", State.BAD, "révoquée"),
        ({DKIM: ['"v=DKIM1; p=abc"']}, "dkim", State.BAD, "se lit pas"),
        ({DKIM: [dkim(1024)]}, "dkim", State.WARNING, "1024"),
        ({DKIM: [dkim(extra=" t=y;")]}, "dkim", State.WARNING, "essai"),
        ({DMARC: ['"v=DMARC1; p=none; rua=mailto:dmarc@example.org"']}, "dmarc", State.WARNING, "p=none"),
        ({DMARC: ['"v=DMARC1; p=peut-être"']}, "dmarc", State.BAD, "faux"),
        ({("9.9.9.9.in-addr.arpa", "PTR"): []}, "reverse", State.BAD, "aucun nom"),
        ({("relais.example.org", "A"): ["8.8.8.8"]}, "reverse", State.BAD, "relais.example.org"),
        ({("retours.example.org", "MX"): ["0 ."]}, "mx", State.BAD, "se perdent"),
    ],
)
def test_each_fault_is_named_with_its_remedy(changes, code, state, words):
    found = look({**good_zone(), **changes})[code]
    assert found.state is state, found
    assert any(word in found.said for word in words.split("|")), found
    assert found.mend


def test_returns_under_another_name_never_align_spf():
    other = Identity(**{**WE.__dict__, "return_domain": "autre.example.net"})
    zone = {**good_zone(), ("autre.example.net", "TXT"): ['"v=spf1 ip4:9.9.9.9 -all"']}
    found = look(zone, other)["dmarc"]
    assert (found.state, "aligné" in found.said) == (State.WARNING, True)


def test_the_selector_cannot_be_guessed_nor_headers_read_before_a_letter_exists():
    found = look(good_zone(), Identity(**{**WE.__dict__, "dkim_selector": ""}), None)
    assert (found["dkim"].state, found["one_click"].state) == (State.UNKNOWN, State.UNKNOWN)
    assert "DKIM_SELECTOR" in found["dkim"].mend
    plain = look(good_zone(), Identity(**{**WE.__dict__, "site_url": "http://lettre.example.org"}))
    assert plain["one_click"].state is State.BAD
    assert look(good_zone(), headers={"List-Unsubscribe": "<mailto:x>"})["one_click"].state is State.BAD


def test_without_a_network_it_says_so_and_accuses_nobody():
    with silence() as lookups:
        found = {one.code: one for one in examine(identity=WE, lookups=lookups, headers=HEADERS)}
    dns = [one for code, one in found.items() if code != "one_click"]
    assert {one.state for one in dns} == {State.UNKNOWN}
    assert all("Sans réseau" in one.said for one in dns)


# --- the page -------------------------------------------------------------------------------------------

URL = "/gestion/envois/delivrabilite/"


@pytest.fixture
def enter(client, settings):
    settings.STAFF_MFA_REQUIRED = False

    def _enter(group: str):
        client.force_login(create_member(email=f"{group}@example.org", groups=(group,)))
        return client

    return _enter


@pytest.fixture
def _ours(settings):
    settings.MAIL_FROM = "La lettre <lettre@example.org>"
    settings.BOUNCE_DOMAIN = "retours.example.org"
    settings.DKIM_SELECTOR = "lettre"
    settings.SITE_URL = "https://lettre.example.org"
    settings.SMTP_RELAYS = (SmtpRelay(host="127.0.0.1", port=25),)


@pytest.mark.django_db
@pytest.mark.usefixtures("_ours")
def test_the_report_is_made_by_a_task_kept_and_shown(enter, monkeypatch):
    assert reverse("mailing_sends:deliverability") == URL
    make_message()
    visitor = enter(EXPLOITATION)
    assert "Rien n’a encore été vérifié" in visitor.get(URL).content.decode()
    assert not DeliverabilityReport.objects.exists()
    with serving(good_zone()) as lookups:
        monkeypatch.setattr("commun.mailing.dns.lookups.Lookups", lambda: lookups)
        visitor.post(URL)
    page = visitor.get(URL).content.decode()
    assert "SPF de retours.example.org" in page
    assert "DKIM de example.org" in page
    assert page.count("mail-check--good") == 6, page
    assert DeliverabilityReport.objects.get().asked_at is None


@pytest.mark.django_db
def test_one_look_at_a_time_and_a_dead_one_does_not_block_for_ever(enter):
    DeliverabilityReport.objects.create(pk=1, asked_at=clock.now())
    assert deliverability.ask_for_report(now=clock.now()) is False
    assert deliverability.ask_for_report(now=clock.now() - deliverability.PATIENCE) is False
    response = enter(EXPLOITATION).post(URL, follow=True)
    assert "déjà en cours" in " ".join(str(message) for message in response.context["messages"])


@pytest.mark.django_db
def test_others_neither_see_nor_ask(enter, client):
    assert client.post(URL).status_code == 302
    visitor = enter(VALIDATION)
    assert visitor.get(URL).status_code == 302
    visitor.post(URL)
    assert not DeliverabilityReport.objects.exists()
