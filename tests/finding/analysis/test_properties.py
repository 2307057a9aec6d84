"""What must hold of the reading of any text."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from commun.common.spelling import forgiven
from commun.finding.analysis import (
    best_extract,
    closest,
    marked,
    normalised,
    read_question,
    roots_in,
    searched_roots,
    spellings_in,
    tell,
)
from commun.finding.analysis.words import words_in

french = st.text(alphabet="aàâbcçdeéèêfghiïjklmnoôœpqrstuùvwxyz'’-  ", max_size=60)
anything = st.text(max_size=200) | french
words = st.text(alphabet="abcdeilmnorstu", min_size=1, max_size=12)


@given(french)
def test_capitals_accents_and_ways_to_write_them_change_nothing(text):
    roots = list(searched_roots(text))
    assert list(searched_roots(text.upper())) == roots
    assert list(searched_roots(unicodedata.normalize("NFD", text))) == roots
    bare = "".join(one for one in unicodedata.normalize("NFD", text) if not unicodedata.combining(one))
    assert list(searched_roots(bare)) == roots


@given(anything)
def test_what_says_something_can_be_looked_for(text):
    assert set(roots_in(text)) <= set(searched_roots(text))
    assert set(spellings_in(text)) <= {word.root for word in words_in(text)}


@given(anything, anything)
def test_marking_loses_no_character_and_marks_words_of_the_question_alone(text, asked):
    roots = set(searched_roots(asked)) | set(list(searched_roots(text))[::3])
    pieces = marked(text, roots=roots)
    assert "".join(piece.text for piece in pieces) == normalised(text)
    for piece in pieces:
        assert piece.text
        assert not piece.hit or {word.root for word in words_in(piece.text)} & roots


@given(anything, anything)
def test_an_extract_is_a_part_of_the_text_and_shows_a_word(text, asked):
    roots = set(searched_roots(asked))
    pieces = best_extract(text, roots=roots, wide=80)
    shown = "".join(piece.text for piece in pieces if piece.text not in {"… ", " …"})
    assert shown in normalised(text)
    assert len(shown) <= 80 or any(piece.hit for piece in pieces)
    assert not pieces or any(piece.hit for piece in pieces)


@given(anything)
def test_any_question_is_read_within_bounds(typed):
    question = read_question(typed * 20)
    assert len(question.text) <= 200
    assert len(question.terms) <= 12
    assert len({term.root for term in question.terms}) == len(question.terms)
    assert question.text == read_question(question.text).text
    assert question.text.isprintable() or not question.text.isascii()


@given(words, st.lists(words, max_size=20))
def test_close_words_are_other_words_at_a_distance_that_is_forgiven(word, known):
    found = closest(word, known)
    assert len({far for _, far in found}) <= 1
    assert all(one in known and one != word and 0 < far <= forgiven(word) for one, far in found)


@given(st.lists(anything, min_size=4, max_size=4), st.data())
def test_any_word_that_found_a_document_is_marked_once_at_least(texts, data):
    title, summary, body, name = texts
    roots = sorted({root for text in texts for root in searched_roots(text)})
    if not roots:
        return
    root = data.draw(st.sampled_from(roots))
    told = tell(title=title, summary=summary, body=body, named=[("Lieu", name)], sought=[{root}])
    pieces = [*told.title, *told.summary, *told.extract, *(piece for _, found in told.named for piece in found)]
    assert [piece for piece in pieces if piece.root == root]
