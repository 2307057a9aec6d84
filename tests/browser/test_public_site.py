"""What a visitor sees and does, in a real browser."""

from __future__ import annotations

import contextlib
import re

import pytest
from playwright.sync_api import Error
from pypdf import PdfReader

from tests.browser.axe import violations
from tests.browser.content import make_site
from tests.chromium import come_to_rest


@pytest.mark.parametrize("address", ["/", "/ressources/", "/contact/", "/recherche/?q=atelier", "/abonnement/"])
def test_a_visitor_is_followed_by_nobody(visit, live_server, address):
    page = visit(address)
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert [url for url in page.asked if not url.startswith((live_server.url, "data:"))] == []
    assert page.complaints == []


def test_the_states_identity_is_shown_nowhere(visit):
    addresses = make_site()
    page = visit("/")
    for address in ("/", "/compte/login/", "/contact/", "/rien-ici/", addresses["experience"], addresses["event"]):
        page.goto(address)
        come_to_rest(page)
        # What is printed and what is only in attributes.
        assert "république française" not in " ".join(page.content().lower().split())
        assert page.locator(".fr-logo").count() == 0
    assert [url for url in page.asked if "marianne" in url.lower() or url.endswith((".woff", ".woff2"))] == []
    assert "Marianne" not in page.evaluate("getComputedStyle(document.body).fontFamily")


def test_an_authorised_operator_may_show_the_states_identity(visit, settings):
    settings.DSFR_STATE_IDENTITY = True
    page = visit("/")
    assert page.locator("header .fr-logo").inner_text().lower().split() == ["république", "française"]


_GROUND = "getComputedStyle(document.body).backgroundColor"
_LIGHT, _DARK = "rgb(255, 255, 255)", "rgb(17, 22, 31)"


def test_the_site_is_light_or_dark_as_the_device_says_or_as_one_chose(visit):
    page = visit("/", color_scheme="dark", java_script_enabled=False)
    assert page.evaluate(_GROUND) == _DARK
    assert not page.get_by_role("button", name="Affichage clair ou sombre").is_visible()
    page = visit("/", color_scheme="light")
    opener = page.get_by_role("button", name="Affichage clair ou sombre")
    opener.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Comme mon appareil").wait_for()
    assert page.get_by_label("Comme mon appareil").is_checked()
    assert violations(page) == []
    page.get_by_label("Sombre").focus()
    page.keyboard.press("Space")
    assert page.evaluate(_GROUND) == _DARK
    assert violations(page) == []
    page.goto("/contact/", wait_until="commit")
    page.locator("body").wait_for()
    assert page.evaluate(_GROUND) == _DARK  # before any script of the foot of the page
    page.emulate_media(media="print")
    assert page.evaluate(_GROUND) == _LIGHT
    page.emulate_media(media="screen")
    come_to_rest(page)
    page.get_by_role("button", name="Affichage clair ou sombre").click()
    page.get_by_text("Comme mon appareil").click()
    assert page.evaluate(_GROUND) == _LIGHT
    assert page.evaluate("localStorage.length") == 0


def test_the_keyboard_reaches_the_content_first(visit):
    page = visit("/ressources/")
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Contenu", exact=True)
    assert link.evaluate("one => one === document.activeElement")
    assert link.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "contenu"


def test_the_menu_of_a_narrow_window_opens_leads_and_closes(visit):
    make_site()
    page = visit("/", width=360)
    assert not page.get_by_role("link", name="Agenda", exact=True).is_visible()
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("link", name="Agenda", exact=True).wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Agenda", exact=True).wait_for(state="hidden")
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.wait_for_url("**/agenda/")


def test_without_script_a_narrow_window_has_the_menu_and_the_search(visit):
    make_site()
    page = visit("/", width=360, java_script_enabled=False)
    assert not page.get_by_role("button", name="Menu", exact=True).is_visible()
    page.get_by_label("Rechercher dans le site").fill("Thématique")
    page.get_by_label("Rechercher dans le site").press("Enter")
    page.wait_for_url("**/recherche/?q=*")
    page.get_by_role("link", name="Agenda", exact=True).click()
    page.wait_for_url("**/agenda/")


def test_the_frame_leaves_a_phone_to_the_page(visit):
    make_site()
    page = visit("/", width=360)
    assert page.locator("main").bounding_box()["y"] < 740 / 4


@pytest.mark.parametrize("width", [360, 1280])
def test_the_search_of_every_page_proposes_pages_to_the_keyboard(visit, width):
    addresses = make_site()
    page = visit("/contact/", width=width)
    if width < 992:
        page.get_by_role("button", name="Rechercher", exact=True).first.click()
    field = page.locator("header").get_by_role("combobox")
    field.click()
    field.press_sequentially("thematiqe")
    page.locator("header").get_by_role("option", name="Thématique").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    assert field.get_attribute("aria-expanded") == "false"
    assert field.is_visible()
    page.keyboard.press("ArrowDown")
    page.locator("header").get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{addresses['theme']}")


def test_a_list_one_closed_is_not_opened_by_an_answer_that_comes_late(visit):
    make_site()
    page = visit("/contact/")
    asked = re.compile(r"[?&]q=")
    held = []

    def hold(route):
        held.append(route)

    page.route(asked, hold)
    field = page.locator("header").get_by_role("combobox")
    field.click()
    with page.expect_request(asked) as request:
        page.keyboard.type("thematique")
    page.keyboard.press("Escape")
    page.unroute(asked)
    for route in held:
        with contextlib.suppress(Error):  # given up meanwhile
            route.continue_()
    page.evaluate("(url) => fetch(url).then((answer) => answer.text())", request.value.url)
    assert field.get_attribute("aria-expanded") == "false"


def test_without_script_one_reads_searches_and_writes(visit, mailoutbox):
    addresses = make_site()
    page = visit("/", java_script_enabled=False)
    page.goto("/recherche/?q=Thématique")
    page.get_by_role("main").locator(".tec-results a").first.click()
    assert page.url.endswith(addresses["theme"])
    page.goto("/contact/")
    page.get_by_label("Votre adresse électronique").fill("camille@example.org")
    page.get_by_label("Objet").fill("Bonjour")
    page.get_by_label("Votre message").fill("Comment rejoindre le réseau ?")
    page.get_by_role("main").get_by_role("button", name="Envoyer").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Votre message est parti"
    assert mailoutbox[-1].reply_to == ["camille@example.org"]


def test_a_resource_on_paper_is_its_text_its_licence_and_nothing_of_the_frame(visit, tmp_path):
    page = visit(make_site()["experience"])
    page.pdf(path=tmp_path / "page.pdf", format="A4")
    printed = " ".join(one.extract_text() for one in PdfReader(tmp_path / "page.pdf").pages)
    for told in ("Le contexte", "Ce qui n’a pas marché", "Licence Ouverte 2.0", "/ressources/ressource-"):
        assert told in printed
    for frame in ("Se connecter", "Plan du site", "À lire ensuite", "Recevoir la lettre", "Le texte seul"):
        assert frame not in printed
