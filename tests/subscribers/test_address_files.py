"""Files of addresses as spreadsheets, address books and other letters' tools export them; made by us after their shapes."""

from __future__ import annotations

import io

import pytest

from commun.common import clock
from commun.mailing.api import address_hash, is_closed, standing
from commun.mailing.models import Suppression
from commun.subscribers import api
from commun.subscribers.address_columns import KeptOut
from commun.subscribers.address_file import AddressFile
from commun.subscribers.models import Subscriber
from commun.subscribers.selectors.audience import readers
from commun.subscribers.services import requests, subscriptions
from commun.subscribers.types import LegalBasis
from tests.subscribers.factories import make_subscriber


def _rows(content: str | bytes) -> list[tuple[str, str]]:
    raw = content.encode() if isinstance(content, str) else content
    return [(row.address, row.kept_out.value) for row in AddressFile(io.BytesIO(raw))]


TWO = [("a@example.org", ""), ("b@example.org", "")]


@pytest.mark.parametrize(
    "content",
    [
        "sep=;\r\nNom;Courriel\r\nA;a@example.org\r\nB;b@example.org\r\n",
        '"sep=,"\r\nNom,Courriel\r\nA,a@example.org\r\nB,b@example.org\r\n',
        "Abonnés au 12 mars 2026;;\n\nNom;Courriel;Ville\nA;a@example.org;X\nB;b@example.org;Y\n",
        "Liste de diffusion\nExportée par Camille, le 3 mars\nNom,Courriel\nA,a@example.org\nB,b@example.org\n",
        "First Name,Last Name,E-mail 1 - Label,E-mail 1 - Value,E-mail 2 - Value\nZ,X,* ,a@example.org,z@example.org\nZ,X,,,b@example.org\n",
        "Title,First Name,E-mail Address,E-mail 2 Address\n,Z,a@example.org,\n,Y,b@example.org,z@example.org\n",
        "Prénom;Nom;Adresse de messagerie\nZ;X;a@example.org\nY;X;b@example.org\n",
        "Nom;Courriel\nA;\u200ba@example.org\u00a0\nB;\ufeffb@example.org\n",
        "\ufeffCour\u200briel\na@example.org\nb@example.org\n",
        "Nombre;Dirección de correo electrónico;Ciudad\nA;a@example.org;X\nB;b@example.org;Y\n",
        "Nome;Qualquer;Contacto\nA;1;a@example.org\nB;2;b@example.org\n",
        "E-mail\nCamille A <a@example.org>\n'b@example.org'\n",
    ],
)
def test_the_addresses_are_found_wherever_they_stand(content):
    assert _rows(content) == TWO


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(encoding):
    assert _rows("Prénom;Courriel\r\nZoé;a@example.org\r\nÉlise;b@example.org\r\n".encode(encoding)) == TWO


LEFT, OUT, IN = KeptOut.LEFT.value, KeptOut.CLEANED.value, KeptOut.NO.value
MAILCHIMP = "Email Address,First Name,Last Name,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,{}LEID,EUID,NOTES,TAGS\n"
EXPORTS = {
    "Mailchimp, who left": (
        MAILCHIMP.format("UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_CAMPAIGN_ID,UNSUB_REASON,")
        + "a@example.org,A,B,2,,,2024-01-01 10:00:00,2025-02-02 10:00:00,Lettre,12,NORMAL,1,e,,\n",
        [LEFT],
    ),
    "Mailchimp, who was cleaned": (
        MAILCHIMP.format("CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,CLEAN_CAMPAIGN_ID,")
        + "a@example.org,A,B,2,,,2024-01-01 10:00:00,2025-02-02 10:00:00,Lettre,12,1,e,,\n",
        [OUT],
    ),
    "Mailchimp, who stays": (MAILCHIMP.format("") + "a@example.org,A,B,2,,,2024-01-01 10:00:00,1,e,,\n", [IN]),
    "Mailchimp, one column": (
        "Email Address,Status\na@example.org,Subscribed\nb@example.org,Unsubscribed\nc@example.org,Cleaned\n",
        [IN, LEFT, OUT],
    ),
    "Brevo": (
        "CONTACT ID;EMAIL;NOM;EMAIL_BLACKLISTED;SMS_BLACKLISTED;UNSUBSCRIBED;ADDED_TIME\n"
        "1;a@example.org;A;false;;;2025-01-01\n2;b@example.org;B;true;;;2025-01-01\n3;c@example.org;C;No;;Yes;2025-01-01\n",
        [IN, OUT, LEFT],
    ),
    "Sympa, a table": (
        "email;gecos;reception;bounce;date\na@example.org;A;mail;;2025\nb@example.org;B;nomail;;2025\n",
        [IN, LEFT],
    ),
    "Sympa, a dump": (
        "email a@example.org\ngecos Camille A\nreception mail\n\nemail b@example.org\nreception nomail\n\n"
        "email c@example.org\nbounce 1700000000 1710000000 12 5.1.1\n",
        [IN, LEFT, OUT],
    ),
    "listmonk": (
        "uuid,email,name,attributes,status,created_at\n1,a@example.org,A,{},enabled,2025\n2,b@example.org,B,{},blocklisted,2025\n"
        "3,c@example.org,C,{},disabled,2025\n",
        [IN, OUT, OUT],
    ),
    "listmonk, subscriptions": (
        "email,subscription_status\na@example.org,confirmed\nb@example.org,unsubscribed\n",
        [IN, LEFT],
    ),
    "renamed in Spanish": (
        "Correo;Nombre;Estado;Fecha de baja\na@example.org;A;Suscrito;\nb@example.org;B;Cancelado;\nc@example.org;C;;2025-02-02\n"
        "d@example.org;D;Limpiado;\n",
        [IN, LEFT, LEFT, OUT],
    ),
    "renamed altogether": ("Contacto;Situación\na@example.org;Suscrito\nb@example.org;Dado de baja\n", [IN, LEFT]),
    "in French": (
        "Courriel;Statut;Lien de désabonnement\na@example.org;Abonné;https://x.example.org/1\nb@example.org;Désabonnée;\n",
        [IN, LEFT],
    ),
    "an agreement refused": ("Courriel;Opt-in\na@example.org;oui\nb@example.org;non\n", [IN, LEFT]),
}


