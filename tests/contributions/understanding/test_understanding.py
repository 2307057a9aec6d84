"""What is understood of the labelled messages, and that nothing anybody writes stops it."""

from __future__ import annotations

import pytest

from commun.contributions.understanding import Field, Where
from tests.contributions.understanding.labelled import CASES
from tests.contributions.understanding.measuring import measure, read

# What an editor may count on; `python -m benchmarks.bench_understanding` prints today's figures.
WANTED = {
    "kind": (0.9, 0.9),
    "title": (0.95, 0.95),
    "sessions": (0.95, 0.95),
    "deadline": (0.95, 0.9),
    "territories": (0.92, 0.85),
    "organisation": (0.95, 0.95),
    "theme": (0.9, 0.9),
    "links": (0.95, 0.95),
}


@pytest.mark.parametrize("name", WANTED)
def test_the_labelled_messages_are_understood(name):
    score = measure()[name]
    precision, recall = WANTED[name]

    assert score.precision >= precision, score.misses
    assert score.recall >= recall, score.misses


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_piece_of_evidence_lies_in_the_text_it_names(case):
    texts = {
        Where.SUBJECT: case.title if case.subject is None else case.subject,
        Where.BODY: case.body,
        Where.SIGNATURE: case.signature,
    }
    for suggestion in read(case).suggestions:
        for span in suggestion.evidence:
            if span.where in texts:
                assert texts[span.where][span.start : span.end].strip(), suggestion


def test_a_title_is_written_where_its_evidence_says():
    case = next(case for case in CASES if case.title.startswith("Guide du budget"))
    best = read(case).best(Field.TITLE)

    assert case.subject[best.evidence[0].start : best.evidence[0].end] == best.value
