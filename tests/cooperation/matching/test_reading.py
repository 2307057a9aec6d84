"""How French is read, and what makes the order: examples."""

from __future__ import annotations

from datetime import timedelta

import pytest

from commun.cooperation.matching import Code, Kind, NeedText, Obstacle, stratum_of, suggest_for
from commun.cooperation.matching.obstacles import named_in, said_in
from commun.cooperation.matching.words import fold, roots_in, spellings_in
from tests.cooperation.matching.making import NOW, candidate, index_of
from tests.cooperation.matching.measuring import measure

# A word that everything has says nothing: these do not have it.
OTHERS = [candidate(f"other{number}", f"mot{number}") for number in range(20)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Réunions", "REUNION"),
        ("bénévoles", "BENEVOLE"),
        ("décidée", "décider"),
        ("l’eau", "eaux"),
        ("locaux", "local"),
        ("œuvre", "OEUVRES"),
        ("E\u0301cole", "écoles"),
        ("composteurs", "composteur"),
    ],
)
def test_forms_of_a_word_are_one(one, other):
    assert list(roots_in(one)) == list(roots_in(other)) != []


@pytest.mark.parametrize("text", ["", "de la commune, avec les habitants", "2 000", "?!", "\ud800", "\x00", "  "])
def test_what_says_nothing_has_no_root(text):
    assert list(roots_in(text)) == []


def test_words_are_shown_as_they_were_written():
    assert set(spellings_in("Les BÉNÉVOLES du théâtre").values()) == {"bénévoles", "théâtre"}


def test_folding_keeps_other_alphabets():
    assert fold("Ελλάδα ÉTÉ") == "ελλαδα ete"


@pytest.mark.parametrize(
    ("text", "obstacle"),
    [
        ("Nous manquons\nde temps.", Obstacle.TIME),
        ("Nous n’avons pas assez de moyens", Obstacle.BUDGET),
        ("Une partie des élus reste plutôt réticente", Obstacle.ELECTED),
        ("Il faut convaincre le conseil municipal", Obstacle.ELECTED),
        ("Personne ne vient aux réunions", Obstacle.TURNOUT),
        ("LES HABITANTS NE SE DEPLACENT PAS", Obstacle.TURNOUT),
        ("Ce sont toujours les mêmes", Obstacle.TURNOUT),
        ("Une seule secrétaire de mairie", Obstacle.TEAM),
        ("Nous ne savons pas par où commencer", Obstacle.SKILLS),
        ("De fortes tensions entre voisins", Obstacle.CONFLICT),
        ("Il faut retrouver : les gens sont méfiants", Obstacle.TRUST),
        ("Le groupe s’essouffle", Obstacle.LASTING),
        ("Pas de terrain disponible", Obstacle.LAND),
        ("Quelle assurance prendre ?", Obstacle.RULES),
        ("La salle est trop loin du bourg", Obstacle.DISTANCE),
    ],
)
def test_an_obstacle_is_read_as_people_say_it(text, obstacle):
    assert obstacle in said_in(text)
    assert obstacle in named_in(text)


def test_a_name_says_an_obstacle_only_where_obstacles_are_spoken_of():
    assert said_in("Le budget participatif, en peu d’étapes") == frozenset()
    assert Obstacle.BUDGET in named_in("budget")
    assert said_in("Cela a plu à tout le monde") == frozenset()


@pytest.mark.parametrize(
    ("population", "label"),
    [
        (0, "moins de 500 habitants"),
        (499, "moins de 500 habitants"),
        (500, "500 à 1\u202f999 habitants"),
        (1_999, "500 à 1\u202f999 habitants"),
        (2_000, "2\u202f000 à 4\u202f999 habitants"),
        (9_999, "5\u202f000 à 9\u202f999 habitants"),
        (10_000, "10\u202f000 à 49\u202f999 habitants"),
        (50_000, "50\u202f000 habitants et plus"),
    ],
)
def test_strata_have_no_gap(population, label):
    stratum = stratum_of(population)
    assert stratum is not None
    assert stratum.label == label


def test_an_unknown_population_is_in_no_stratum():
    assert stratum_of(None) is None


def test_equal_candidates_come_in_the_order_of_their_keys():
    index = index_of([*OTHERS, *(candidate(key, "compost") for key in "cab")])
    assert [one.key for one in suggest_for(NeedText(title="compost"), index=index, now=NOW)] == ["a", "b", "c"]


def test_the_title_of_a_page_counts_more_than_its_body():
    index = index_of([*OTHERS, candidate("a", "autre", "compost"), candidate("b", "compost", "autre")])
    assert [one.key for one in suggest_for(NeedText(title="compost"), index=index, now=NOW)] == ["b", "a"]


def test_a_list_is_not_of_one_kind_only():
    many = [candidate(f"a{number}", "compost cantine", themes=frozenset({"eau"})) for number in range(9)]
    event = candidate("z", "visite", kind=Kind.EVENT, themes=frozenset({"eau"}))
    need = NeedText(theme="eau", title="compost", text="cantine")
    found = suggest_for(need, index=index_of([*many, event]), now=NOW, limit=9)
    assert "z" in [one.key for one in found]


def test_nothing_is_suggested_once_it_is_over():
    index = index_of(
        [
            *OTHERS,
            candidate("a", "compost", until=NOW),
            candidate("b", "compost", until=NOW + timedelta(minutes=1)),
        ]
    )
    assert [one.key for one in suggest_for(NeedText(title="compost"), index=index, now=NOW)] == ["b"]


def test_an_obstacle_alone_suggests_nothing():
    index = index_of([candidate("a", "autre", circumstances="Nous manquions de temps")])
    assert suggest_for(NeedText(title="compost", constraints="temps"), index=index, now=NOW) == []


def test_several_words_or_obstacles_are_told_in_one_sentence():
    one = candidate("a", "compost de cantine", difficulties="le temps et le budget")
    need = NeedText(title="Cantines", text="Des composts", constraints="temps, budget")
    [found] = suggest_for(need, index=index_of([one]), now=NOW)
    assert {reason.code: reason.sentence for reason in found.reasons} == {
        Code.WORDS: "Mêmes mots : « cantines », « composts »",
        Code.OBSTACLE: "Mêmes freins : le manque de temps, le budget",
    }


def test_an_index_gives_back_the_room_of_what_left_and_answers_the_same():
    index = index_of(candidate(f"{number:03}", f"compost mot{number}") for number in range(300))
    for number in range(0, 300, 2):
        index.drop(f"{number:03}")
    left = index_of(candidate(f"{number:03}", f"compost mot{number}") for number in range(1, 300, 2))
    need = NeedText(title="compost", text="mot4 mot5")
    assert len(index) == len(left) == 150
    assert suggest_for(need, index=index, now=NOW, limit=50) == suggest_for(need, index=left, now=NOW, limit=50)


def test_the_demonstration_is_matched_as_well_as_when_it_was_labelled():
    """A guard against falling back, not a promise: labels and weights come from the same hands."""
    found = measure()
    assert found.first >= 0.85
    assert found.recall >= 0.8