@pytest.mark.parametrize(("content", "said"), EXPORTS.values(), ids=EXPORTS)
def test_whom_another_tool_says_left_or_put_out_is_known(content, said):
    assert [kept for _, kept in _rows(content)] == said


def _import(content: str, **values):
    return api.import_subscribers(
        stream=io.BytesIO(content.encode()), basis=LegalBasis.CONSENT, source="Ancien outil", now=clock.now(), **values
    )


CONTENT = (
    "Email Address,Status\nreste@example.org,Subscribed\npartie@example.org,Unsubscribed\necartee@example.org,Cleaned\n"
)


def _reasons() -> dict[str, str]:
    names = ("reste", "partie", "ecartee")
    found = standing(hashes=[address_hash(f"{name}@example.org") for name in names])
    return {name: found[digest] for name in names if (digest := address_hash(f"{name}@example.org")) in found}


@pytest.mark.django_db
def test_they_get_no_letter_under_two_reasons_of_their_own():
    before = Suppression.objects.count()
    trial = _import(CONTENT, dry_run=True)
    assert Suppression.objects.count() == before
    report = _import(CONTENT)
    assert report == trial
    assert (report.rows, report.added, report.skipped, report.kept_out) == (3, 1, 2, 2)
    assert _reasons() == {"partie": "left_tool", "ecartee": "cleaned_tool"}
    assert list(Subscriber.objects.values_list("address", flat=True)) == ["reste@example.org"]
    labels = {row.get_reason_display() for row in Suppression.objects.all()}
    assert labels == {"partie d’un autre outil", "écartée par un autre outil"}
    assert _import(CONTENT).kept_out == 2
    assert Suppression.objects.count() == 2


@pytest.mark.django_db
def test_a_subscriber_brought_from_a_file_who_left_elsewhere_gets_no_letter_either():
    _import("email\npartie@example.org\n")
    _import(CONTENT)
    assert _reasons()["partie"] == "left_tool"


@pytest.mark.django_db
def test_whoever_confirmed_here_herself_stands_as_she_chose():
    person = subscriptions.subscribe(address="partie@example.org", consent_text="Oui.", now=clock.now(), confirmed=True)
    _import(CONTENT)
    assert "partie" not in _reasons()
    assert readers(words={}, today=clock.today()).filter(pk=person.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["partie", "ecartee"])
def test_mail_of_service_passes_and_her_own_confirmation_lifts_it(name, mailoutbox):
    _import(CONTENT)
    address = f"{name}@example.org"
    assert not is_closed(address_hash=address_hash(address))
    requests.request_subscription(address=address, topics=[], consent_text="Oui.", now=clock.now())
    assert [mail.to for mail in mailoutbox] == [[address]]
    person = Subscriber.objects.get(address=address)
    subscriptions.activate(subscriber=person, method="confirmation", now=clock.now())
    assert name not in _reasons()


@pytest.mark.django_db
def test_a_person_given_twice_in_a_file_is_kept_out_whichever_line_says_so():
    make_subscriber(address="autre@example.org")
    both = "Email Address,Status\npartie@example.org,Subscribed\npartie@example.org,Unsubscribed\n"
    report = _import(both)
    assert (report.added, report.skipped, report.repeated) == (0, 1, 1)
    assert _reasons() == {"partie": "left_tool"}
