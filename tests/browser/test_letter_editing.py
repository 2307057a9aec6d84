"""The editor's form of a letter, as one uses it all afternoon."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.sync_api import expect

from commun.accounts.api import REDACTION
from commun.newsletters.api import submit_issue, withdraw_submission
from tests.browser import clipboard
from tests.browser.axe import violations
from tests.newsletters.factories import composed, member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def write(visit, signed_in, live_server, settings) -> Any:
    """`write(width=…)`: an editor's window on a draft of the letter."""
    settings.STAFF_MFA_REQUIRED = False
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 0
    settings.SITE_URL = live_server.url
    editor = member("editrice", REDACTION)
    issue = composed(editor)
    state = signed_in(editor)

    def open_form(**options: Any) -> Any:
        page = visit(f"/gestion/pages/{issue.pk}/edit/", storage_state=state, **options)
        page.wrong = []
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        return page

    open_form.issue, open_form.editor = issue, editor
    return open_form


def test_checks_stand_beside_the_text_and_lead_to_their_field(write):
    page = write(height=900)
    toggle = page.locator("[data-side-panel-toggle=checks]")
    toggle.focus()
    page.keyboard.press("Enter")
    panel = page.locator(".letter-live")
    expect(panel.get_by_role("status")).not_to_be_empty()
    page.locator("#id_subject").fill("RE : LE PASSAGE À L’ACTION")
    found = panel.locator(".letter-finding", has_text="L’objet imite une réponse")
    expect(found).to_contain_text("Bloquant")
    expect(panel.get_by_role("status")).to_contain_text("bloquant")
    expect(toggle).to_contain_text(str(panel.locator(".letter-finding").count()))
    page.look("checks")
    assert violations(page, within=".letter-live") == []
    found.get_by_role("link").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#id_subject")).to_be_focused()

    # A seldom field, folded away: opened.
    section = write.issue.body[0]
    kicker = page.locator(f"[data-contentpath='{section.id}'] [data-contentpath=kicker] input")
    kicker.evaluate("one => { one.value = 'Vraiment?'; }")
    expect(kicker).not_to_be_visible()
    link = panel.locator(".letter-finding", has_text="surtitre").get_by_role("link")
    link.click()
    expect(kicker).to_be_focused()
    expect(kicker).to_be_in_viewport()
    page.look("pointed")
    page.set_viewport_size({"width": 360, "height": 780})
    page.look("checks-360")
    link.click()
    expect(kicker).to_be_focused()
    expect(panel).not_to_be_visible()
    expect(kicker).to_be_in_viewport()
    page.look("pointed-360")
    assert page.wrong == []


def test_the_first_line_is_cut_as_lists_of_messages_cut_it(write):
    page = write(height=1000)
    lines = page.locator("[data-letter-lists]")
    subject = "Participer, coopérer : ce que des communes de toute taille ont appris en le faisant"
    page.locator("#id_subject").fill(subject)
    page.locator("#id_preheader").fill("Six récits, et ce qui n’a pas marché.")
    phone = lines.locator("li", has_text="téléphone Android").first
    expect(phone.locator("strong")).to_have_text(f"{subject[:32].rstrip()}…")
    expect(lines.locator("li", has_text="Gmail, ordinateur").first).to_contain_text("ce qui n’a pas marché.")
    page.locator("#id_subject").fill("")
    expect(phone.locator("strong")).to_have_text(
        f"{write.issue.title[:32]}…" if len(write.issue.title) > 33 else write.issue.title
    )
    page.locator("#id_preheader").fill("")
    expect(phone).to_contain_text("le début du message")
    lines.scroll_into_view_if_needed()
    page.look("first-lines")
    assert violations(page, within="[data-letter-lists]") == []
    page.set_viewport_size({"width": 360, "height": 780})
    lines.scroll_into_view_if_needed()
    page.look("first-lines-360")
    assert page.wrong == []


