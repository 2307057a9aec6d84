"""axe finds nothing to say about any public page, wide or narrow."""

from __future__ import annotations

import pytest

from tests.browser.axe import headings_skip_a_level, violations
from tests.browser.content import make_site

# A narrow window changes the frame, lists and cards: other pages are read by axe in a wide one, and must fit in both.
_NARROW = ("/", "/ressources/", "/agenda/", "/contact/", "/compte/login/")
_VIEWS = (
    "/",
    "/thematiques/",
    "/ressources/",
    "/ressources/?type=kit&q=rien-de-tel",
    "/concepts/",
    "/agenda/",
    "/actualites/",
    "/lettre/",
    "/recherche/",
    "/recherche/?q=atelier",
    "/recherche/?q=atelier&vue=carte",
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


@pytest.mark.parametrize("width", [360, 1280])
def test_no_public_page_leaves_anybody_out(visit, width):
    addresses = [*(_NARROW if width < 768 else _VIEWS), *make_site().values()]
    page = visit("/", width=width)
    problems: list[str] = []
    for address in addresses:
        page.goto(address)
        if width >= 768 or address in _NARROW:
            problems += violations(page) + headings_skip_a_level(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        problems += [f"{address} is {wide} px wide in a window of {width}"] if wide > width else []
    assert problems == []


@pytest.mark.parametrize("width", [360, 1280])
def test_what_narrows_a_search_is_accessible_once_it_is_open(visit, width):
    make_site()
    page = visit("/ressources/?type=experience", width=width)
    page.locator(".tec-refine > summary").click()
    page.get_by_role("button", name="Afficher").wait_for()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_refused_form_stays_accessible_and_keeps_what_was_typed(visit):
    make_site()
    page = visit("/contact/")
    page.get_by_label("Objet").fill("Une question")
    page.get_by_role("main").get_by_role("button", name="Envoyer").click()
    page.wait_for_load_state("networkidle")
    assert page.get_by_label("Objet").input_value() == "Une question"
    assert page.get_by_label("Votre message").get_attribute("aria-invalid") == "true"
    assert violations(page) == []
    assert page.evaluate("document.activeElement.id") == "erreurs"


def test_the_open_menu_of_a_narrow_window_is_accessible(visit):
    make_site()
    page = visit("/", width=360)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("link", name="Ressources", exact=True).wait_for()
    assert violations(page) == []
