"""Giving by a form: from the first step to the inbox, as people and as robots do it."""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from commun.accounts.api import create_member
from commun.common import clock
from commun.contributions.models import Contribution, File, FormDraft
from commun.contributions.services.giving import forget_drafts
from commun.contributions.types import Kind, Trust
from commun.mailing.models import ServiceMail
from commun.territories.api import Membership
from tests.agenda.factories import EventFactory
from tests.contributions.factories import examine_all
from tests.library.factories import OrganisationFactory, TerritoryFactory, ThemeFactory
from tests.subscribers.pages import read, stamp, submit
from tests.territories.factories import make_mandate

pytestmark = pytest.mark.django_db

YOU = {
    "nom": "Camille Exemple",
    "adresse": "Camille@Example.org",
    "structure": "Mairie d’Exemple",
    "remerciement": "on",
}
QUESTION = {"titre": "Une question", "texte": "Peut-on reprendre vos fiches ?"}
EVENT = {"titre": "Marche exploratoire", "texte": "On marche et on note."}


def photo() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(out, "JPEG")
    return SimpleUploadedFile("place.jpg", out.getvalue(), "image/jpeg")


def begin(client, slug: str, **data: str) -> str:
    """Fill the first step; address of the form without its step."""
    answer = submit(client, f"/contribuer/{slug}/", **data)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer["Location"].rsplit("/", 2)[0] + "/"


def fill_question(client) -> str:
    form = begin(client, "question", **QUESTION)
    assert submit(client, f"{form}vous/", **YOU)["Location"] == f"{form}relire/"
    return form


def send(client, form: str):
    return client.post(f"{form}envoyer/", {"horodatage": stamp(client, f"{form}relire/"), "site_internet": ""})


def link_in_mail(*, containing: str) -> str:
    mail = ServiceMail.objects.filter(address="camille@example.org").order_by("pk").last()
    text = bytes(mail.raw).decode().replace("=\r\n", "").replace("=3D", "=")
    return re.search(rf"http[^\s]*(/{containing}/[^\s]+)", text)[1]


def test_a_question_reaches_the_inbox_when_its_address_is_confirmed_by_a_button(client):
    form = fill_question(client)
    assert "camille@example.org" in send(client, form).content.decode()
    assert not Contribution.objects.exists()

    link = link_in_mail(containing="contribuer/confirmer")
    client.get(link)
    assert not Contribution.objects.exists()  # a scanner opened it
    answer = submit(client, link)

    given = Contribution.objects.get()
    assert (given.kind, given.title, given.text) == (Kind.QUESTION, QUESTION["titre"], QUESTION["texte"])
    assert (given.name, given.address, given.thanks) == ("Camille Exemple", "camille@example.org", True)
    assert given.trust == Trust.PROVEN
    assert given.organisation_name == "Mairie d’Exemple"
    assert given.acknowledged_at is not None
    assert "Suivre mon envoi" in answer.content.decode()
    assert FormDraft.objects.get().data == {}  # what was typed lives in one place


def test_the_button_pressed_twice_is_one_contribution_and_one_acknowledgement(client):
    form = fill_question(client)
    send(client, form)
    link = link_in_mail(containing="contribuer/confirmer")
    data = {"horodatage": stamp(client, link), "site_internet": ""}
    assert client.post(link, data).status_code == client.post(link, data).status_code == 200
    assert Contribution.objects.count() == 1
    assert ServiceMail.objects.count() == 2  # the confirmation, the acknowledgement


def test_a_form_sent_twice_is_one_message(client):
    form = fill_question(client)
    data = {"horodatage": stamp(client, f"{form}relire/"), "site_internet": ""}
    assert client.post(f"{form}envoyer/", data).status_code == 200
    assert client.post(f"{form}envoyer/", data).status_code == 410
    assert ServiceMail.objects.count() == 1


