"""Invitations as calendars really write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from commun.contributions.understanding import Field, Reason, calendars
from commun.contributions.understanding.feeds import read_feed
from tests.contributions.understanding.mails import calendar, event

NOW = datetime(2026, 11, 28, 8, tzinfo=UTC)


def _read(data: bytes, field: Field = Field.SESSION) -> list:
    found = calendars.read(data, received_at=NOW, time_zone="Europe/Paris")
    return [one.value for one in found if one.field is field]


def _spans(data: bytes) -> list[tuple[str, str]]:
    return [(one["start"][:16], one["end"][:16]) for one in _read(data)]


AT = ("DTSTART;TZID=Europe/Paris:20270114T183000", "DTEND;TZID=Europe/Paris:20270114T200000")


@pytest.mark.parametrize("fold", ["\r\n ", "\n ", "\r\n\t"])
def test_a_line_folded_inside_a_character_is_whole(fold):
    whole = calendar(event(*AT, "SUMMARY:La forêt communale"))
    for at in range(whole.index(b"SUMMARY") + 1, whole.index(b"communale")):
        data = whole[:at] + fold.encode() + whole[at:]
        assert _read(data, Field.TITLE) == ["La forêt communale"]


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "iso-8859-1", "utf-16"])
def test_the_words_are_read_whatever_the_charset(charset):
    data = calendar(event(*AT, "SUMMARY:La fête de l'été")).decode().encode(charset)
    assert _read(data, Field.TITLE) == ["La fête de l'été"]


def test_midnight_to_midnight_is_whole_days_on_the_clock_of_its_place():
    data = calendar(
        event("DTSTART;TZID=Indian/Reunion:20270517T000000", "DTEND;TZID=Indian/Reunion:20270519T000000", "SUMMARY:F")
    )
    assert [(one["start"][:16], one["end"][:16], one["all_day"]) for one in _read(data)] == [
        ("2027-05-17T00:00", "2027-05-18T23:59", True)
    ]


@pytest.mark.parametrize("method", ["REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"])
def test_an_answer_to_an_invitation_is_none(method):
    assert not list(
        calendars.read(calendar(event(*AT, "SUMMARY:A"), method=method), received_at=NOW, time_zone="Europe/Paris")
    )


@pytest.mark.parametrize(("method", "lines"), [("CANCEL", ()), ("REQUEST", ("STATUS:CANCELLED",))])
def test_what_is_called_off_says_so_and_gives_no_session_to_come(method, lines):
    data = calendar(event(*AT, "SUMMARY:A", *lines), method=method)
    found = list(calendars.read(data, received_at=NOW, time_zone="Europe/Paris"))
    assert [one.value for one in found if one.field is Field.CANCELLED] == [True]
    assert not [one for one in found if one.field is Field.SESSION and one.confidence >= 0.5]


def test_a_session_sent_alone_says_nothing_of_its_event():
    moved = event("RECURRENCE-ID;TZID=Europe/Paris:20270107T183000", *AT, "SUMMARY:A", "SEQUENCE:2")
    data = calendar(moved, method="CANCEL")
    found = list(calendars.read(data, received_at=NOW, time_zone="Europe/Paris"))
    assert not [one for one in found if one.field is Field.CANCELLED]
    assert [one.reason for one in found if one.field is Field.SESSION] == [Reason.CANCELLED]
    (known,) = calendars.invitations(data, received_at=NOW)
    assert (known.is_cancelled, known.sequence) == (False, 2)
    assert known.occurrences == (
        calendars.Occurrence("2027-01-07T17:30:00+00:00", "2027-01-14T17:30:00+00:00", 2, is_cancelled=True),
    )


def test_sessions_sent_without_their_event_are_each_as_they_say():
    both = [
        event(f"RECURRENCE-ID:202701{day}T173000Z", f"DTSTART:202701{day}T180000Z", "SUMMARY:A", *more)
        for day, more in (("14", ()), ("21", ("STATUS:CANCELLED",)))
    ]
    found = list(calendars.read(calendar(*both), received_at=NOW, time_zone="Europe/Paris"))
    assert [one.reason for one in found if one.field is Field.SESSION] == [Reason.CALENDAR, Reason.CANCELLED]


def test_a_session_called_off_without_its_hours_is_the_one_it_names():
    data = calendar(event("RECURRENCE-ID:20270114T173000Z", "SUMMARY:A"), method="CANCEL")
    assert [start for start, _ in _spans(data)] == ["2027-01-14T18:30"]


@pytest.mark.parametrize(
    "lines",
    [
        ("RECURRENCE-ID:20270114T173000Z", "RECURRENCE-ID:20270115T173000Z", AT[0]),
        ("RECURRENCE-ID:bientôt", AT[0]),
        ("RECURRENCE-ID:20270114T173000Z", "DTSTART:bientôt"),
        ("RECURRENCE-ID:20270114T173000Z", *AT, AT[0]),
        ("RECURRENCE-ID;TZID=Pacific/Auckland:00010101T000000", AT[0]),
    ],
)
def test_a_session_that_names_no_moment_is_no_invitation(lines):
    data = calendar(event(*lines, "SUMMARY:A"))
    assert calendars.invitations(data, received_at=NOW) == []
    assert len(list(calendars.read(data, received_at=NOW, time_zone="Europe/Paris"))) < 5


def test_of_two_versions_the_later_stands_whatever_their_order():
    first, second = event(*AT, "SUMMARY:A", "SEQUENCE:0"), event("DTSTART:20270121T180000Z", "SUMMARY:A", "SEQUENCE:1")
    for data in (calendar(first, second), calendar(second, first)):
        assert [start for start, _ in _spans(data)] == ["2027-01-21T19:00"]
        assert calendars.invitations(data, received_at=NOW) == [calendars.Invitation("e1@example.org", 1, False)]


def test_a_diary_of_fifty_thousand_events_gives_those_to_come():
    past = "".join(
        event("DTSTART:20190101T100000Z", "SUMMARY:Ancien", uid=f"{n}@example.org").replace("\n", "\r\n") + "\r\n"
        for n in range(50_000)
    )
    data = (
        b"BEGIN:VCALENDAR\r\n"
        + event(*AT, "SUMMARY:A venir", uid="z").replace("\n", "\r\n").encode()
        + b"\r\n"
        + past.encode()
    )
    assert _spans(data + b"END:VCALENDAR\r\n") == [("2027-01-14T18:30", "2027-01-14T20:00")]
    assert len(calendars.invitations(data, received_at=NOW)) <= calendars.MOST_EVENTS
    assert len(_spans(b"BEGIN:VCALENDAR\r\n" + past.encode())) <= calendars.MOST_SESSIONS


def test_a_meeting_that_began_years_ago_gives_what_is_still_to_come():
    data = calendar(
        event(
            "DTSTART;TZID=Europe/Paris:20200106T090000",
            "DTEND;TZID=Europe/Paris:20200106T100000",
            "RRULE:FREQ=MONTHLY",
            "SUMMARY:A",
        )
    )
    starts = [start for start, _ in _spans(data)]
    assert len(starts) == calendars.MOST_SESSIONS
    assert min(starts) >= "2026-11-27"


def test_of_a_feed_sessions_that_are_all_called_off_leave_no_event():
    at = ("RECURRENCE-ID:20270114T173000Z", "DTSTART:20270114T173000Z", "SUMMARY:A")
    for more, called_off in (("STATUS:CANCELLED", True), ("STATUS:CONFIRMED", False)):
        (entry,) = read_feed(calendar(event(*at, more)), received_at=NOW, time_zone="Europe/Paris")
        assert entry.is_cancelled is called_off
