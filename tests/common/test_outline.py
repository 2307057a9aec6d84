"""Headings of a body, whatever was typed or pasted."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.common.outline import outlined


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("<h3>Une</h3><p>…</p><h4>Deux</h4><h3>Trois</h3>", "<h2>Une</h2><p>…</p><h3>Deux</h3><h2>Trois</h2>"),
        ("<h2>Une</h2><h4 class='x'>Deux</h4>", "<h2>Une</h2><h3 class='x'>Deux</h3>"),
        ("<h3>Avant</h3><h2>Partie</h2><h3>Sous-partie</h3>", "<h2>Avant</h2><h2>Partie</h2><h3>Sous-partie</h3>"),
        ("<h2 id='a'>Une</h2><h3>Deux</h3>", "<h2 id='a'>Une</h2><h3>Deux</h3>"),
        ("<header><hr><html></header>", "<header><hr><html></header>"),
        ("</h3>", "</h3>"),
        ("<h1>Titre</h1><h2>Une</h2><h4>Deux</h4>", "<h1>Titre</h1><h2>Une</h2><h3>Deux</h3>"),
    ],
)
def test_no_level_is_missing(written, told):
    assert outlined(written) == told


@given(st.lists(st.integers(2, 6), max_size=12))
def test_every_outline_begins_at_two_goes_down_by_one_and_keeps_what_stands_under_what(levels):
    told = outlined("".join(f"<h{level}>x</h{level}>" for level in levels))
    found = [int(level) for level in re.findall(r"<h(\d)>x</h\1>", told)]
    assert len(found) == len(levels)
    for before, after in zip([1, *found], found, strict=False):
        assert 2 <= after <= before + 1
    for place in range(1, len(levels)):
        if levels[place] > levels[place - 1]:
            assert found[place] == found[place - 1] + 1
        elif levels[place] == levels[place - 1]:
            assert found[place] == found[place - 1]
