"""axe finds nothing to say about any public page, wide or narrow."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.content import make_site

# What differs in a narrow window is the frame, lists and cards; everything else is looked at in a wide one.
_NARROW = ("/", "/ressources/", "/agenda/", "/contact/", "/compte/login/")
_VIEWS = (
    "/",
    "/thematiques/",
    "/ressources/",
    "/ressources/?type=kit&mots=rien-de-tel",
    "/concepts/",
    "/agenda/",
    "/actualites/",
    "/lettre/",
    "/recherche/",
    "/recherche/?q=atelier",
    "/recherche/?q=introuvable",
    "/contact/",
    "/plan-du-site/",
    "/mentions-legales/",
    "/donnees-personnelles/",
    "/accessibilite/",
    "/abonnement/",
    "/preferences/",
    "/compte/login/",
    "/compte/signup/",
    "/une-page-qui-n-existe-pas/",
)


def _violations(page: Any) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url} {one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]
    ]


def _headings_skip_a_level(page: Any) -> list[str]:
    levels = page.eval_on_selector_all(
        "main :is(h1, h2, h3, h4, h5, h6)", "all => all.map(one => Number(one.tagName[1]))"
    )
    jumps = [(before, after) for before, after in itertools.pairwise(levels) if after > before + 1]
    problems = [f"{page.url} title level {before} then {after}" for before, after in jumps]
    return problems if levels.count(1) == 1 else [*problems, f"{page.url} has {levels.count(1)} h1"]


@pytest.mark.parametrize("width", [360, 1280])
def test_no_public_page_leaves_anybody_out(visit, width):
    addresses = [*(_NARROW if width < 768 else _VIEWS), *make_site().values()]
    page = visit("/", width=width)
    problems: list[str] = []
    for address in addresses:
        page.goto(address)
        problems += _violations(page) + _headings_skip_a_level(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        problems += [f"{address} is {wide} px wide in a window of {width}"] if wide > width else []
    assert problems == []


def test_a_refused_form_stays_accessible_and_keeps_what_was_typed(visit):
    make_site()
    page = visit("/contact/")
    page.get_by_label("Objet").fill("Une question")
    page.get_by_role("main").get_by_role("button", name="Envoyer").click()
    page.wait_for_load_state("networkidle")
    assert page.get_by_label("Objet").input_value() == "Une question"
    assert page.get_by_label("Votre message").get_attribute("aria-invalid") == "true"
    assert _violations(page) == []
    assert page.evaluate("document.activeElement.id") == "erreurs"


def test_the_open_menu_of_a_narrow_window_is_accessible(visit):
    make_site()
    page = visit("/", width=360)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("link", name="Ressources", exact=True).wait_for()
    assert _violations(page) == []
