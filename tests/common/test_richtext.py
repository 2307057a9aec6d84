"""Whatever becomes rich text can be opened by the editor of the administration, and keeps its words."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from wagtail.admin.rich_text import get_rich_text_editor_widget

from commun.cms.blocks import SHORT_TEXT_FEATURES, TEXT_FEATURES
from commun.common.richtext import from_html, from_text
from commun.newsletters.blocks import LETTER_FEATURES

FEATURES = [TEXT_FEATURES, SHORT_TEXT_FEATURES, LETTER_FEATURES]
CHARACTERS = ["\n", "\r\n", "\r", "\x0b", "\x0c", "\u2028", "\x00", "\x1b", "\x85", "\xa0", "\xad", "\u200b", "\u200d"]
CHARACTERS += [
    "\u202e",
    "\u200f",
    "\ufeff",
    "\ud800",
    "\U0010ffff",
    "\U0001f469\u200d\U0001f467",
    "مرحبا",
    "é",
    "   ",
    "\t",
]
SIGNS = ["<", ">", "&", "&amp;", '"', "'", "<br>", "</p>", "<p>", "<b>", "<li>", "<!--", "-->", "&#0;", "&#xD800;"]
LINES = ["- ", "• ", "-- \n", "1. ", "2) ", "1)\n", "\n\n", "\n \n", "=====", "> ", "a" * 5000]
ADDRESSES = ["www.exemple.fr", "https://exemple.fr/?a=1&b=<2>", "camille@exemple.fr", "http://[", "javascript:alert(1)"]
TRAPS = st.sampled_from([*CHARACTERS, *SIGNS, *LINES, *ADDRESSES])
TEXTS = st.lists(st.one_of(TRAPS, st.text(max_size=12)), max_size=25).map("".join)

NAMES = [
    "p",
    "b",
    "i",
    "em",
    "strong",
    "a",
    "br",
    "ul",
    "ol",
    "li",
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "div",
    "table",
    "script",
    "svg",
    "hr",
]
LINKS = [
    '<a href="https://x.fr">',
    '<a href="javascript:x">',
    '<a linktype="page" id="1">',
    '<a linktype="page" id="x">',
]
LINKS += ['<a linktype="document" id="99999999999999999999">', "<a linktype='page'>", "<a", '<embed id="1"/>']
TAGS = [*LINKS, "<br/>", "<p/>", '<p data-block-key="k1">']
TAGS += [f"<{end}{name}>" for name in NAMES for end in ("", "/")]
MARKUP = st.lists(st.one_of(st.sampled_from(TAGS), TRAPS, st.text(max_size=8)), max_size=25).map("".join)


def opened_and_saved(html: str, *, features: list[str]) -> str:
    """What the editor would send back, had one opened it and pressed *save*: Wagtail's own two conversions."""
    editor = get_rich_text_editor_widget("default", features=features)
    saved = editor.converter.to_database_format(editor.converter.from_database_format(html))
    saved = re.sub(r' data-block-key="\w+"', "", saved)
    return "" if saved == "<p></p>" else saved  # an editor left empty


def words(html: str) -> list[str]:
    return unescape(re.sub(r"<[^>]*>", " ", html)).split()


@pytest.mark.django_db
@settings(deadline=None, max_examples=300)
@given(text=TEXTS)
@example(text="Bonjour,\nVoici la photo.\n\n-- \nCamille Aubrac\nMairie d’Arbrissel\nhttps://arbrissel.example.org")
def test_any_text_is_opened_by_the_editor_and_saved_as_it_was(text):
    html = from_text(text)
    assert opened_and_saved(html, features=TEXT_FEATURES) == html


@settings(deadline=None, max_examples=300)
@given(markup=MARKUP, features=st.sampled_from(FEATURES))
@pytest.mark.django_db
def test_any_markup_is_opened_by_every_editor_and_keeps_its_words(markup, features):
    html = from_html(markup)
    assert words(opened_and_saved(html, features=features)) == words(html)
    assert from_html(html) == html


@settings(deadline=None, max_examples=300)
@given(text=TEXTS)
def test_only_known_tags_and_web_addresses_come_out_of_a_text(text):
    html = from_text(text)
    assert set(re.findall(r"</?(\w+)", html)) <= {"p", "br", "a", "ul", "ol", "li"}
    assert all(url.startswith(("http://", "https://", "mailto:")) for url in re.findall(r'href="([^"]*)"', html))


