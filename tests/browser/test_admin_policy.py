"""The administration under its content policy: what editors do all day, and no browser complains."""

from __future__ import annotations

import contextlib
import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from PIL import Image
from playwright.sync_api import Error
from wagtail.models import Page

from commun.library.api import ExperiencePage, ResourceIndexPage
from commun.newsletters.api import compose_issue
from tests.browser.content import make_site
from tests.chromium import come_to_rest
from tests.newsletters.factories import NOW, filled_theme

pytestmark = pytest.mark.django_db(transaction=True)

#: Wagtail's own accessibility checker, where the preview it reads is replaced meanwhile; no policy has a part in it.
_RACE = "Cannot read properties of null (reading 'labels')"
_LISTEN = """
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (one) =>
    window.refused.push(`${one.effectiveDirective} ${one.blockedURI} ${one.sourceFile}:${one.lineNumber}`));
"""


@pytest.fixture
def enter(visit, signed_in, live_server, settings) -> Any:
    """A window of a person who may do everything, in which what the policy refuses is written down."""
    settings.STAFF_MFA_REQUIRED = False
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    settings.SITE_URL = live_server.url
    state = signed_in(get_user_model().objects.create_superuser("tout@example.org"))

    def open_window() -> Any:
        page = visit("/", storage_state=state, height=1600)
        page.context.add_init_script(_LISTEN)
        page.wrong = []
        page.on("pageerror", lambda error: _RACE in str(error) or page.wrong.append(f"{page.url} {error}"))
        return page

    return open_window


def go(page: Any, path: str) -> None:
    settle(page)
    page.goto(path)
    come_to_rest(page)
    settle(page)


def settle(page: Any) -> None:
    for frame in page.frames:
        # A preview that is being renewed has nothing more to tell.
        with contextlib.suppress(Error) if frame.parent_frame else contextlib.nullcontext():
            page.wrong += [f"{frame.url} {one}" for one in frame.evaluate("window.refused || []")]
            frame.evaluate("window.refused = []")


#: Those that run scripts of their own; tests/cms/test_admin_pages.py reads all the others.
SCREENS = [
    "", "images/", "documents/multiple/add/", "reports/site-history/", "redirects/add/", "users/new/", "account/",
    "lettre/calendrier/", "contributions/", "besoins/carte/", "votes/nouveau/", "envois/", "etat/",
]  # fmt: skip


def test_screens_open_without_a_complaint(enter):
    make_site()
    page = enter()
    page.complaints.clear()  # this window's first page has no icon
    for screen in SCREENS:
        go(page, f"/gestion/{screen}")
    for kind in ("eventpage", "themepage", "legalpage"):
        one = Page.objects.filter(content_type__model=kind)[0]
        go(page, f"/gestion/pages/{one.get_parent().pk}/")
        go(page, f"/gestion/pages/{one.pk}/edit/")
    assert page.wrong == []
    assert page.complaints == []


def _choose_picture(page: Any) -> None:
    page.locator("#id_cover_image-chooser").get_by_role("button").first.click()
    page.locator(".modal .image-choice img").first.click()
    page.locator(".modal").wait_for(state="detached")
    assert page.locator("#id_cover_image").input_value()


def _write_with_a_link(page: Any) -> None:
    page.locator("#tab-contenu .Draftail-Editor [contenteditable=true]").first.click()
    page.keyboard.type("On partait de loin")
    page.keyboard.press("Control+A")
    page.keyboard.press("Control+K")
    page.locator(".modal a", has_text="Lien externe").click()
    page.locator(".modal input[name$=url]").fill("https://www.example.org/")
    page.locator(".modal form").get_by_role("button", name="Insérer un lien").click()
    page.locator(".modal").wait_for(state="detached")
    page.locator(".Draftail-Editor .TooltipEntity").first.wait_for()


def _add_a_block_of_each_kind(page: Any) -> int:
    body, kinds = page.locator("#body-root"), 0
    while True:
        body.locator("button.c-sf-add-button").last.click()
        options = page.locator(".w-combobox [role=option]")
        options.first.wait_for()
        if kinds == options.count():
            page.keyboard.press("Escape")
            return kinds
        options.nth(kinds).click()
        kinds += 1


