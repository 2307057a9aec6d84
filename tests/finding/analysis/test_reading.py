"""How French is read: examples."""

from __future__ import annotations

import pytest

from commun.finding.analysis import (
    Obstacle,
    best_extract,
    closest,
    fold,
    marked,
    named_in,
    read_question,
    roots_in,
    said_in,
    searched_roots,
    spellings_in,
    stage_in,
    stratum_of,
)


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
        ("ils refont", "refaire"),
        ("elles sont éteintes", "éteindre"),
        ("nous entreprenons", "entreprendre"),
        ("il conçoit", "concevoir"),
        ("a reconstruit", "reconstruire"),
        ("on nettoie", "nettoyer"),
    ],
)
def test_forms_of_a_word_are_one(one, other):
    assert list(roots_in(one)) == list(roots_in(other)) != []


@pytest.mark.parametrize(
    ("word", "verb"),
    [("voie", "voir"), ("entreprise", "entreprendre"), ("revenu", "revenir"), ("fonds", "fondre"), ("lit", "lire")],
)
def test_a_word_that_a_verb_happens_to_look_like_stays_itself(word, verb):
    assert set(searched_roots(word)).isdisjoint(searched_roots(verb))


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
    ("text", "stage"),
    [
        ("Pourquoi ouvrir une régie de quartier ? Ce que cela change pour la commune.", "idea"),
        ("Les budgets participatifs dans les petites communes. Panorama de ce qui existe.", "idea"),
        ("Végétaliser une cour d’école : par où commencer ?", "idea"),
        ("Convaincre son conseil municipal de tenter une convention citoyenne", "idea"),
        ("Cahier des charges pour recruter un facilitateur. Un modèle à remplir d’une page.", "preparing"),
        ("Monter un conseil de jeunes en six mois. Les étapes, le calendrier.", "preparing"),
        ("ORGANISER UNE MARCHE EXPLORATOIRE. Le déroulé, la liste du matériel.", "preparing"),
        ("Animer une réunion de trente personnes sans que les mêmes parlent toujours", "doing"),
        ("Évaluer un dispositif avec celles et ceux qui l’ont vécu", "doing"),
        ("Faire vivre un comité d’usagers après la première année. Rendre compte, ajuster.", "doing"),
        ("Relancer un conseil citoyen que plus personne ne suivait", "stuck"),
        ("Quand le groupe de bénévoles s’essouffle : ce que nous avons essayé", "stuck"),
        ("Répondre aux réticences des services techniques", "stuck"),
        ("La commune ouvre une épicerie associative dans l’ancienne poste", ""),
        ("La coopération. Ce n’est pas se répartir des tâches.", ""),
        ("Préparer, puis animer", ""),
        ("", ""),
    ],
)
def test_a_stage_is_read_as_people_say_it_and_none_where_two_are_said_as_often(text, stage):
    assert stage_in(text) == stage


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1 000 habitants", "1\u202f000 habitant"),
        ("St-Denis", "saint denis"),
        ("Ste Foy", "SAINTE-FOY"),
        ("29880", "29880"),
        ("projets", "Projet"),
        ("aujourd’hui l’action", "actions"),
    ],
)
def test_what_is_looked_for_is_read_as_it_was_written(one, other):
    assert list(searched_roots(one)) == list(searched_roots(other)) != []


def test_a_question_has_words_once_and_phrases():
    question = read_question('  le  "Budget participatif" des budgets : « conseil  citoyen » OR')
    assert [term.word for term in question.terms] == ["budget", "participatif", "conseil", "citoyen", "or"]
    assert question.phrases == ("budget participatif", "conseil citoyen")


@pytest.mark.parametrize("typed", ["", "  ", "de la", "!?", "\x00", "\u202e", '""', "a OR", "*", "\ud800"])
def test_a_question_may_ask_nothing(typed):
    assert not [term for term in read_question(typed).terms if term.word != "or"]


@pytest.mark.parametrize(
    ("word", "known", "found"),
    [
        ("chantie", ["chantier", "chantiers", "charte"], ["chantier"]),
        ("plougernau", ["plouguerneau", "plougonven"], ["plouguerneau"]),
        ("arbrisel", ["arbrissel", "arbre"], ["arbrissel"]),
        ("particpiation", ["participation", "participatif"], ["participation"]),
        ("eau", ["eaux", "peau"], []),
        ("35000", ["35001"], []),
        ("mairie", ["mairie"], []),
    ],
)
def test_a_word_is_forgiven_its_typing_errors(word, known, found):
    assert [one for one, _ in closest(word, known)] == found


def test_an_extract_shows_where_most_of_the_words_stand():
    text = "Rien ici. " * 40 + "Le chantier fut participatif, dans l’école. " + "Puis un chantier. " * 40
    pieces = best_extract(text, roots=set(searched_roots("chantiers participatifs")))
    assert [piece.text for piece in pieces if piece.hit][:2] == ["chantier", "participatif"]
    assert len("".join(piece.text for piece in pieces)) < 250


def test_what_is_marked_keeps_its_spaces_and_its_signs():
    pieces = marked("Budget\u202f: 12\u00a0m², 1\u202f000 œufs…", roots=set(searched_roots("budget m2 1000 oeufs")))
    assert "".join(piece.text for piece in pieces) == "Budget\u202f: 12\u00a0m², 1\u202f000 œufs…"
    assert [piece.text for piece in pieces if piece.hit] == ["Budget", "m²", "1\u202f000", "œufs"]