def test_an_event_keeps_its_days_hours_place_files_and_licence(client):
    theme, place = ThemeFactory(title="Aller vers"), TerritoryFactory(name="Exemple-sur-Loire")
    form = begin(client, "evenement", **EVENT)
    when = {"debut": "2026-12-05", "heure_debut": "14:30", "heure_fin": "17:00", "lieu": "Halle du marché"}
    assert submit(client, f"{form}quand/", **when)["Location"] == f"{form}ou/"
    where = {"territoire": place.key, "territoire_texte": place.name, "thematique": theme.slug}
    assert submit(client, f"{form}ou/", **where)["Location"] == f"{form}fichiers/"
    added = submit(client, f"{form}fichiers/", ajouter="1", fichiers=[photo()], licence="cc-by-sa")
    kept = File.objects.get()
    assert (kept.name, kept.state) == ("place.jpg", "waiting")
    assert f"description_{kept.pk}" in added.content.decode()
    assert "En cours d’examen" in added.content.decode()
    rights = {"licence": "cc-by-sa", "droits": "on", f"description_{kept.pk}": "Des passants sous la halle"}
    assert submit(client, f"{form}fichiers/", **rights)["Location"] == f"{form}vous/"
    submit(client, f"{form}vous/", **YOU)

    page = client.get(f"{form}relire/")
    shown = page.content.decode()
    read(page).assert_accessible()
    for said in (
        "Samedi 5\u00a0décembre 2026, de 14\u00a0h\u00a030 à 17\u00a0h",
        "Halle du marché",
        "Aller vers",
        "place.jpg",
        "CC BY-SA 4.0",
    ):
        assert said in shown

    send(client, form)
    submit(client, link_in_mail(containing="contribuer/confirmer"))
    given = Contribution.objects.get()
    assert (given.territory, given.theme, given.licence) == (place, theme, "cc-by-sa")
    assert given.fields["start"].startswith("2026-12-05T")
    assert examine_all() == 1
    file = given.files.get()
    assert (file.alt_text, file.is_image, file.is_kept) == ("Des passants sous la halle", True, True)
    assert (file.width, file.height) == (300, 200)
    assert file.file.storage.exists(file.file.name)
    assert file.draft is None


def test_what_cannot_be_kept_is_said_and_the_rest_is_kept(client):
    form = begin(client, "ressource", nature="guide", titre="Un guide", en_bref="Court.", texte="")
    submit(client, f"{form}ou/")
    files = [photo(), SimpleUploadedFile("outil.pdf", b"MZ" + b"\0" * 50)]
    answer = submit(client, f"{form}fichiers/", fichiers=files, licence="cc-by", droits="on")
    assert answer.status_code == 422
    assert "il contient un programme ou des macros" in answer.content.decode()
    assert [file.name for file in File.objects.all()] == ["place.jpg"]

    kept = File.objects.get()
    submit(client, f"{form}fichiers/", retirer=str(kept.pk), licence="cc-by", droits="on")
    assert not File.objects.exists()


def test_nobody_takes_a_file_out_of_somebody_elses_form(client):
    mine = begin(client, "ressource", nature="guide", titre="Un guide", en_bref="Court.")
    theirs = begin(client, "ressource", nature="kit", titre="Un kit", en_bref="Court.")
    submit(client, f"{theirs}fichiers/", ajouter="1", fichiers=[photo()])
    submit(client, f"{mine}fichiers/", ajouter="1", retirer=str(File.objects.get().pk))
    assert File.objects.count() == 1


@pytest.mark.parametrize("slug", ["ressource", "evenement", "actualite", "besoin", "thematique", "question"])
def test_each_first_step_is_accessible_empty_and_refused(client, slug):
    path = f"/contribuer/{slug}/"
    page = client.get(path)
    read(page).assert_accessible()
    assert not page.cookies
    refused = submit(client, path)
    assert refused.status_code == 422
    read(refused).assert_accessible()
    assert not FormDraft.objects.exists()


def test_every_step_of_every_form_is_accessible(client):
    ThemeFactory(title="Aller vers", slug="aller-vers")
    firsts = {
        "ressource": {"nature": "kit", "titre": "Un kit", "en_bref": "Court."},
        "evenement": EVENT,
        "actualite": {"nature": "annonce", "titre": "Une annonce", "texte": "Courte."},
        "besoin": {"thematique": "aller-vers", "titre": "Un besoin", "texte": "Voici.", "etape": "idea"},
        "thematique": {"titre": "Le rural", "texte": "Il compte."},
        "question": QUESTION,
    }
    from commun.contributions.steps import SLUGS, STEPS

    # What one agrees to is said beside the box.
    assert "Jamais votre nom" in client.get("/contribuer/besoin/").content.decode()
    for slug, data in firsts.items():
        form = begin(client, slug, **data)
        for step in STEPS[SLUGS[slug]][:-1]:
            read(client.get(f"{form}{step}/")).assert_accessible()
            read(
                submit(client, f"{form}{step}/", debut="hier", titre="")
            ).assert_accessible() if step == "quand" else None


