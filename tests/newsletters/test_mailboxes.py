"""The letter as each mailbox shows it, from dated facts."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse

from commun.newsletters.engine import DjangoTemplates
from commun.newsletters.rendering import render_issue
from commun.newsletters.rendering.checks.documents import _Reader
from commun.newsletters.rendering.first_lines import first_lines
from commun.newsletters.rendering.mailboxes import GMAIL_CUTS, MAILBOXES, dropped, invert, shown_in
from tests.newsletters import samples

EMAIL = render_issue(content=samples.issue(), engine=DjangoTemplates(), personal=samples.PERSONAL).email


def shown(name, email=EMAIL):
    return shown_in(email=email, mailbox=MAILBOXES[name])


@pytest.mark.parametrize("name", sorted(MAILBOXES))
def test_each_keeps_the_words_and_says_what_it_is_and_is_not(name):
    page = shown(name)
    assert "À Bagneux, un lycée dessiné par ses futurs élèves" in page
    assert MAILBOXES[name].cannot in page.replace("&#x27;", "'")


def test_la_poste_drops_every_style_sheet_and_keeps_inline_styles():
    assert "html-style" in dropped(client="laposte", platform="desktop-webmail")
    page = shown("laposte")
    assert "<style" not in page.replace("<!--[if mso]><xml>", "").split("<![endif]-->")[-1]
    assert "background-color" in page


def test_orange_drops_round_corners_and_nothing_of_ours_that_it_keeps():
    page = shown("orange")
    assert "border-radius" not in re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    assert "background-color" in page


def test_outlook_reads_its_own_code_and_no_media_query():
    page = shown("outlook")
    assert '<table role="presentation" width="640"' in page
    assert "<!--[if mso]>" not in page
    assert "PixelsPerInch" not in page, "what it says to Word is no text"
    assert "@media" not in page


def test_forced_dark_turns_colours_over_and_stays_readable():
    assert invert("#ffffff") == "#121212"
    assert invert("#000") == "#ffffff"
    page = shown("sombre")
    assert "prefers-color-scheme" not in page
    reader = _Reader()
    reader.feed(page)
    assert not [words for words, ratio in reader.faint if ratio < 4]


def test_without_images_their_texts_stand_in_their_place():
    page = shown("sans-images")
    assert "<img" not in page
    assert "Des élèves devant une maquette" in page


def test_gmail_cuts_what_is_too_long_and_nothing_else():
    assert "[Message tronqué]" not in shown("gmail")
    long = EMAIL.replace("</body>", "<p>x</p>" * (GMAIL_CUTS // 8) + "</body>")
    assert "[Message tronqué]" in shown("gmail", long)


def test_lists_of_messages_are_dated_facts_with_their_source_or_say_there_is_none():
    lines = {one.slug: one for one in first_lines()}
    assert {"gmail-phone", "gmail", "outlook", "orange"} <= lines.keys()
    for one in lines.values():
        assert 20 <= one.subject <= 120
        assert one.read.year >= 2026
        assert all(source.startswith("https://") for source in one.sources)
    assert not lines["orange"].sources
    assert lines["orange"].subject == min(one.subject for one in lines.values() if one.slug in {"gmail", "outlook"})
    assert lines["gmail-phone"].subject < lines["gmail"].subject


@pytest.mark.django_db
def test_the_form_shows_the_first_line_and_what_each_view_stands_for(client, editor, issue, settings):
    settings.STAFF_MFA_REQUIRED = False
    settings.MAIL_FROM = "La lettre d’Exemple <lettre@example.org>"
    client.force_login(editor)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[issue.pk])).content.decode()
    lists = page.partition("data-letter-lists")[2].partition("</details>")[0]
    assert lists.count("La lettre d’Exemple") == len(first_lines())
    assert "personne n’en publie de mesure" in lists
    notes = json.loads(
        page.partition('<script id="letter-previews" type="application/json">')[2].partition("</script>")[0]
    )
    assert list(notes) == [slug for slug, _ in issue.preview_modes]
    assert all(len(note) > 40 for note in notes.values())


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(MAILBOXES))
def test_an_editor_sees_each_while_she_writes_and_once_it_is_frozen(client, editor, submitted, settings, name):
    settings.STAFF_MFA_REQUIRED = False
    client.force_login(editor)
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[submitted.pk]), {"mode": name})
    frozen = client.get(reverse("newsletters:document", args=[submitted.pk, name]))
    for answer in (draft, frozen):
        assert answer.status_code == 200
        assert "Grenoble" in answer.content.decode()