def test_two_views_stand_side_by_side_follow_what_is_typed_and_say_what_they_are(write):
    page = write(width=1280, height=900)
    page.locator("[data-side-panel-toggle=preview]").click()
    first = page.frame_locator("[data-controller~='w-preview'] iframe[src]:not(.w-preview__proxy)")
    second = page.frame_locator(".letter-beside iframe:not(.w-preview__proxy)")
    for view in (first, second):
        expect(view.get_by_text("Tous les deux mois, une thématique").first).to_be_visible()
    beside, panel = page.locator(".letter-beside"), page.locator("[data-controller~='w-preview']")
    expect(beside.locator("[data-letter-caption]")).to_contain_text("Le message comme il part")
    expect(panel.locator("[data-letter-caption]")).to_contain_text("L’édition web")
    left, right = panel.bounding_box(), beside.bounding_box()
    assert left["x"] + left["width"] <= right["x"]
    page.look("two-views")

    page.get_by_label("À côté", exact=True).select_option("outlook")
    expect(beside.locator("[data-letter-caption]")).to_contain_text("Word")
    page.locator("#id_welcome").fill("Un mot d’accueil que personne n’avait lu.")
    expect(first.get_by_text("que personne n’avait lu").first).to_be_visible()
    expect(second.get_by_text("que personne n’avait lu").first).to_be_visible()
    page.locator("#id_preview_mode").select_option("text")
    expect(panel.locator("[data-letter-caption]")).to_contain_text("sans mise en forme")
    expect(first.locator("pre")).to_contain_text("que personne n’avait lu")
    assert violations(page, within="[data-side-panel=preview]") == []

    page.reload()  # what she chose is kept
    expect(page.get_by_label("À côté", exact=True)).to_have_value("outlook")
    page.get_by_label("À côté", exact=True).select_option("")
    expect(beside.locator("iframe")).to_have_count(0)
    page.set_viewport_size({"width": 1100, "height": 900})
    expect(beside).not_to_be_visible()
    assert page.wrong == []


def test_a_section_is_seen_before_it_is_added(write):
    page = write(height=1000)
    page.locator("[data-contentpath=body] button.c-sf-add-button").first.focus()
    page.keyboard.press("Enter")
    page.locator(".w-combobox [role=option]").first.wait_for()
    page.keyboard.press("Tab")
    expect(page.locator(".w-combobox input")).to_be_focused()
    page.keyboard.type("agenda")
    seen = page.frame_locator(".w-combobox-preview__iframe")
    expect(seen.get_by_role("heading", name="À vos agendas")).to_be_visible()
    page.look("section")
    page.keyboard.press("Escape")
    assert page.wrong == []
    assert page.complaints == []


#: (kind, depth, text) of what each of them leaves.
_PASTED = [
    ("header-three", 0, "Une rue refaite"),
    ("header-three", 0, "Ce qui a changé"),
    ("unstyled", 0, "Les voisins ont tout écrit."),
    ("unordered-list-item", 0, "des bancs"),
    ("unordered-list-item", 1, "en bois"),
    ("unordered-list-item", 0, "des jardinières"),
    ("ordered-list-item", 0, "d’abord"),
    ("ordered-list-item", 0, "ensuite"),
    ("unstyled", 0, "Fin."),
]
_COPY = """([html, text]) => {
  document.addEventListener("copy", (event) => {
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
  }, { once: true, capture: true });
  document.execCommand("copy");
}"""


def test_what_five_programs_copy_is_pasted_as_headings_lists_and_links(write):
    page = write(height=900)
    section = next(one for one in write.issue.body if one.block_type == "questions")
    field = page.locator(f"[data-contentpath='{section.id}'] [data-contentpath=text]")
    kept = field.locator("input[type=hidden][name$=text]")
    for manner, html in clipboard.MANNERS.items():
        page.evaluate(_COPY, [html, clipboard.TEXT])
        field.locator("[contenteditable=true]").click()
        page.keyboard.press("Control+A")
        page.keyboard.press("Control+V")
        expect(field.locator("[contenteditable=true]")).to_contain_text("Fin.")
        page.wait_for_function("one => one.value.includes('Fin.')", arg=kept.element_handle())
        told = json.loads(kept.input_value())
        assert [(one["type"], one["depth"], one["text"]) for one in told["blocks"]] == _PASTED, manner
        assert [one["inlineStyleRanges"] for one in told["blocks"]] == [[]] * len(_PASTED), manner
        links = [(one["type"], one["data"]["url"]) for one in told["entityMap"].values()]
        assert links == [("LINK", "https://www.example.org/recit")], manner
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.wait_for_function("one => !one.value.includes('Fin.')", arg=kept.element_handle())
    assert page.wrong == []


def _kept(page):
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('keep:')).length")