def _add_figures_and_documents(page: Any) -> None:
    page.get_by_role("tab", name="Moyens et résultats").click()
    page.locator("#id_figures-ADD").click()
    page.locator("#id_figures-0-value").fill("12 foyers")
    page.locator("#id_figures-0-date").click()
    page.locator(".xdsoft_datetimepicker .xdsoft_date:visible").nth(10).click()
    assert re.fullmatch(r"\d\d/\d\d/\d{4}", page.locator("#id_figures-0-date").input_value())
    page.locator("#id_figures-ADD").click()
    page.locator("#id_figures-1-date").wait_for()
    page.locator("#id_documents-ADD").click()
    page.locator("#id_documents-0-document-chooser").get_by_role("button").first.click()
    page.locator(".modal [data-chooser-modal-choice]").first.click()
    page.locator(".modal").wait_for(state="detached")
    assert page.locator("#id_documents-0-document").input_value()


def test_a_page_is_written_with_every_tool(enter):
    make_site()
    page = enter()
    go(page, f"/gestion/pages/add/library/experiencepage/{ResourceIndexPage.objects.get().pk}/")
    page.locator("#id_title").fill("Une rue refaite par ses voisins")
    page.locator("#id_summary").fill("Le récit, daté et chiffré.")
    _choose_picture(page)
    _write_with_a_link(page)
    assert _add_a_block_of_each_kind(page) > 5
    _add_figures_and_documents(page)
    settle(page)
    assert page.wrong == []
    assert page.complaints == []


@pytest.mark.filterwarnings("ignore::bs4.MarkupResemblesLocatorWarning")  # Wagtail's comparison of two addresses
def test_a_page_is_previewed_checked_saved_compared_and_moved(enter):
    make_site()
    page, written = enter(), ExperiencePage.objects.get()
    go(page, f"/gestion/pages/{written.pk}/edit/")
    page.locator("#id_summary").fill("Un résumé plus court.")
    page.locator("button[aria-label='Afficher/masquer l’aperçu'], [data-side-panel-toggle=preview]").first.click()
    page.frame_locator("#w-preview-iframe").get_by_text("Un résumé plus court.").first.wait_for()
    page.locator("[data-side-panel-toggle=checks]").first.click()
    page.locator("[data-side-panel-toggle=status]").first.click()
    page.locator("footer button[type=submit]").first.click()
    page.locator(".messages .success").wait_for()
    go(page, f"/gestion/pages/{written.pk}/history/")
    go(page, f"/gestion/pages/{written.pk}/revisions/compare/live...latest/")
    go(page, f"/gestion/pages/{written.pk}/move/")
    go(page, f"/gestion/pages/{written.pk}/delete/")
    settle(page)
    assert page.wrong == []
    assert page.complaints == []


def test_pictures_are_sent_several_at_a_time(enter, tmp_path):
    files = []
    for number in range(2):
        Image.new("RGB", (80, 60), (number * 90, 20, 20)).save(tmp_path / f"photo-{number}.png")
        files.append(str(tmp_path / f"photo-{number}.png"))
    page = enter()
    go(page, "/gestion/images/multiple/add/")
    page.locator("#fileupload").set_input_files(files)
    for number in range(2):
        page.locator("#upload-list > li").nth(number).locator("form").wait_for()
    settle(page)
    assert page.wrong == []
    assert page.complaints == []


def test_a_letter_is_composed_and_seen_in_its_three_forms(enter):
    page = enter()
    user = get_user_model().objects.get(email="tout@example.org")
    issue = compose_issue(theme=filled_theme(), user=user, now=NOW)
    go(page, f"/gestion/pages/{issue.pk}/edit/")
    page.locator("[data-side-panel-toggle=preview]").first.click()
    frame = page.frame_locator("#w-preview-iframe")
    frame.locator("h1").first.wait_for()
    for mode in ("email", "text", "web"):
        page.locator("#id_preview_mode").select_option(mode)
        come_to_rest(page)
    go(page, f"/gestion/lettre/{issue.pk}/")
    settle(page)
    assert page.wrong == []
    assert page.complaints == []


def test_what_somebody_puts_into_a_page_starts_nothing(enter):
    """Neither a script, nor a mark of ours that names something else than a chooser."""
    page = enter()
    go(page, "/gestion/")
    page.evaluate("window.done = []")
    page.evaluate(
        """() => {
          document.querySelector("main").insertAdjacentHTML("beforeend",
            `<template data-start="alert" data-arguments='["1"]'></template>
             <template data-start="eval" data-arguments='["window.done.push(1)"]'></template>
             <template data-start="Function" data-arguments='["window.done.push(1)"]'></template>
             <img src="x:" onerror="window.done.push(1)">
             <iframe srcdoc="<script>parent.done.push(1)</script>"></iframe>`);
          const script = document.createElement("script");
          script.textContent = "window.done.push(1)";
          document.body.append(script);
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.done") == []
    assert page.locator("template[data-start]").count() == 0
