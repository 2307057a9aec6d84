"""Whichever way a name comes in, what nobody sees in it stays outside."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from commun.accounts.api import create_member
from commun.accounts.models import User
from commun.common.fields import NameField
from commun.contributions.models import Contribution, File
from commun.contributions.services import contributor
from tests.contributions.conftest import DOMAIN, deliver
from tests.contributions.factories import given
from tests.contributions.test_examining import at_files
from tests.contributions.test_giving import YOU, begin, link_in_mail, send
from tests.inbound import corpus
from tests.library.factories import ArticleFactory, OrganisationFactory
from tests.subscribers.pages import submit

pytestmark = pytest.mark.django_db

HIDING = "Ca\u202emi\u200blle\u2066"
# What people write as the name of something or of somebody. Not here: what the team names for itself, and registers.
NAMES = {
    "accounts.User": {"first_name", "last_name"},
    "contributions.Contribution": {"title", "name", "organisation_name"},
    "contributions.Message": {"sender_name"},
    "contributions.File": {"name"},
    "cooperation.Need": {"title", "name", "organisation_name"},
    "cooperation.ThemeProposal": {"title", "name", "organisation_name"},
    "cooperation.SharedProject": {"title"},
    "cooperation.ProjectEntry": {"title", "file_name"},
    "cooperation.ProjectMeeting": {"title"},
    "peers.Introduction": {"about"},
    "territories.Organisation": {"name"},
    "territories.Membership": {"role"},
    "territories.MandateDocument": {"name"},
    "agenda.EventPage": {"organiser_name"},
}


@pytest.mark.parametrize(("label", "names"), NAMES.items(), ids=NAMES)
def test_names_that_people_write_are_kept_by_the_field_that_cleans_them(label, names):
    model = apps.get_model(label)
    assert {name for name in names if isinstance(model._meta.get_field(name), NameField)} == names


def test_a_name_is_clean_whether_it_is_created_saved_updated_or_looked_for():
    person = create_member(email="camille@example.org", first_name=HIDING, last_name="Aubrac\n")
    assert (person.first_name, person.get_full_name()) == ("Camille", "Camille Aubrac")
    User.objects.filter(pk=person.pk).update(last_name=f"Au{HIDING}")
    assert User.objects.get(last_name=f"Au{HIDING}").last_name == "AuCamille"
    [one] = User.objects.bulk_create([User(email="autre@example.org", first_name=HIDING)])
    assert User.objects.get(pk=one.pk).first_name == "Camille"


def test_by_a_form(client):
    form = begin(client, "question", titre=f"Question de {HIDING}", texte="Un\u202e texte")
    submit(client, f"{form}vous/", **{**YOU, "nom": HIDING, "structure": f"Mairie {HIDING}"})
    assert "\u202e" not in client.get(f"{form}relire/").content.decode()
    send(client, form)
    submit(client, link_in_mail(containing="contribuer/confirmer"))
    row = Contribution.objects.get()
    assert (row.title, row.text, row.name) == ("Question de Camille", "Un texte", "Camille")
    assert row.organisation_name == "Mairie Camille"

    contributor.correct(contribution_id=row.pk, values={"name": f"{HIDING} A"}, now=row.received_at)
    assert Contribution.objects.get().name == "Camille A"


def test_by_the_name_of_a_file(client):
    form = at_files(client)
    submit(client, f"{form}fichiers/", ajouter="1", fichiers=[SimpleUploadedFile("rapport\u202etxt.pdf", b"%PDF-1.4")])
    assert File.objects.get().name == "rapporttxt.pdf"
    refused = submit(client, f"{form}fichiers/", ajouter="1", fichiers=[SimpleUploadedFile("o\u202et.exe", b"MZ")])
    assert "ot.exe" in refused.content.decode()


def test_by_mail():
    part = corpus.part(b"nom;ville\n", kind="text/csv", name="tableau.csv").replace(
        b"tableau", "ta\u202ebleau".encode()
    )
    raw = corpus.mixed(b"Content-Type: text/plain; charset=utf-8\r\n\r\nVoici\xe2\x80\xae.", part)
    raw = raw.replace(
        b"From: ", b"From: =?utf-8?q?Ca=E2=80=AEmi=E2=80=8Blle?= <camille@bourg.example.org>\r\nX-Old: ", 1
    )
    deliver(raw, to=f"editorialisation@{DOMAIN}")
    row = Contribution.objects.get()
    assert (row.name, row.text, row.messages.get().sender_name) == ("Camille", "Voici.", "Camille")
    assert row.files.get().name == "tableau.csv"


def test_by_an_editor_and_by_the_register_of_bodies():
    page = ArticleFactory()
    page.title = f"L’art de {HIDING}"
    page.full_clean()
    assert page.title == "L’art de Camille"
    assert OrganisationFactory(name=f"Les amis de {HIDING}").name == "Les amis de Camille"
    assert given(name=HIDING).name == "Camille"
