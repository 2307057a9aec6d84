"""What the demonstration's people gave; and two plain messages piped in, understood, accepted, answered both ways."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.test import Client

from commun.agenda.api import EventPage
from commun.agenda.api import ensure_sections as ensure_agenda
from commun.common import clock
from commun.contributions.models import Contribution
from commun.demo.content.contributions import MAIL
from commun.demo.services.contributions import load_contributions
from commun.demo.services.people import editor
from commun.inbound.models import RawMessage
from commun.inbound.services import processing
from commun.library.api import ExperiencePage, ensure_sections
from commun.mailing.models import ServiceMail
from commun.territories.api import import_register
from commun.territories.register_file import Place
from tests.cms.factories import home
from tests.contributions.factories import examine_all
from tests.contributions.test_by_mail import link_of, mails
from tests.inbound import corpus
from tests.territories.conftest import write

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
BASE = "/gestion/contributions/"


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.INBOUND_DOMAIN = "example.org"
    settings.STAFF_MFA_REQUIRED = False
    settings.EMAIL_BACKEND = "commun.mailing.backends.ServiceMailBackend"
    ensure_sections(home=home())
    ensure_agenda(home=home())


@pytest.fixture
def _places(tmp_path):
    places = (
        Place(kind="region", code="53", name="Bretagne"),
        Place(kind="region", code="84", name="Auvergne-Rhône-Alpes"),
        Place(kind="departement", code="29", name="Finistère", region="53"),
        Place(kind="departement", code="38", name="Isère", region="84"),
        Place(kind="commune", code="29195", name="Plouguerneau", departement="29", region="53", postcodes=("29880",)),
        Place(kind="commune", code="38185", name="Grenoble", departement="38", region="84", postcodes=("38000",)),
    )
    import_register(path=write(tmp_path / "places.jsonl", *places), now=clock.now())


def handle_mail() -> None:
    for pk in RawMessage.objects.filter(state="received").values_list("pk", flat=True):
        processing.process(raw_id=pk, now=clock.now())


def pipe(raw: bytes, monkeypatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(raw)))
    call_command("inbound", stdout=io.StringIO())
    handle_mail()


def test_there_is_one_at_each_point_of_its_way_and_it_is_loaded_once():
    for _ in range(2):
        load_contributions(now=clock.now())
        handle_mail()

    assert Contribution.objects.count() == 9
    states = set(Contribution.objects.values_list("state", flat=True))
    assert states == {"received", "in_review", "waiting", "accepted", "declined", "spam"}
    assert all(one.address.endswith("@example.org") for one in Contribution.objects.exclude(address=""))
    assert not ServiceMail.objects.exclude(address__endswith="@example.org").exists()


def accept_as_suggested(client: Client, row: Contribution) -> str:
    """What the browser posts when nothing is changed: the form as it is shown."""
    shown = client.get(f"{BASE}{row.pk}/")
    assert shown.status_code == 200
    form = shown.context["draft_form"]
    values = {name: form[name].value() for name in form.fields}
    values |= {name: field.initial for name, field in shown.context["alternatives"].fields.items()}
    posted = {name: value for name, value in values.items() if value not in {None, "", False}}
    done = client.post(f"{BASE}{row.pk}/brouillon/", {**posted, "act": "accept", "vouches": "on"}, follow=True)
    return done.content.decode()


@pytest.mark.usefixtures("_places")
def test_two_plain_messages_become_two_correct_drafts_and_the_conversation_goes_both_ways(monkeypatch):
    pipe((MAIL / "une-experience.eml").read_bytes(), monkeypatch)
    pipe((MAIL / "un-evenement.eml").read_bytes(), monkeypatch)
    examine_all()
    client = Client()
    client.force_login(editor())

    inbox = client.get(BASE).content.decode()
    assert "Notre lavoir restauré avec les habitants" in inbox
    assert "Forum des communs de quartier" in inbox
    assert "Plouguerneau (Finistère" in inbox
    assert "Grenoble (Isère" in inbox
    assert "23 mars 2027" in inbox
    assert "1 fichier" in inbox

    experience, event = Contribution.objects.order_by("pk")
    assert "Le brouillon est prêt" in accept_as_suggested(client, experience)
    assert "Le brouillon est prêt" in accept_as_suggested(client, event)
    page = ExperiencePage.objects.get()
    assert page.source_url == "https://plouguerneau.example.org/lavoir-de-kerider"
    assert [place.name for place in page.territories.all()] == ["Plouguerneau"]
    assert page.cover_image is not None
    assert "six samedis de" in page.summary
    [text] = [one.value.source for one in page.body]
    assert text.startswith('<p>Tout est raconté ici : <a href="https://plouguerneau.example.org/lavoir-de-kerider">')
    assert text.count("<p>") == 1, "neither greeting, nor words on the photograph, nor the summary again"
    assert not page.live
    draft = EventPage.objects.get()
    assert draft.start.astimezone(PARIS).isoformat() == "2027-03-23T15:00:00+01:00"
    assert draft.end.astimezone(PARIS).isoformat() == "2027-03-23T17:00:00+01:00"
    assert draft.territory.name == "Grenoble"
    assert draft.registration_url == "https://grenoble.example.org/forum-des-communs/inscription"
    assert not draft.live

    [acknowledged, *_] = mails()
    assert acknowledged["To"] == "solene.legoff@example.org"
    assert client.get(link_of(acknowledged)).status_code == 200
    answer = corpus.text("Le règlement est joint.", From="solene.legoff@example.org", Message_ID="<z@example.org>")
    pipe(
        answer.replace(b"To: editorialisation@contributions.example.org", b"To: " + acknowledged["Reply-To"].encode()),
        monkeypatch,
    )
    assert "Le règlement est joint." in client.get(f"{BASE}{experience.pk}/").content.decode()
