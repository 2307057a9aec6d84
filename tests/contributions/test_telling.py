"""What a draft keeps of a message: what readers want to know, once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.contributions.telling import SHORT, tell

LAVOIR = "À Plouguerneau, une trentaine d’habitants a restauré le lavoir avec les agents : six samedis de chantier."


@pytest.mark.parametrize(
    "greeting",
    [
        "Bonjour à toute l’équipe,",
        "Bonjour",
        "Madame, Monsieur,",
        "Chers collègues,",
        "Chère Camille,",
        "Bonsoir à tous !",
    ],
)
def test_a_greeting_stays_between_her_and_the_team(greeting):
    assert tell(f"{greeting}\n\n{LAVOIR}\n\nEt la suite.").summary == LAVOIR
    assert tell(f"{greeting}\n{LAVOIR}\n\nEt la suite.").body == "Et la suite."


def test_a_greeting_in_the_first_sentence_is_taken_off_it():
    assert tell("Bonjour à tous, nous avons restauré notre lavoir. Il est beau.").summary == (
        "Nous avons restauré notre lavoir. Il est beau."
    )
    assert tell("Bonjour la nature est une exposition.").summary.startswith("Bonjour la nature")


def test_what_is_said_of_attached_files_goes_with_them_and_stays_without():
    said = "Je vous joins une photo du chantier. Vous pouvez la publier. La mairie est d’accord."
    text = f"{LAVOIR}\n\n{said}\n\nEn pièce jointe, notre règlement."
    assert tell(text, with_files=True).body == "La mairie est d’accord."
    assert "Je vous joins une photo" in tell(text).body


@pytest.mark.parametrize("farewell", ["Bien cordialement,", "À bientôt", "Merci d’avance !", "Bonne journée."])
def test_a_farewell_is_not_a_part_of_the_text(farewell):
    assert tell(f"{LAVOIR}\n\nLa suite.\n\n{farewell}").body == "La suite."
    signed = f"{farewell}\n\nCamille Aubrac\nMairie d’Arbrissel\n02 99 00 00 00"
    assert tell(f"Court.\n\n{signed}").summary == "Court.", "nor who signs it, whom nobody named"
    assert tell(f"{LAVOIR}\n\n{farewell}\n\n{LAVOIR * 3}").body, "it goes on after it: it was none"


def test_the_text_goes_on_where_the_summary_stops():
    more = "Ce qui n’a pas marché : " + "nous avions oublié d’associer les riverains au choix des dates ; " * 5
    found = tell(f"{LAVOIR} {more}\n\nTout est raconté sur notre site.")
    assert found.summary == LAVOIR
    assert found.body.startswith("Ce qui n’a pas marché")
    assert found.body.endswith("Tout est raconté sur notre site.")


def test_a_summary_of_her_own_leaves_the_text_whole_and_the_one_of_the_screen_does_not():
    assert tell(LAVOIR, summary="Un lavoir restauré.").body == LAVOIR
    assert tell(LAVOIR, summary=LAVOIR).body == ""
    assert tell(LAVOIR, summary=tell(LAVOIR).summary).body == ""


def test_a_sentence_without_end_is_cut_in_the_summary_and_whole_in_the_text():
    endless = "mot " * 200
    found = tell(endless)
    assert found.summary.endswith("mot…")
    assert len(found.summary) <= SHORT
    assert found.body == endless.strip()


@given(st.lists(st.text(alphabet="abcé ,.!?\n-", max_size=80), max_size=8).map("\n\n".join))
def test_no_word_is_lost_or_said_twice(text):
    """Of a text that neither greets nor takes leave."""
    found = tell(text)
    assert len(found.summary) <= SHORT
    said = found.body.split() if found.summary.endswith("…") else [*found.summary.split(), *found.body.split()]
    assert sorted(said) == sorted(text.split())


@given(st.text())
def test_whatever_the_text_the_screen_shows_the_summary_that_the_draft_gets(text):
    found = tell(text)
    assert tell(text, summary=found.summary) == found
