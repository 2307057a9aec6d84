"""What nobody sees does not come in by a name, and no text turns its reader round."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.common.characters import clean_name, clean_text

HIDDEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200c\u200e\u200f\u061c\u2060\ufeff\xad\u180e"
HIDDEN += "\u3164\u2800\U000e0041\ue000\x00\x1b\x7f\x9f"


@given(name=st.text(), places=st.lists(st.tuples(st.integers(0, 20), st.sampled_from(HIDDEN))))
def test_a_name_with_hidden_characters_is_the_name_without_them(name, places):
    hiding = list(clean_name(name))
    for place, character in places:
        hiding.insert(place, character)
    seen = unicodedata.normalize("NFC", "".join(hiding)).translate(dict.fromkeys(map(ord, HIDDEN)))
    assert clean_name("".join(hiding)) == clean_name(seen)


@given(name=st.text())
def test_a_clean_name_is_one_line_that_stays_as_it_is(name):
    clean = clean_name(name)
    assert clean == clean_name(clean)
    assert clean == " ".join(clean.split())
    assert not {unicodedata.category(c) for c in clean.replace("\u200d", "")} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    clean.encode()


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("rapport\u202efdp.exe", "rapportfdp.exe"),
        ("Cami\u200blle\u2069 Aubrac", "Camille Aubrac"),
        ("  Jean\n\tPaul\xa0 Noël ", "Jean Paul Noël"),
        ("Cafe\u0301", "Café"),
        ("محمد", "محمد"),
        ("👩\u200d👩\u200d👧 famille", "👩\u200d👩\u200d👧 famille"),
        ("🏳️\u200d🌈", "🏳️\u200d🌈"),
        ("a\u200db", "ab"),
        ("\u200b\u2060\u3164", ""),
    ],
)
def test_a_name_is_what_one_sees(written, shown):
    assert clean_name(written) == shown


@given(text=st.text())
def test_a_clean_text_holds_nothing_that_turns_a_line_or_stops_a_database(text):
    clean = clean_text(text)
    assert clean == clean_text(clean)
    assert not set(clean) & set(
        "\x00\r\x0b\x0c\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff"
    )
    clean.encode()


def test_a_text_keeps_its_lines_and_its_language():
    assert clean_text("un\r\ndeux\rtrois\u2028quatre") == "un\ndeux\ntrois\nquatre"
    assert clean_text("مرحبا \u200fبكم 👩\u200d👧") == "مرحبا \u200fبكم 👩\u200d👧"
