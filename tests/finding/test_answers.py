"""What is found, in which order, and what facets count."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from commun.cms.api import Licence
from commun.common import clock
from commun.finding.analysis import read_question
from commun.finding.api import Around, Asked, Order, find, keys_of, kind_labels, related, show, suggest
from tests.agenda.factories import EventFactory
from tests.databases import MIGRATED
from tests.library.factories import (
    ArticleFactory,
    ExperienceFactory,
    GuideFactory,
    KitFactory,
    OrganisationFactory,
    SheetFactory,
    TerritoryFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db


def ask(typed: str, **options):
    question = read_question(typed)
    return find(Asked(question=question, now=clock.now(), kinds=options.pop("kinds", kind_labels()), **options))


def found(typed: str, **options) -> list[str]:
    return [one.title[0].text for one in show(entries=ask(typed, **options).found)]


def titled(shown) -> str:
    return "".join(piece.text for piece in shown.title)


@pytest.fixture
def alone():
    """For what must be the only pages there are."""


@pytest.fixture
def database_held(request, databases, django_db_blocker):
    """Other tests begin with the same dozen of articles, made once: a word that everything has says nothing, these make
    words rare."""

    def make() -> None:
        for at in range(12):
            ArticleFactory(title=f"Autre sujet {at}")

    with django_db_blocker.unblock():
        if "alone" in request.fixturenames or request.cls is not None:  # a class of Django's has begun already
            databases.hold(MIGRATED)
        else:
            databases.hold("a dozen of articles", make)


def test_the_page_of_that_very_title_comes_first():
    ArticleFactory(title="Rencontre", summary="Un chantier participatif, puis un autre chantier participatif")
    GuideFactory(title="Organiser un chantier participatif")
    assert found("chantier participatif")[0] == "Organiser un chantier participatif"


@pytest.mark.parametrize("typed", ["chantié participatif", "chantiers participtifs", "CHANTIER", "chant", "chnatier"])
def test_typing_errors_and_words_cut_short_are_forgiven(typed):
    GuideFactory(title="Organiser un chantier participatif")
    assert found(typed)[:1] == ["Organiser un chantier participatif"]


def test_what_was_taken_for_a_typing_error_is_told():
    ArticleFactory(title="La participation")
    assert dict(ask("Partïcpiation").read.meant) == {"Partïcpiation": "participation"}


def test_one_word_nobody_wrote_does_not_hide_the_rest():
    ArticleFactory(title="Budget participatif")
    answers = ask("budget participatif zygomatique")
    assert keys_of(entries=answers.found)
    assert answers.read.whole == 0


def test_a_phrase_is_found_as_it_was_written():
    ArticleFactory(title="Le conseil citoyen")
    ArticleFactory(title="Un citoyen, un conseil")
    assert found('"conseil citoyen"') == ["Le conseil citoyen"]
    assert len(found("conseil citoyen")) == 2


@pytest.mark.parametrize("typed", ["Plougernau", "29880", "finistere", "Lilia"])
def test_a_place_is_found_by_its_postcode_its_departement_and_its_former_names(typed):
    departement = TerritoryFactory(kind="departement", code="29", name="Finistère")
    place = TerritoryFactory(name="Plouguerneau", departement=departement, postcodes=["29880"])
    place.search_keys.create(text="lilia", label="Lilia", kind="ancienne", whole=True)
    ExperienceFactory(title="Faire avec les habitants", territories=[place])
    assert found(typed) == ["Faire avec les habitants"]


def test_a_sheet_comes_before_the_kit_that_holds_it():
    kit = KitFactory(title="Le kit")
    body = [("paragraph", "<p>Rembourser la garde des enfants</p>")]
    SheetFactory(parent=kit, title="Lever les freins", body=body)
    kit.save()
    assert found("garde des enfants") == ["Lever les freins", "Le kit"]


def test_what_is_over_comes_after():
    now = timezone.now()
    EventFactory(title="Visite de jardin", start=now - timedelta(days=9), end=now - timedelta(days=8))
    EventFactory(title="Visite du jardin", start=now + timedelta(days=8), end=now + timedelta(days=9))
    assert found("visite jardin") == ["Visite du jardin", "Visite de jardin"]


def test_facets_narrow_words_and_lose_nothing():
    theme, other = ThemeFactory(slug="eau"), ThemeFactory(slug="air")
    for at in range(30):
        ArticleFactory(title=f"Participation {at}", themes=[theme if at % 3 else other])
    answers = ask("participation", chosen={"theme": ["eau"]}, kinds=["article"])
    assert answers.total == 20
    assert answers.counts["theme"] == {"eau": 20, "air": 10}
    assert answers.counts["kind"] == {"article": 20}


def test_several_values_of_a_facet_are_alternatives_and_facets_add_up():
    ArticleFactory(title="Un article", licence=Licence.OPEN)
    GuideFactory(title="Un guide", licence=Licence.OPEN)
    GuideFactory(title="Un guide gardé", licence=Licence.RESERVED)
    KitFactory(title="Un kit", licence=Licence.RESERVED)
    chosen = {"kind": ["guide", "kit"], "licence": [Licence.RESERVED.value]}
    answers = ask("", chosen=chosen)
    assert sorted(found("", chosen=chosen)) == ["Un guide gardé", "Un kit"]
    assert answers.counts["kind"] == {"guide": 1, "kit": 1}
    assert answers.counts["licence"] == {Licence.OPEN.value: 1, Licence.RESERVED.value: 2}


def test_near_is_told_by_a_rule(alone):
    region = TerritoryFactory(kind="region", code="53", name="Bretagne")
    mine = TerritoryFactory(kind="departement", code="35", name="Ille-et-Vilaine", region=region)
    theirs = TerritoryFactory(kind="departement", code="29", name="Finistère", region=region)
    epci = TerritoryFactory(kind="epci", code="200000001", departement=mine, region=region)
    here = TerritoryFactory(population=300, departement=mine, region=region, epci=epci)
    near = TerritoryFactory(population=9000, departement=mine, region=region)
    far = TerritoryFactory(population=400, departement=theirs, region=region)
    for title, place in (("Ici", here), ("À côté", near), ("Loin", far), ("Dessus", epci), ("Région", region)):
        ExperienceFactory(title=title, territories=[place])
    answers = ask("", place=here)
    assert answers.total == 5
    assert answers.counts["around"] == {"ici": 1, "departement": 3, "region": 5, "couvre": 2, "taille": 2}
    wanted = {"around": [Around.COVERS.value, Around.OUR_SIZE.value]}
    assert sorted(found("", place=here, chosen=wanted)) == ["Dessus", "Ici", "Loin", "Région"]


def test_freshness_counts_what_was_looked_at_lately(alone):
    old = timezone.now() - timedelta(days=800)
    ArticleFactory(title="Vieux", first_published_at=old, last_published_at=old)
    ArticleFactory(title="Neuf")
    answers = ask("")
    assert answers.counts["fresh"] == {"1": 1, "3": 2}
    assert found("", chosen={"fresh": ["1"]}) == ["Neuf"]


def test_the_latest_come_first_where_that_is_asked_or_nothing_else_is(alone):
    old = timezone.now() - timedelta(days=30)
    ArticleFactory(title="Vélo, vélo", first_published_at=old)
    ArticleFactory(title="Un vélo parmi d’autres choses")
    assert found("vélo", order=Order.LATEST) == found("") == ["Un vélo parmi d’autres choses", "Vélo, vélo"]


def test_suggestions_come_before_the_word_is_over():
    GuideFactory(title="Organiser un chantier participatif")
    [one] = suggest(typed="chantier part", kinds=kind_labels(), now=clock.now())
    assert (titled(one), one.kind_label) == ("Organiser un chantier participatif", "Guide")
    assert suggest(typed="c", kinds=kind_labels(), now=clock.now()) == []


def test_a_word_of_grammar_may_begin_another_while_somebody_types():
    ArticleFactory(title="Un chantier ouvert")
    ArticleFactory(title="Un chantier participatif")
    titles = [titled(one) for one in suggest(typed="chantier par", kinds=kind_labels(), now=clock.now())]
    assert titles == ["Un chantier participatif"]
    assert len(suggest(typed="chantier par ", kinds=kind_labels(), now=clock.now())) == 2


def test_a_page_leads_to_others_with_reasons_that_can_be_checked():
    theme = ThemeFactory(title="Les déchets", slug="dechets")
    page = ExperienceFactory(title="Des composteurs en pied d’immeuble", themes=[theme])
    GuideFactory(title="Installer des composteurs", themes=[theme])
    GuideFactory(title="La collecte du verre", themes=[theme])
    told = related(source="pages", key=str(page.pk), kinds=kind_labels(), now=clock.now())
    assert [one.title for one in told[:2]] == ["Installer des composteurs", "La collecte du verre"]
    assert told[0].reasons == ["même thématique", "même mot\u00a0: «\u00a0composteurs\u00a0»"]
    assert told[1].reasons[0] == "même thématique"
    assert page.title not in [one.title for one in told]
    assert len(told) <= 3
    assert related(source="pages", key="0", kinds=kind_labels(), now=clock.now()) == []


def test_what_answers_is_marked_in_the_text():
    body = [("paragraph", "<p>" + "Autre chose. " * 60 + "Des composteurs partout.</p>")]
    ArticleFactory(title="Déchets", body=body)
    answers = ask("composteur")
    [shown] = show(entries=answers.found, sought=answers.read.sought)
    assert [piece.text for piece in shown.extract if piece.hit] == ["composteurs"]


def why(typed: str) -> list[tuple[str, list[str]]]:
    """Of the first answer: where its marked words stand, and which they are."""
    answers = ask(typed, kinds=["experience"])
    [shown] = show(entries=answers.found, sought=answers.read.sought)
    fields = (("title", shown.title), ("summary", shown.summary), ("extract", shown.extract), *shown.named)
    marks = [(name, [piece.text for piece in pieces if piece.hit]) for name, pieces in fields]
    return [(name, words) for name, words in marks if words]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("chantiers", [("title", ["chantier"])]),
        ("chantié", [("title", ["chantier"])]),
        ("chantier 1000", [("title", ["chantier"]), ("extract", ["1\u202f000"])]),
        ("mobilités", [("Thématique", ["Mobilité"])]),
        ("covoiturage", [("Thématique « Mobilité »", ["covoiturage"])]),
        ("lilia", [("Ancienne commune", ["Lilia"])]),
        ("29880", [("Code postal", ["29880"])]),
        ("finistére", [("Département", ["Finistère"])]),
        ("tregor", [("Organisation", ["Trégor"])]),
        ("chantier lilia", [("title", ["chantier"]), ("Ancienne commune", ["Lilia"])]),
    ],
)
def test_every_answer_says_why_it_was_found(typed, told):
    departement = TerritoryFactory(kind="departement", code="29", name="Finistère")
    place = TerritoryFactory(name="Plouguerneau", departement=departement, postcodes=["29880"])
    place.search_keys.create(text="lilia", label="Lilia", kind="ancienne", whole=True)
    ExperienceFactory(
        title="Un chantier ouvert",
        territories=[place],
        themes=[ThemeFactory(title="Mobilité", slug="mobilite", vocabulary="vélo\ncovoiturage")],
        organisations=[OrganisationFactory(name="Pays du Trégor")],
        body=[("paragraph", "<p>Avec 1 000 personnes.</p>")],
    )
    assert why(typed) == told


def test_a_kit_found_by_a_sheet_names_it():
    kit = KitFactory(title="Le kit")
    SheetFactory(parent=kit, title="Lever les freins", body=[("paragraph", "<p>Rembourser les crèches.</p>")])
    kit.save()
    answers = ask("crèche", kinds=["kit"])
    [shown] = show(entries=answers.found, sought=answers.read.sought)
    [(label, pieces)] = shown.named
    assert label == "Fiche « Lever les freins »"
    assert [piece.text for piece in pieces if piece.hit] == ["crèches"]


def test_what_is_near_says_how(alone):
    departement = TerritoryFactory(kind="departement", code="35", name="Ille-et-Vilaine")
    here, near = TerritoryFactory(departement=departement), TerritoryFactory(departement=departement)
    for title, place in (("Ici", here), ("À côté", near)):
        ExperienceFactory(title=title, territories=[place])
    shown = show(entries=ask("", place=here).found, place=here)
    assert {one.title[0].text: one.near for one in shown} == {
        "Ici": "Ici même",
        "À côté": "Dans le même département",
    }


def test_a_suggestion_whose_title_has_no_word_of_the_question_says_why():
    place = TerritoryFactory(name="Plouguerneau", postcodes=["29880"])
    ExperienceFactory(title="Faire avec", territories=[place])
    ArticleFactory(title="Un plongeoir")
    told = {
        titled(one): one.why
        for typed in ("plou", "plong")
        for one in suggest(typed=typed, kinds=kind_labels(), now=clock.now())
    }
    assert told == {"Faire avec": "Commune\u00a0: Plouguerneau", "Un plongeoir": ""}


class AnyQuestion(TestCase):
    @given(st.text(max_size=80), st.dictionaries(st.sampled_from(["kind", "theme", "fresh", "x"]), st.lists(st.text())))
    @settings(max_examples=60)
    def test_any_question_is_answered(self, typed, chosen):
        ArticleFactory(title="Un vélo")
        answers = ask(typed, chosen=chosen)
        assert len(set(answers.found)) == len(answers.found)
        show(entries=answers.found, sought=answers.read.sought)
        suggest(typed=typed, kinds=kind_labels(), now=clock.now())
