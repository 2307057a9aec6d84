"""axe finds nothing to say about any public page, wide or narrow."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import headings_skip_a_level, loose_choices, violations
from tests.browser.content import make_site
from tests.browser.cut import space_out, what_is_cut

# A narrow window changes the frame, lists and cards: other pages are read by axe in a wide one, and must fit in
# both, whole.
_NARROW = ("/", "/ressources/", "/agenda/", "/contact/", "/compte/login/")
_MAIN = (
    "/",
    "/thematiques/",
    "/ressources/",
    "/agenda/",
    "/lettre/",
    "/annuaire/",
    "/votes/",
    "/contribuer/",
    "/recherche/?q=atelier",
    "/contact/",
    "/compte/login/",
)
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
    "/ecoconception/",
    "/reseau/",
    "/abonnement/",
    "/preferences/",
    "/compte/login/",
    "/compte/signup/",
    "/une-page-qui-n-existe-pas/",
)


@pytest.mark.parametrize("width", [320, 1280])
def test_no_public_page_leaves_anybody_out(visit, width):
    """320 px: a small telephone, a window of 1280 at 400 % (WCAG 1.4.10) or of 640 at 200 %."""
    narrow = width < 768
    addresses = [*(_MAIN if narrow else dict.fromkeys((*_VIEWS, *_MAIN))), *make_site().values()]
    page = visit("/", width=width)
    problems: list[str] = []
    for address in addresses:
        page.goto(address)
        if not narrow or address in _NARROW:
            problems += violations(page) + headings_skip_a_level(page) + loose_choices(page)
        if not narrow:
            page.emulate_media(color_scheme="dark")
            problems += violations(page, rules=["color-contrast"])
            page.emulate_media(color_scheme="light")
        problems += what_is_cut(page)
        if narrow:
            space_out(page)
            problems += what_is_cut(page)
        elif address in _MAIN:
            # Letters twice as large in the same window, as a reader asks of a browser (RGAA 10.4).
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            problems += what_is_cut(page)
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
    expect(page.get_by_label("Votre message")).to_have_attribute("aria-invalid", "true")
    assert page.get_by_label("Objet").input_value() == "Une question"
    assert violations(page) == []
    assert page.evaluate("document.activeElement.id") == "erreurs"


def test_the_open_menu_of_a_narrow_window_is_accessible(visit):
    make_site()
    page = visit("/", width=360)
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("link", name="Ressources", exact=True).wait_for()
    assert violations(page) == []
