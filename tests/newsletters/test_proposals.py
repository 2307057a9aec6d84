"""What the screen of composing proposes beside what the theme has, and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from commun.common import clock, french
from commun.finding.api import rebuild
from commun.freshness.api import ReportKind, report
from commun.newsletters import api
from commun.newsletters.selectors.proposals import INSPIRATIONS, filling, proposals
from tests.library.factories import (
    ArticleFactory,
    ConceptFactory,
    ExperienceFactory,
    GuideFactory,
    TerritoryFactory,
    ThemeFactory,
)
from tests.newsletters import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _settings(settings):
    settings.STAFF_MFA_REQUIRED = False


def proposed(theme):
    rebuild(progress=lambda *done: None)
    found = proposals(theme=theme, taken=filling(theme=theme), today=clock.today())
    return {one.page.title: [reason.replace("\u00a0", " ") for reason in one.reasons] for one in found}


def water():
    """A theme of words that few pages have."""
    factories.network()
    api.ensure_sections(home=factories.home())
    for number in range(12):  # a word that one page in eight has says nothing
        ArticleFactory(title=f"Un budget participatif, épisode {number}", summary="Voter un budget entre voisins.")
    return ThemeFactory(
        title="Les rivières",
        summary="Rivières et zones humides, avec qui vit au bord.",
        vocabulary="ripisylve\nméandre",
    )


def test_pages_close_to_the_theme_are_proposed_each_with_its_reasons():
    theme = water()
    brittany = TerritoryFactory(kind="region", code="53", name="Bretagne")
    quimper = TerritoryFactory(name="Quimper", code="29232", region=brittany)
    looked_at = clock.today() - timedelta(days=20)
    ExperienceFactory(
        title="Replanter la ripisylve le long des rivières",
        summary="Rivières, ripisylve, méandre : des riverains replantent.",
        territories=[quimper],
        reviewed_on=looked_at,
    )
    found = proposed(theme)
    assert list(found) == ["Replanter la ripisylve le long des rivières"]
    link, gap, shown, region, checked = found["Replanter la ripisylve le long des rivières"]
    assert link.startswith("mêmes mots que la thématique : « ")
    assert gap == "la thématique n’a pas encore d’expérience"
    assert shown == "jamais parue dans une lettre"
    assert region == "une région que le brouillon ne montre pas : Bretagne"
    assert checked == f"vérifiée le {french.day(looked_at)}".replace("\u00a0", " ")


def test_a_region_that_the_draft_shows_and_an_old_check_are_no_reasons():
    theme = water()
    brittany = TerritoryFactory(kind="region", code="53", name="Bretagne")
    quimper = TerritoryFactory(name="Quimper", code="29232", region=brittany)
    ExperienceFactory(title="Notre lavoir", themes=[theme], territories=[quimper])
    GuideFactory(
        title="Compter les méandres des rivières",
        summary="Ripisylve et méandre des rivières.",
        territories=[quimper],
        reviewed_on=clock.today() - timedelta(days=400),
    )
    (reasons,) = proposed(theme).values()
    assert [reason.partition(" : ")[0] for reason in reasons] == [
        "mêmes mots que la thématique",
        "jamais parue dans une lettre",
    ]


def test_what_the_theme_has_beyond_what_is_taken_is_proposed_and_what_is_taken_is_not():
    theme = water()
    now = clock.now()
    for number in range(INSPIRATIONS + 3):
        GuideFactory(
            title=f"Fiche {number}", summary="À lire.", themes=[theme], first_published_at=now - timedelta(days=number)
        )
    assert len(filling(theme=theme).resources) == INSPIRATIONS
    found = proposed(theme)
    assert set(found) == {f"Fiche {number}" for number in range(INSPIRATIONS, INSPIRATIONS + 3)}
    assert all(reasons[0] == "même thématique" for reasons in found.values())


def test_a_concept_is_proposed_where_the_theme_has_none_and_a_doubted_page_never():
    theme = water()
    ConceptFactory(title="La ripisylve", summary="Rivières, ripisylve, méandre.")
    doubted = ExperienceFactory(title="La ripisylve des rivières", summary="Un méandre rouvert.")
    report(page=doubted, kind=ReportKind.OUTDATED, text="C’est fini.", address="", now=clock.now())
    assert "la thématique n’a pas encore de concept" in proposed(theme)["La ripisylve"]
    assert "La ripisylve des rivières" not in proposed(theme)
    ConceptFactory(title="L’eau", themes=[theme])
    assert "La ripisylve" not in proposed(theme)


def test_what_is_ticked_is_in_the_draft_and_nothing_else(client, editor):
    theme = water()
    experience = ExperienceFactory(title="Replanter la ripisylve des rivières", summary="Rivières, ripisylve, méandre.")
    concept = ConceptFactory(title="La ripisylve", summary="Rivières, ripisylve, méandre.")
    left = GuideFactory(title="Nettoyer les rivières et leur ripisylve", summary="Ripisylve, méandre, rivières.")
    rebuild(progress=lambda *done: None)
    client.force_login(editor)
    url = reverse("newsletters:compose", args=[theme.pk])
    page = client.get(url).content.decode()
    for one in (experience, concept, left):
        assert f'value="{one.pk}"' in page
    gone = ExperienceFactory(title="Dépubliée entre-temps", live=False)
    client.post(url, {"page": [experience.pk, concept.pk, gone.pk, "<b>", "9" * 40]})
    issue = api.IssuePage.objects.get()
    sections = {section.block_type: section.value for section in issue.body}
    assert sections["featured"]["page"].title == experience.title
    assert sections["concept"]["page"] == concept
    assert "inspirations" not in sections


def test_composing_proposes_at_a_cost_that_does_not_grow(client, editor, django_assert_max_num_queries):
    theme = water()
    for number in range(14):
        ExperienceFactory(title=f"Rivière {number}", themes=[theme])
    rebuild(progress=lambda *done: None)
    taken = filling(theme=theme)
    with django_assert_max_num_queries(14):
        assert len(proposals(theme=theme, taken=taken, today=clock.today())) == 6
