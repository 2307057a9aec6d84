"""What is understood of the labelled messages, and that nothing anybody writes stops it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commun.contributions.understanding import Field, Where, calendars
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


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=DAILY;COUNT=10000",
        "RRULE:FREQ=SECONDLY",
        "RDATE:" + ",".join(f"2027{month:02d}{day:02d}T100000Z" for month in range(1, 13) for day in range(1, 29)) * 30,
        "EXDATE:20270105T100000Z\r\n" * 10_000 + "RRULE:FREQ=DAILY",
    ],
    ids=["ten thousand", "every second for ever", "ten thousand dates", "ten thousand exceptions"],
)
def test_an_invitation_that_recurs_ten_thousand_times_gives_a_few_sessions(rule):
    event = f"BEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Atelier\r\nDTSTART:20270104T100000Z\r\n{rule.strip()}\r\nEND:VEVENT\r\n"
    data = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n".encode()
    found = list(calendars.read(data, received_at=datetime(2026, 11, 24, tzinfo=UTC), time_zone="Europe/Paris"))
    assert len([one for one in found if one.field is Field.SESSION]) <= calendars.MOST_SESSIONS