def test_an_hour_before_the_beginning_is_said_beside_its_field(client):
    form = begin(client, "evenement", **EVENT)
    answer = submit(client, f"{form}quand/", debut="2026-12-05", heure_debut="17:00", heure_fin="14:00")
    assert answer.status_code == 422
    assert "L’heure de fin est avant celle de début." in answer.content.decode()


def test_a_form_is_resumed_where_it_was_left_and_its_link_comes_by_mail(client):
    form = begin(client, "evenement", **EVENT)
    assert client.get(form)["Location"] == f"{form}quand/"
    answers = client.post(
        f"{form}plus-tard/",
        {"lien-horodatage": stamp(client, "/contribuer/question/"), "lien-adresse_lien": "camille@example.org"},
    )
    assert answers.status_code == 422  # the stamp of another form
    question = fill_question(client)
    shown = client.get(f"{question}relire/").content.decode()
    mark = re.search(r'name="lien-horodatage"\s+value="([^"]+)"', shown)[1]
    sent = client.post(f"{question}plus-tard/", {"lien-horodatage": mark, "lien-adresse_lien": "camille@example.org"})
    assert sent.status_code == 200
    resumed = client.get(link_in_mail(containing="contribuer/suite"))["Location"]
    assert resumed.endswith("/relire/")
    assert resumed.split(":")[0] == question.split(":")[0]  # the same form; its link is signed anew


def test_a_wrong_address_is_corrected_after_sending(client):
    form = begin(client, "question", **QUESTION)
    submit(client, f"{form}vous/", **{**YOU, "adresse": "camile@example.org"})
    send(client, form)
    assert client.get(form).status_code == 410
    assert client.post(f"{form}corriger/")["Location"] == f"{form}vous/"
    submit(client, f"{form}vous/", **YOU)
    send(client, form)
    submit(client, link_in_mail(containing="contribuer/confirmer"))
    assert Contribution.objects.get().address == "camille@example.org"


def test_a_step_missed_is_asked_before_sending(client):
    form = begin(client, "evenement", **EVENT)
    assert client.get(f"{form}relire/")["Location"] == f"{form}quand/"


def test_whoever_is_signed_in_is_not_asked_for_an_address_and_needs_no_confirmation(client):
    user = create_member(email="dominique@example.org", first_name="Dominique", last_name="Exemple")
    client.force_login(user)
    form = begin(client, "question", **QUESTION)
    asked = client.get(f"{form}vous/").content.decode()
    assert 'name="adresse"' not in asked
    assert "Dominique Exemple" in asked
    submit(client, f"{form}vous/", nom="Dominique Exemple", structure="")
    assert "Merci" in send(client, form).content.decode()
    given = Contribution.objects.get()
    assert (given.user, given.address, given.trust) == (user, "dominique@example.org", Trust.PROVEN)


