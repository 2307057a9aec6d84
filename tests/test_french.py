"""What people read is written by `commun.common.french` alone: nothing else words a date, a number or a plural."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from commun.common import french
from tools import spaces

ROOT = Path(__file__).parent.parent

# Django's own would say "1 décembre", "15:00", "1 lignes": theirs are for machines alone (`datetime="…"`).
_FILTERS = re.compile(
    r"\|(?:date(?!:['\"](?:c|Y-m-d)['\"])|time|timesince|timeuntil|naturaltime|naturalday|filesizeformat|floatformat"
    r"|pluralize|intcomma|intword|ordinal|apnumber)\b(?!=)"
)
_PLURAL_BY_HAND = re.compile(
    r"\{\{ [\w.]+(?:\|number)? \}\}(?: |&nbsp;)(?:jours|heures|minutes|mois|personnes|messages)\b"
)
# Names from the register of places, or from a keyboard, with their straight apostrophes.
_NAME = re.compile(
    r"\{\{ (?:\w+\.)*(?:organisation|territory|place|elector|partner|contributor|departement|epci)\.(?:label|name) \}\}"
)
_PREPOSED = re.compile(r"\b(?:de|que)(?: |&nbsp;)\{\{ (?:[\w.]+\|name|SITE_NAME) \}\}")

_PYTHON = re.compile(
    r"date_format|time_format|strftime|timesince|naturaltime|filesizeformat|:%[aAbBcdHIjmMpSUwWxXyY-]|[:,],\}"
)
# For machines: a database, a file's name, a signature, an export, a form's value.
MACHINES = {
    "commun/website/open/dumps.py": "the name of a version",
    "commun/common/clock.py": "SQLite's own instant",
    "commun/common/french.py": "the one place",
    "commun/config/settings.py": "what pickers of dates write in their input",
    "commun/contributions/understanding/calendars.py": "a rule of iCalendar",
    "commun/contributions/views/values.py": "the value of an input of hours",
    "commun/mailing/admin/sends.py": "a file for whoever looks in a relay's log, in UTC",
    "commun/mailing/delivery/recovery.py": "the name of a file",
    "commun/mailing/services/audience.py": "SQLite's own instant",
    "commun/mailing/services/feedback.py": "evidence, in UTC, as logs have it",
    "commun/mailing/services/returns.py": "evidence, in UTC, as logs have it",
    "commun/votes/chain.py": "what is hashed",
    "commun/website/views/machines.py": "security.txt",
}
# Rendered by a pure engine from content that was named when it was frozen.
_FROZEN = ("templates/newsletters/blocks/", "templates/newsletters/parts/", "templates/newsletters/documents/")


def _templates() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"}:
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


# The day of an instant, in UTC: yesterday's for whoever reads it after midnight in Paris.
_DAY_OF_AN_INSTANT = re.compile(r"\b(?:now|today|at|\w+_at|now\(\))\.date\(\)")
# These are given instants on the clock they are read on, or choose among days with a month to spare.
_ON_A_CLOCK = {
    "commun/common/french.py",
    "commun/contributions/understanding/calendars.py",
    "commun/newsletters/holidays.py",
}


def test_no_day_is_taken_from_an_instant_but_on_a_clock():
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "commun").rglob("*.py")
        if _DAY_OF_AN_INSTANT.search(path.read_text(encoding="utf-8"))
    }
    assert found == _ON_A_CLOCK


@pytest.mark.parametrize(
    "word", ["day", "month", "short_month", "weekday_moment", "weekday_name", "hour", "short_moment"]
)
def test_while_tests_run_no_instant_is_worded_in_utc(word):
    instant = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
    with pytest.raises(AssertionError, match="in UTC"):
        getattr(french, word)(instant)
    assert getattr(french, word)(timezone.localtime(instant))


@pytest.mark.parametrize("forbidden", [_FILTERS, _PLURAL_BY_HAND], ids=["filters", "plurals"])
def test_no_template_words_a_date_a_number_or_a_plural_by_itself(forbidden):
    found = [f"{path}: {hit[0]}" for path, text in _templates() for hit in forbidden.finditer(text)]
    assert not found, "use the filters of commun/common/templatetags/french.py"


@pytest.mark.parametrize("forbidden", [_NAME, _PREPOSED], ids=["apostrophes", "elisions"])
def test_names_are_shown_through_a_filter(forbidden):
    found = [
        f"{path}: {hit[0]}"
        for path, text in _templates()
        if not path.startswith(_FROZEN)
        for hit in forbidden.finditer(text)
    ]
    assert not found, "use |name, |of or |that"


def test_no_python_words_a_date_or_a_number_by_itself():
    said = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "commun").rglob("*.py")
        if "migrations" not in path.parts
        for line in path.read_text(encoding="utf-8").splitlines()
        if _PYTHON.search(line) and 'format="%' not in line
    }
    assert said == set(MACHINES), "use commun.common.french; what is for machines is listed here, with its reason"


@pytest.mark.parametrize(
    "text",
    ['{{ at|date:"j F Y" }}', "{{ at|time }}", "{{ n|pluralize }}", "{{ at|timesince }}", "{{ n|floatformat:1 }}"],
)
def test_the_rule_sees_what_it_forbids(text):
    assert _FILTERS.search(text)
    assert not _FILTERS.search('{{ at|date:"c" }} {{ at|date:\'Y-m-d\' }} {{ at|day }} {{ n|count:"jour" }}')


@pytest.mark.parametrize(
    ("kind", "source", "right"),
    [
        (
            ".html",
            '<p title="Quoi ?">{{ n }} % {# a : b #}</p>',
            '<p title="Quoi&nbsp;?">{{ n }}&nbsp;% {# a : b #}</p>',
        ),
        (
            ".html",
            "<script>a ? b : c</script> « {{ a }} » !",
            "<script>a ? b : c</script> «&nbsp;{{ a }}&nbsp;»&nbsp;!",
        ),
        (
            ".html",
            '{{ n|count:"a : b" }}<a class="x : y">1 h</a>',
            '{{ n|count:"a~: b" }}<a class="x : y">1&nbsp;h</a>',
        ),
        (
            ".txt",
            "Voir {# a ? #}:\n{{ url }} : {% if a %} ;{% endif %}",
            "Voir {# a ? #}:\n{{ url }}~: {% if a %}~;{% endif %}",
        ),
        (".md", "Quoi ? `a : b`\n\n| a |\n| : |", "Quoi~? `a : b`\n\n| a |\n| : |"),
        (".js", "a ? `x : ${b ? `y : ` : c} ;` : 'd !' // e ?", "a ? `x~: ${b ? `y~: ` : c}~;` : 'd~!' // e ?"),
        (".po", 'msgid "A ?"\nmsgstr "B ?"', 'msgid "A ?"\nmsgstr "B~?"'),
        (
            ".py",
            'def f():\n    """A : b."""\n    return f"{a : >3} : {b}"',
            'def f():\n    """A : b."""\n    return f"{a : >3}~: {b}"',
        ),
        (
            ".py",
            'x = ("a "\n    ": b", r"a : b", b"a : b", "n\\n : ?\\n")',
            'x = ("a~"\n    ": b", r"a : b", b"a : b", "n\\n :~?\\n")',
        ),
    ],
)
def test_spaces_are_bound_in_what_is_read_alone(kind, source, right):
    assert spaces.typeset(source, kind) == right.replace("~", spaces.NBSP)
    assert not spaces.breaking(spaces.typeset(source, kind), kind)