def _type_a_subject(page, words):
    page.wait_for_timeout(1200)  # what the server gave is looked at once fields are drawn
    page.locator("#id_subject").fill(words)
    page.wait_for_function("words => JSON.stringify(localStorage).includes(encodeURIComponent(words))", arg=words)


def _subject(issue):
    return issue.get_latest_revision_as_object().subject


def test_what_is_typed_outlives_the_session_the_network_and_the_lock(write, signed_in, settings):
    page, issue = write(), write.issue
    edit = page.url
    offered = page.locator("[data-kept]")

    # The session ends: the words come back when she does.
    _type_a_subject(page, "Une-fin")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("footer button[type=submit]").first.click()
    page.wait_for_url("**/login/**")
    issue.refresh_from_db()
    assert _subject(issue) != "Une-fin"
    page.context.add_cookies(signed_in(write.editor)["cookies"])
    page.goto(edit)
    expect(offered).to_contain_text("Ce navigateur l’a gardé.")
    page.look("kept")
    assert violations(page, within="[data-kept]") == []
    offered.get_by_role("button", name="Reprendre mon texte").focus()
    page.keyboard.press("Enter")
    page.locator(".messages .success").wait_for()
    expect(page.locator("#id_subject")).to_have_value("Une-fin")
    issue.refresh_from_db()
    assert _subject(issue) == "Une-fin"
    page.wait_for_function("() => !JSON.stringify(localStorage).includes('keep:')")
    expect(offered).to_have_count(0)

    # Saved as usual, nothing is offered.
    _type_a_subject(page, "Deux-fins")
    page.locator("footer button[type=submit]").first.click()
    page.locator(".messages .success").wait_for()
    page.wait_for_function("() => !JSON.stringify(localStorage).includes('keep:')")
    expect(offered).to_have_count(0)

    # The network goes away while a colleague saves, then submits.
    _type_a_subject(page, "Trois-fins")
    page.context.set_offline(True)
    page.locator("footer button[type=submit]").first.click()
    page.context.set_offline(False)
    draft = issue.get_latest_revision_as_object()
    draft.subject = "Celle d’une autre"
    draft.save_revision(user=write.editor)
    page.goto(edit)
    expect(offered).to_contain_text("Le brouillon a changé depuis.")
    offered.get_by_role("button", name="L’oublier").click()
    expect(offered).to_have_count(0)
    assert _kept(page) == 0

    # Autosaved: the server has it, the browser has not.
    settings.WAGTAIL_AUTOSAVE_INTERVAL = 300
    page.goto(edit)
    page.wait_for_timeout(2500)  # Wagtail pictures a form two seconds after it opens
    with page.expect_response(lambda one: one.request.method == "POST" and one.url.endswith("/edit/")):
        page.locator("#id_subject").fill("Quatre fins")
    page.wait_for_function("() => !JSON.stringify(localStorage).includes('keep:')")
    issue.refresh_from_db()
    assert _subject(issue) == "Quatre fins"

    # The session ends while she types: she is told at once, not when she sends.
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("#id_subject").fill("Cinq fins")
    expect(page.locator("[data-ended]")).to_contain_text("Votre session est finie")


def test_two_editors_see_each_other_and_what_is_frozen_takes_nothing(write, visit, signed_in, settings):
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 2000
    page, issue = write(), write.issue
    second = member("seconde", REDACTION)
    other = visit(f"/gestion/pages/{issue.pk}/edit/", storage_state=signed_in(second))
    for window, words, watcher, name in ((page, "Trop-tard", other, "Editrice"), (other, "Ailleurs", page, "Seconde")):
        _type_a_subject(window, words)
        told = watcher.locator(".w-editing-sessions").get_by_role("button", name=re.compile(f"{name}.*non enregistr"))
        expect(told).to_be_visible()
    submit_issue(issue=issue, user=second)
    page.locator("footer button[type=submit]").first.click()
    expect(page.locator(".messages")).to_contain_text("verrouill")
    page.wait_for_function("() => Object.keys(localStorage).some((name) => name.endsWith(':offered'))")  # she reads it
    issue.refresh_from_db()
    assert _subject(issue) != "Trop-tard"
    withdraw_submission(issue=issue, user=second, reason="Encore un mot.")
    page.goto(f"/gestion/pages/{issue.pk}/edit/")
    page.locator("[data-kept]").get_by_role("button", name="Reprendre mon texte").click()
    page.locator(".messages .success").wait_for()
    issue.refresh_from_db()
    assert _subject(issue) == "Trop-tard"