def test_robots_and_other_sites_are_refused_and_nothing_typed_is_lost(client):
    path = "/contribuer/question/"
    robot = client.post(path, {"horodatage": stamp(client, path), "site_internet": "http://spam", **QUESTION})
    assert robot.status_code == 422
    assert QUESTION["texte"] in robot.content.decode()
    assert client.post(path, QUESTION, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert not FormDraft.objects.exists()


@pytest.mark.parametrize("token", ["x", "abc:def:ghi", "é" * 50])
def test_a_forged_link_opens_nothing(client, token):
    assert client.get(f"/contribuer/suite/{token}/").status_code == 410
    assert client.get(f"/contribuer/suite/{token}/vous/").status_code == 410
    assert client.post(f"/contribuer/suite/{token}/envoyer/").status_code == 410
    assert client.get(f"/contribuer/confirmer/{token}/").status_code == 410


def test_the_link_of_a_form_confirms_nothing(client):
    form = fill_question(client)
    send(client, form)
    token = form.rstrip("/").rpartition("/")[2]
    assert client.get(f"/contribuer/confirmer/{token}/").status_code == 410


def test_a_form_left_for_a_month_is_forgotten_with_its_files(client, django_capture_on_commit_callbacks):
    form = begin(client, "ressource", nature="guide", titre="Un guide", en_bref="Court.")
    submit(client, f"{form}fichiers/", ajouter="1", fichiers=[photo()])
    kept = File.objects.get().file
    assert forget_drafts(now=clock.now() + timedelta(days=29)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_drafts(now=clock.now() + timedelta(days=31)) == 1
    assert not kept.storage.exists(kept.name)
    assert not FormDraft.objects.exists()


def test_the_call_of_the_moment_leads_to_forms_with_its_theme_chosen(client):
    today = clock.today()
    later = today.replace(day=1) + timedelta(days=62)
    theme = ThemeFactory(
        title="Aller vers", slug="aller-vers", planned_month=later, call_until=today + timedelta(days=20)
    )
    ThemeFactory(title="Passée", planned_month=later, call_until=today - timedelta(days=1))
    shown = client.get("/contribuer/")
    read(shown).assert_accessible()
    assert "/contribuer/ressource/?thematique=aller-vers" in shown.content.decode()
    assert "Passée" not in shown.content.decode()
    assert 'value="aller-vers" selected' in client.get("/contribuer/besoin/?thematique=aller-vers").content.decode()

    path = "/contribuer/ressource/?thematique=aller-vers"
    first = submit(client, path, nature="guide", titre="Un guide", en_bref="Court.")
    form = first["Location"].rsplit("/", 2)[0] + "/"
    assert f'value="{theme.slug}" selected' in client.get(f"{form}ou/").content.decode()


def test_a_member_gives_in_the_name_of_her_collectivite_and_of_no_other(client):
    mine, other = OrganisationFactory(name="Mairie d’Exemple"), OrganisationFactory(name="Mairie d’Ailleurs")
    user = create_member(email="dominique@example.org", first_name="Dominique", last_name="Exemple")
    make_mandate(user=user, organisation=mine, now=clock.now())
    client.force_login(user)
    form = begin(client, "question", **QUESTION)
    asked = client.get(f"{form}vous/")
    read(asked).assert_accessible()
    assert "Mairie d’Exemple" in asked.content.decode()
    assert submit(client, f"{form}vous/", nom="Dominique", au_nom=str(other.pk)).status_code == 422
    submit(client, f"{form}vous/", nom="Dominique", au_nom=str(mine.pk))
    send(client, form)
    given = Contribution.objects.get()
    assert (given.organisation, given.in_its_name) == (mine, True)
    assert QUESTION["titre"] in client.get("/mon-espace/").content.decode()


def test_a_mandate_lost_before_sending_speaks_for_nobody(client):
    mine = OrganisationFactory(name="Mairie d’Exemple")
    user = create_member(email="dominique@example.org", first_name="Dominique", last_name="Exemple")
    membership = make_mandate(user=user, organisation=mine, now=clock.now())
    client.force_login(user)
    form = begin(client, "question", **QUESTION)
    submit(client, f"{form}vous/", nom="Dominique", au_nom=str(mine.pk))
    Membership.objects.filter(pk=membership.pk).update(expires_at=clock.now() - timedelta(days=1))
    send(client, form)
    given = Contribution.objects.get()
    assert (given.organisation, given.in_its_name) == (None, False)


def test_an_event_already_announced_on_the_same_days_is_shown_while_one_types(client):
    begins = datetime(2026, 12, 5, 17, tzinfo=ZoneInfo("Europe/Paris"))
    for title, at in (
        ("Marche exploratoire au Bourg", begins),
        ("Marche exploratoire de mai", begins + timedelta(days=120)),
        ("Conseil municipal", begins),
    ):
        EventFactory(title=title, start=at, end=at + timedelta(hours=2))
    form = begin(client, "evenement", **EVENT)
    assert "déjà annoncé" not in client.get(f"{form}quand/").content.decode()
    submit(client, f"{form}quand/", debut="2026-12-05", heure_debut="17:30")
    shown = client.get(f"{form}ou/").content.decode()
    assert "Marche exploratoire au Bourg" in shown
    assert "Marche exploratoire de mai" not in shown
    assert "Conseil municipal" not in shown
