"""What was begun comes back as an experience: question by question, then one text like any other."""

from __future__ import annotations

from html import unescape

import pytest

from commun.common import clock
from commun.contributions.forms.page import CorrectForm
from commun.contributions.models import Contribution, FormDraft
from commun.contributions.services import deciding
from commun.contributions.story import story_text
from commun.cooperation.api import StartState, begin_start, tell_start
from commun.cooperation.links import start_token
from commun.cooperation.models import Start
from tests.contributions.factories import moderator
from tests.library.factories import ExperienceFactory
from tests.peers.factories import town
from tests.subscribers.pages import read, stamp, submit

pytestmark = pytest.mark.django_db

ANSWERS = {
    "titre": "Notre rue à nous",
    "en_bref": "Trois samedis, vingt voisins, une rue.",
    "fait": "Nous avons repris la charte.\n\nPuis nous avons fermé la rue.",
    "moyens": "Deux agents, trois samedis.",
    "chiffres": "60 enfants viennent à pied, ils étaient 40.",
    "sources": "Comptage de l’école, mai 2026",
    "echecs": "La pluie.",
    "conseils": "",
}


@pytest.fixture
def start():
    page = ExperienceFactory(title="À Grenoble, les voisins refont la rue")
    organisation, ada = town("Arboys", population=300)
    return begin_start(page=page, organisation=organisation, user=ada, now=clock.now())


def path_of(start) -> str:
    return f"/contribuer/ressource/?demarche={start_token(reference=start.reference, user_id=start.user_id)}"


def flat(text: str) -> str:
    return unescape(text).replace("\u00a0", " ").replace("\u202f", " ")


def told(client, start, **changes: str) -> str:
    """The first step filled; address of the form without its step."""
    answer = submit(client, path_of(start), **{**ANSWERS, **changes})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer["Location"].rsplit("/", 2)[0] + "/"


def test_each_question_has_its_field_and_its_help_and_documents_are_promised_where_they_are_asked(client, start):
    answer = client.get(path_of(start))
    read(answer).assert_accessible()
    assert {"fait", "moyens", "chiffres", "sources", "echecs", "conseils"} <= set(answer.context["form"].fields)
    assert "texte" not in answer.context["form"].fields
    said = flat(answer.content.decode())
    assert "Raconter votre expérience" in said
    assert "D’où viennent ces chiffres" in said
    assert "à l’étape « Les fichiers et leur licence »" in said
    form = told(client, start)
    assert "Les fichiers et leur licence" in client.get(f"{form}fichiers/").content.decode()
    assert "D’où viennent ces chiffres" not in client.get("/contribuer/ressource/").content.decode()


def test_answers_make_one_text_under_their_headings_and_the_rest_goes_on_as_ever(client, start):
    form = told(client, start)
    submit(client, f"{form}ou/")
    submit(client, f"{form}fichiers/", licence="licence-ouverte-2.0", droits="on")
    client.force_login(start.user)
    submit(client, f"{form}vous/", nom="Ada", au_nom=str(start.organisation_id))
    shown = flat(client.get(f"{form}relire/").content.decode())
    assert "Comptage de l’école, mai 2026" in shown
    assert "Expérience" in shown
    submit_review(client, form)
    row = Contribution.objects.get()
    assert flat(row.text) == (
        "Ce que nous avons fait :\nNous avons repris la charte.\n\nPuis nous avons fermé la rue.\n\n"
        "Ce que cela a demandé :\nDeux agents, trois samedis.\n\n"
        "Ce que cela a changé :\n60 enfants viennent à pied, ils étaient 40.\n\n"
        "D’où viennent ces chiffres :\nComptage de l’école, mai 2026\n\n"
        "Ce qui n’a pas marché :\nLa pluie."
    )
    assert (row.fields["resource_kind"], row.fields["start_of"]) == ("experience", start.reference)
    deciding.accept(contribution_id=row.pk, by=moderator(), now=clock.now())
    row.refresh_from_db()
    came = row.page.specific
    assert "La pluie." in str(came.body)
    came.credit = "Ville d’Arboys"
    came.save_revision().publish()
    assert Start.objects.get().gave_id == came.pk


def submit_review(client, form: str):
    return client.post(f"{form}envoyer/", {"horodatage": stamp(client, f"{form}relire/"), "site_internet": ""})


def test_what_was_typed_stays_when_something_is_missing_and_figures_ask_for_their_source(client, start):
    refused = submit(client, path_of(start), **{**ANSWERS, "titre": "", "sources": ""})
    assert refused.status_code == 422
    read(refused).assert_accessible()
    said = refused.content.decode()
    assert "Dites d’où viennent ces chiffres" in said
    assert "Deux agents, trois samedis." in said
    assert "La pluie." in said
    assert not FormDraft.objects.exists()
    # In words, a change needs no source.
    told(client, start, chiffres="Les enfants viennent à pied.", sources="")


def test_who_comes_back_to_the_step_finds_her_answers_and_may_change_them(client, start):
    form = told(client, start)
    again = client.get(f"{form}quoi/")
    assert again.context["form"]["echecs"].value() == "La pluie."
    assert submit(client, f"{form}quoi/", **{**ANSWERS, "echecs": "Le vent."})["Location"] == f"{form}ou/"
    held = FormDraft.objects.get().data["quoi"]
    assert (held["echecs"], held["demarche"], held["nature"]) == ("Le vent.", start.reference, "experience")
    assert client.get(f"{form}quoi/").context["form"]["echecs"].value() == "Le vent."


def test_all_answers_at_their_longest_may_still_be_corrected_in_one_field(client, start):
    longest = dict.fromkeys(("fait", "moyens", "chiffres", "echecs", "conseils"), "a" * 3500)
    told(client, start, sources="b" * 500, **longest)
    text = story_text(FormDraft.objects.get().data["quoi"])
    assert len(text) <= CorrectForm(row=Contribution(kind="resource")).fields["texte"].max_length


def test_a_form_begun_before_the_questions_goes_on_with_its_one_text(client, start):
    form = told(client, start)
    draft = FormDraft.objects.get()
    draft.data = {"quoi": {"nature": "experience", "titre": "Rue", "en_bref": "Court.", "texte": "Tout en un.",
                           "lien": "", "demarche": start.reference, "thematique": ""}}  # fmt: skip
    draft.save()
    again = client.get(f"{form}quoi/")
    assert again.context["form"]["texte"].value() == "Tout en un."


def offered(client, start) -> bool:
    page = client.get(f"/demarche/{start_token(reference=start.reference, user_id=start.user_id)}/").content.decode()
    return "Raconter notre expérience" in page


@pytest.mark.parametrize("state", [StartState.WISH, StartState.LAUNCHED, StartState.RUNNING])
def test_a_year_after_it_is_offered_whatever_the_state(client, start, state):
    tell_start(start_id=start.pk, state=state, words="", by=None, now=clock.now())
    Start.objects.update(asked=2)
    assert not offered(client, start)
    Start.objects.update(asked=3)
    assert offered(client, start)


@pytest.mark.parametrize("state", [StartState.DONE, StartState.STOPPED])
def test_what_is_over_is_told_at_once(client, start, state):
    tell_start(start_id=start.pk, state=state, words="", by=None, now=clock.now())
    assert offered(client, start)


def test_a_forged_link_asks_the_ordinary_form(client, start):
    assert "texte" in client.get("/contribuer/ressource/?demarche=faux").context["form"].fields
    assert "texte" in client.get(path_of(start).replace("ressource", "evenement")).context["form"].fields
