"""What looks like a contribution, for whoever decides."""

from __future__ import annotations

import pytest

from commun.contributions.selectors.similar import similar_to
from tests.contributions.factories import given
from tests.library.factories import ArticleFactory, ExperienceFactory

pytestmark = pytest.mark.django_db
_TEXT = (
    "Le lavoir du bourg fuyait. Les riverains ont rejointoyé les dalles avec une entreprise de maçonnerie, à la chaux, "
    "pendant trois samedis d’octobre."
)


def told(**values) -> list[tuple[str, str]]:
    found = similar_to(contribution=given(**values))
    return [((one.page or one.contribution).title, one.why) for one in found]


@pytest.fixture
def _library():
    for number in range(12):
        ArticleFactory(title=f"Autre sujet {number}")


@pytest.mark.usefixtures("_library")
@pytest.mark.parametrize("typed", ["Restauration du lavoir", "RESTAURER LES LAVOIRS", "restauration, lavoirs"])
def test_a_page_of_a_close_title_is_shown_whatever_the_form_of_its_words(typed):
    ExperienceFactory(title="Restaurer le lavoir")
    assert told(title=typed, text="") == [("Restaurer le lavoir", "un titre proche")]


@pytest.mark.usefixtures("_library")
def test_a_page_of_the_same_text_is_shown_with_its_words():
    ExperienceFactory(title="Octobre au bourg", body=[("paragraph", f"<p>{_TEXT}</p>")])
    [(title, why)] = told(title="Rénover ensemble", text=_TEXT)
    assert title == "Octobre au bourg"
    assert why.startswith("un texte proche\u00a0: «\u00a0")
    others = told(title="Une autre", text="Une entreprise de maçonnerie a planté trois arbres.")
    assert title not in [one for one, _ in others]


def test_titles_made_of_words_that_every_page_has_are_close():
    for number in range(12):
        ArticleFactory(title=f"Participation {number}", summary="Une participation à la place du budget.")
    ArticleFactory(title="Le budget de la participation")
    assert told(title="Budget et participation", text="")[0] == ("Le budget de la participation", "un titre proche")


@pytest.mark.usefixtures("_library")
def test_drafts_and_other_contributions_are_shown_by_their_titles():
    ExperienceFactory(title="Restaurer un lavoir", live=False)
    given(title="Lavoirs à restaurer", text="Autre chose", address="autre@example.org")
    assert sorted(told(title="Le lavoir restauré", text="")) == [
        ("Lavoirs à restaurer", "un titre proche"),
        ("Restaurer un lavoir", "un titre proche"),
    ]


@pytest.mark.usefixtures("_library")
def test_the_same_link_comes_first_and_what_is_far_is_not_shown():
    ExperienceFactory(title="Restaurer le lavoir", source_url="https://bourg.example.org/lavoir")
    ExperienceFactory(title="Un four à pain")
    fields = {"link": "https://bourg.example.org/lavoir"}
    assert told(title="Restaurer le lavoir", text="", fields=fields) == [("Restaurer le lavoir", "le même lien")]


def test_what_looks_alike_costs_as_many_queries_however_much_there_is(django_assert_max_num_queries):
    row = given(title="Restaurer le lavoir", text=_TEXT)
    for number in range(30):
        ExperienceFactory(title=f"Restaurer le lavoir {number}", live=bool(number % 2))
        given(title=f"Le lavoir restauré {number}", address=f"a{number}@example.org")
    with django_assert_max_num_queries(12):
        assert len(similar_to(contribution=row)) == 6
