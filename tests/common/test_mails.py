"""Mails of service: one text is written, both parts say the same, in the house's style."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.common import mails
from commun.common.prose import to_html

HOME = "https://reseau.example.org"
TEMPLATES = Path(__file__).parent.parent.parent / "templates"
ROOMS = ("contributions", "cooperation", "peers", "subscribers", "territories", "votes")


def html(text: str) -> str:
    return to_html(text, home=HOME).replace("\u00a0", " ")


def words(shown: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", shown))).strip()


def test_an_address_alone_becomes_a_link_named_by_the_sentence_before_it():
    said = html(f"Bonjour,\n\nVous avez voté. Voir le reçu :\n{HOME}/recu/1/\n\nMerci.")
    assert said == (
        "<p>Bonjour,</p>\n<p>Vous avez voté.</p>\n"
        f'<p class="action"><a href="{HOME}/recu/1/">Voir le reçu</a></p>\n<p>Merci.</p>'
    )


def test_lists_codes_and_line_breaks_are_kept():
    assert html("À lire :\n- Un guide (« l’eau »)\n  https://reseau.example.org/guide/\n– Autre") == (
        f'<p>À lire :</p>\n<ul><li><a href="{HOME}/guide/">Un guide (« l’eau »)</a></li><li>Autre</li></ul>'
    )
    assert html("    abricot tisane") == '<p class="apart">abricot tisane</p>'
    assert html("Une ligne\nune autre") == "<p>Une ligne<br>une autre</p>"


@pytest.mark.parametrize(
    "address",
    ["https://ailleurs.example.org/", f"{HOME}.ailleurs.example.org/", "javascript:alert(1)"],
)
def test_what_somebody_else_wrote_never_becomes_a_link(address):
    assert "<a" not in html(f"Cliquez ici :\n{address}")
    assert "<a" not in html("- <a href=x>Cliquez</a>")


@given(st.lists(st.sampled_from([*"ab <>&\"'-–:.\n/", "    ", f"\n{HOME}/x\n"]), max_size=60).map("".join))
def test_no_word_is_lost_and_nothing_written_is_markup(text):
    shown = to_html(text, home=HOME)
    assert set(re.findall(r"</?(\w+)", shown)) <= {"p", "br", "ul", "li", "a"}
    kept = re.sub(r"[\s:–-]", "", words(shown))
    for word in re.findall(r"[ab]+", text.replace(f"{HOME}/x", "")):  # an address may be named instead of shown
        assert word in kept


def test_both_parts_say_the_same_and_are_signed(mailoutbox, settings):
    settings.SITE_URL = HOME
    mails.post(
        template="subscribers/mail/preferences_link.txt", to="a@example.org", subject="Un\nlien  <b>", url=f"{HOME}/p/"
    )
    [mail] = mailoutbox
    assert mail.subject == "Un lien <b>"
    assert mail.body.endswith(f"rien n’a changé.\n\n{settings.SITE_NAME}\n{HOME}\n")
    [(shown, kind)] = mail.alternatives
    assert kind == "text/html"
    assert "<h1" in shown
    assert "Un lien &lt;b&gt;" in shown
    assert "Il permet de choisir vos thématiques" in shown
    assert len(shown.encode()) < 12_000
    assert "<img" not in shown
    assert len(re.findall(r'style="', shown)) > 5, "webmails that drop style sheets still show it"


@pytest.mark.parametrize("path", sorted(path for room in ROOMS for path in (TEMPLATES / room / "mail").iterdir()))
def test_every_link_of_a_mail_is_named_and_its_lines_are_not_cut(path):
    assert path.suffix == ".txt", "the HTML is made of the text"
    lines = path.read_text(encoding="utf-8").split("\n")
    for before, line in zip(["", *lines], lines, strict=False):
        if re.fullmatch(r"\{\{ (?:\w+_)?(?:url|link)(?: \}\}\S*)|\{\{ SITE_URL \}\}\S+", line):
            assert re.sub(r"\{%.*?%\}", "", before).endswith("\xa0:"), f"{line} has no name"
    for line, after in pairwise(lines):
        assert not (len(line) > 55 and after and re.search(r"[\wé,]$", line)), f"cut: {line}"