@settings(deadline=None, max_examples=300)
@given(
    paragraphs=st.lists(
        st.lists(
            st.lists(st.text("aezé<&", min_size=1, max_size=9), min_size=1, max_size=4).map(" ".join),
            min_size=1,
            max_size=4,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_words_paragraphs_and_lines_are_those_of_the_text(paragraphs):
    html = from_text("\r\n\r\n".join("\r\n".join(lines) for lines in paragraphs))
    found = [part.split("<br/>") for part in re.findall(r"<p>(.*?)</p>", html)]
    assert [[unescape(line) for line in lines] for lines in found] == paragraphs


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        (" \n\t\n \xa0", ""),
        ("Un\nDeux\n\n\n\nTrois", "<p>Un<br/>Deux</p><p>Trois</p>"),
        ("Voici :\n- du pain\n- du sel\nMerci", "<p>Voici :</p><ul><li>du pain</li><li>du sel</li></ul><p>Merci</p>"),
        ("1. Semer\n2) Arroser", "<ol><li>Semer</li><li>Arroser</li></ol>"),
        ("3. Semer\n4. Arroser", "<p>3. Semer<br/>4. Arroser</p>"),  # a list would count from one
        ("- Bonjour.", "<p>- Bonjour.</p>"),
        ("-- \nCamille", "<p>--<br/>Camille</p>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("www.exemple.fr", '<p><a href="http://www.exemple.fr">www.exemple.fr</a></p>'),
        ("cod\u202efdp", "<p>codfdp</p>"),
    ],
)
def test_a_text_reads_as_it_was_written(text, html):
    assert from_text(text) == html


@pytest.mark.parametrize(
    ("broken", "html"),
    [
        ("<p>Un<br>Deux</p>", "<p>Un<br/>Deux</p>"),
        ("<p>Un <b>deux<p>trois</b></p>", "<p>Un <b>deux</b></p><p><b>trois</b></p>"),
        ("<li>seul</li>", "<p>seul</p>"),
        ("<ul>bout<li><p>un</p><p>deux</p></li></ul>", "<ul><li>bout</li><li>un<br/>deux</li></ul>"),
        ('<a linktype="page" id="3">page</a>', '<p><a linktype="page" id="3">page</a></p>'),
        ('<a href="javascript:x">x</a><script>y</script>', "<p>x</p>"),
    ],
)
def test_broken_markup_is_mended(broken, html):
    assert from_html(broken) == html


@pytest.mark.django_db
@pytest.mark.parametrize("features", FEATURES)
@settings(deadline=None, max_examples=150)
@given(stored=MARKUP)
@example(stored="<p>Un<br>Deux</p>")
@example(stored="<li>seul</li>")
def test_whatever_is_stored_the_editor_opens(features, stored):
    state = json.loads(get_rich_text_editor_widget("default", features=features).format_value(stored))
    assert isinstance(state["blocks"], list)


@pytest.mark.django_db
def test_what_editors_wrote_keeps_the_keys_of_its_blocks():
    editor = get_rich_text_editor_widget("default", features=TEXT_FEATURES)
    state = json.loads(editor.format_value('<p data-block-key="abcde">Un<br/>deux</p>'))
    assert [(block["key"], block["text"]) for block in state["blocks"]] == [("abcde", "Un\ndeux")]


def _block(text, kind="unstyled", **more):
    return {"key": "a1", "text": text, "type": kind, "depth": 0, "inlineStyleRanges": [], "entityRanges": []} | more


def _sent(*blocks, entities=None):
    return json.dumps({"blocks": list(blocks), "entityMap": entities or {}})


@pytest.mark.parametrize(
    "sent",
    [
        _sent(_block("La rue", "header-one")),
        _sent(_block("La rue", "code-block")),
        _sent(_block("La rue", "atomic")),
        _sent(_block("La rue", depth=9, kind="unordered-list-item")),
        _sent(_block("La rue", inlineStyleRanges=[{"offset": 0, "length": 600, "style": "COLOR_red"}])),
        _sent(_block("La rue", entityRanges=[{"offset": 0, "length": 2, "key": 7}])),
        _sent(
            _block("La rue", entityRanges=[{"offset": 0, "length": 2, "key": 0}]),
            entities={"0": {"type": "EMBED", "mutability": "IMMUTABLE", "data": {}}},
        ),
        _sent(
            _block("La rue", entityRanges=[{"offset": 0, "length": 2, "key": 0}]),
            entities={"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"href": "https://example.org/"}}},
        ),
        _sent({"text": "La rue"}),
        '{"blocks": [{"text": "La rue"',
        "La rue",
    ],
)
def test_whatever_a_paste_left_in_the_editor_is_saved_with_its_words_and_opens_again(sent):
    widget = get_rich_text_editor_widget(features=LETTER_FEATURES)
    saved = widget.value_from_datadict({"texte": sent}, {}, "texte")
    assert "La rue" in unescape(re.sub(r"<[^>]*>", "", saved))
    opened = json.loads(widget.format_value(saved))
    assert "La rue" in " ".join(block["text"] for block in opened["blocks"])
    assert "javascript" not in saved
