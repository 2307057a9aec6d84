"""What understanding costs grows with what is read, which is bounded; asserted on what is given to whom, and on counts.

No clock: Python's steps are counted, and the expressions, whose steps nobody can count, are given bounded words only.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
import re._constants as sre
import re._parser as parser
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commun.contributions import understanding
from commun.contributions.understanding import Writing, calendars, days, hours, understand
from commun.contributions.understanding.text import LONGEST_GAP, LONGEST_WORD, readable
from commun.contributions.understanding.understanding import MOST_SIGNATURE, MOST_SUBJECT, MOST_TEXT

NOW = datetime(2026, 11, 24, tzinfo=UTC)
MODULES = [
    importlib.import_module(f"{understanding.__name__}.{module.name}")
    for module in pkgutil.iter_modules(understanding.__path__)
]
READERS = ["kinds", "organisations", "places", "sessions", "themes", "titles", "venues"]
PIECES = [
    "a",
    "A",
    "é",
    "1",
    " ",
    "\n",
    "-",
    "a ",
    "A ",
    "A-",
    "1 h ",
    "1h",
    "1/12 ",
    "12 mars ",
    "les 7 et ",
    "lundi ",
]
PIECES += ["à ", "Mairie de ", "35000 ", "du 1 au ", "- ", "l'", "(", "http://a.fr ", "www.a.fr/", "x@y.fr ", "lieu : "]


def writing(body: str) -> Writing:
    return Writing(
        subject=body, body=body, signature=body, html=body, sender_address="a@b.fr", sender_name="A", received_at=NOW
    )


def read(body: str) -> None:
    understand(writing(body), gazetteer=lambda names: {}, directory=lambda **asked: [])


def steps(act: Callable[[], object]) -> int:
    """How many times Python enters a function or goes on with a generator."""
    count = 0

    def entered(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(entered)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("piece", PIECES)
def test_twice_as_long_takes_twice_as_many_steps(piece):
    once, twice = (steps(lambda size=size: read((piece * size)[:size])) for size in (4_000, 8_000))
    assert twice <= 2.5 * once + 2_000


@pytest.mark.parametrize("piece", ["1 h ", "12 mars ", "lundi 7 décembre à 9h "])
def test_beyond_what_is_read_nothing_is(piece):
    size = 3 * MOST_TEXT
    read((piece * size)[:MOST_TEXT])  # what is loaded the first time
    assert steps(lambda: read((piece * size)[:size])) <= steps(lambda: read((piece * size)[:MOST_TEXT])) + 100


@pytest.mark.parametrize(
    "line",
    [b"BEGIN:VEVENT", b"BEGIN:VEVENT\r\nEND:VTIMEZONE", b"BEGIN:VEVENT\r\nX:1\r\nBEGIN:VTIMEZONE", b"END:VEVENT"],
)
def test_a_calendar_that_opens_and_never_ends_is_read_once(line):
    def opened(lines: int) -> int:
        data = (line + b"\r\n") * lines
        return steps(lambda: list(calendars.read(data, received_at=NOW, time_zone="Europe/Paris")))

    opened(10)  # what is loaded the first time
    assert opened(4_000) <= 2.5 * opened(2_000) + 500
    assert not list(calendars._blocks((line + b"\r\n") * 100))


def test_an_event_of_a_calendar_has_so_many_lines_and_they_are_so_long():
    data = b"BEGIN:VEVENT\n" + b"X:" + b"a" * 500_000 + b"\n" + b"Y:1\n" * 10_000 + b"END:VEVENT\n"
    [block] = calendars._blocks(data)
    lines = block.splitlines()
    assert len(lines) <= calendars.MOST_LINES + 2
    assert max(map(len, lines)) <= calendars.LONGEST_LINE
    assert lines[-1] == b"END:VEVENT"


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.text(max_size=9), st.sampled_from(["a" * 70, "1" * 200, " " * 90, "é" * 61, "_" * 80]))).map(
        "".join
    )
)
def test_what_is_read_has_no_endless_word_and_nothing_moves(text):
    found = readable(text)
    assert len(found) == len(text)
    assert all(b in (a, "_") for a, b in zip(text, found, strict=True))
    assert max(map(len, re.findall(r"[^\W_]+", found)), default=0) <= LONGEST_WORD
    assert max(map(len, re.findall(r"\s+", found)), default=0) <= LONGEST_GAP
    assert readable(found) == found
    if re.fullmatch(r"(?:[^\W_]{0,60}[^\w\s])*", text):
        assert found == text


def test_each_reader_is_given_what_is_readable_and_bounded(monkeypatch):
    seen: dict[str, Writing] = {}

    def noting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def noted(given: Writing, **options: Any) -> Any:
            seen[name] = given
            return real(given, **options)

        return noted

    for name in READERS:
        module = getattr(understanding.understanding, name)
        monkeypatch.setattr(module, "read", noting(name, module.read))
    read("a" * 1_000_000 + " " * 200 + "1" * 100_000)

    assert set(seen) == set(READERS)
    for found in seen.values():
        for text, most in ((found.body, MOST_TEXT), (found.subject, MOST_SUBJECT), (found.signature, MOST_SIGNATURE)):
            assert len(text) <= most
            assert text == readable(text)


# Expressions that are given a piece of a text, no longer than a line or two.
GIVEN_PIECES = {
    "days._BEFORE_NUMERIC", "kinds._COMPILED", "links._DULL", "links._VIDEO", "mentions._STREET_BEFORE",
    "places._POSTCODE_BEFORE", "sessions._TOLD", "titles._EMPTY", "titles._PREFIX", "venues._LABEL", "venues._STOP",
}  # fmt: skip
# What `readable` bounds: letters, figures and white space, each by itself.
BOUNDED = [r"[a-z]*", r"\s*", r" *", r"[^\W_]*", r"\d*"]


def compiled(value: Any) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict | list | tuple | set | frozenset):
        for one in value.values() if isinstance(value, dict) else value:
            yield from compiled(one)


def endless(tree: Any) -> Iterator[str]:
    """What an expression repeats without a bound."""
    for operation, value in tree:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            if value[1] is sre.MAXREPEAT:
                yield str(value[2])
            yield from endless(value[2])
        elif operation is sre.SUBPATTERN:
            yield from endless(value[3])
        elif operation is sre.BRANCH:
            for branch in value[1]:
                yield from endless(branch)
        elif operation in (sre.ASSERT, sre.ASSERT_NOT):
            yield from endless(value[1])


def test_no_expression_repeats_without_bound_what_may_be_endless():
    allowed = {one for pattern in BOUNDED for one in endless(parser.parse(pattern))}
    wide = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name, value in vars(module).items()
        for pattern in compiled(value)
        if isinstance(pattern.pattern, str) and set(endless(parser.parse(pattern.pattern))) - allowed
    }
    assert wide <= GIVEN_PIECES


@pytest.mark.parametrize("reader", [lambda text: days.read(text, today=NOW.date()), hours.read])
@pytest.mark.parametrize("piece", ["12 mars ", "9h-10h ", "du 1 au 2 mars "])
def test_what_one_reading_took_no_other_takes(reader, piece):
    found = reader(piece * 50)
    spans = sorted({(one.start, one.end) for one in found})
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
