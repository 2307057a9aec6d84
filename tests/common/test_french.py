"""French as it is written on screens and in letters."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.template import Context, Template
from hypothesis import given
from hypothesis import strategies as st

from commun.common import french

AT = datetime(2027, 3, 1, 15, 30)  # noqa: DTZ001 - already on the reader's clock


def test_the_first_of_a_month_is_ordinal():
    first = date(2026, 12, 1)
    assert french.day(first) == "1er\u00a0décembre 2026"
    assert french.short_day(first) == "1er\u00a0décembre"
    assert french.weekday(first) == "mardi 1er\u00a0décembre 2026"
    assert french.day(date(2026, 12, 11)) == "11\u00a0décembre 2026"
    assert french.month(first) == "décembre 2026"
    assert french.short_month(first) == "déc. 2026"


def test_hours_are_written_one_way_and_without_seconds():
    assert french.hour(time(15)) == "15\u00a0h"
    assert french.hour(time(15, 30)) == "15\u00a0h\u00a030"
    assert french.hour(time(9, 5, 59)) == "9\u00a0h\u00a005"
    assert french.moment(AT.replace(second=12)) == "1er\u00a0mars 2027 à 15\u00a0h\u00a030"
    assert french.short_moment(AT) == "1er\u00a0mars à 15\u00a0h\u00a030"
    assert french.weekday_moment(AT) == "lundi 1er\u00a0mars 2027 à 15\u00a0h\u00a030"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2022, 11, 29), date(2022, 11, 29), "Mardi 29\u00a0novembre 2022"),
        (date(2022, 12, 7), date(2022, 12, 10), "Du 7 au 10\u00a0décembre 2022"),
        (date(2022, 11, 30), date(2022, 12, 1), "Du 30\u00a0novembre au 1er\u00a0décembre 2022"),
        (date(2022, 12, 1), date(2022, 12, 2), "Du 1er au 2\u00a0décembre 2022"),
        (date(2022, 12, 30), date(2023, 1, 2), "Du 30\u00a0décembre 2022 au 2\u00a0janvier 2023"),
    ],
)
def test_days_are_said_in_full_words(first, last, said):
    assert french.days(first, last) == said


def test_hours_are_said_of_one_day_alone():
    assert french.span(AT, AT.replace(hour=17)) == "Lundi 1er\u00a0mars 2027, de 15\u00a0h\u00a030 à 17\u00a0h\u00a030"
    assert french.span(AT, AT + timedelta(days=1)) == "Du 1er au 2\u00a0mars 2027"
    assert french.long_span(AT, AT + timedelta(days=1)) == (
        "Du 1er\u00a0mars à 15\u00a0h\u00a030 au 2\u00a0mars 2027 à 15\u00a0h\u00a030"
    )
    assert french.long_span(AT, AT.replace(year=2028)).startswith("Du 1er\u00a0mars 2027 à 15")
    terms = {365: "1 an", 3 * 365: "3 ans", 3 * 366: "3 ans", 30: "30 jours", 1: "1 jour", 400: "400 jours"}
    assert {days: french.term(timedelta(days=days)) for days in terms} == terms
    assert french.span(AT, AT, all_day=True) == "Lundi 1er\u00a0mars 2027"


@pytest.mark.parametrize(
    ("gone", "said"),
    [(-1, "aujourd’hui"), (0, "aujourd’hui"), (1, "hier"), (2, "il y a 2 jours"), (1500, "il y a 1\u202f500 jours")],
)
def test_nothing_is_zero_days_old(gone, said):
    assert french.age(date(2027, 3, 1) - timedelta(days=gone), today=date(2027, 3, 1)) == said


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (timedelta(minutes=-3), "à l’instant"),
        (timedelta(seconds=59), "à l’instant"),
        (timedelta(minutes=1, seconds=59), "il y a 1 minute"),
        (timedelta(minutes=5), "il y a 5 minutes"),
        (timedelta(hours=23), "il y a 23 heures"),
        (timedelta(hours=24), "hier"),
        (timedelta(days=3), "il y a 3 jours"),
    ],
)
def test_short_spans_are_said_in_minutes_and_hours(gone, said):
    assert french.ago(AT - gone, now=AT) == said


def test_a_delay_is_said_in_its_largest_unit():
    assert french.spell(timedelta(seconds=3)) == "moins d’une minute"
    assert french.spell(timedelta(minutes=90)) == "1 heure"
    assert french.spell(timedelta(days=2, hours=5)) == "2 jours"


def test_numbers_have_narrow_spaces_and_a_comma():
    assert french.number(36325) == "36\u202f325"
    assert french.number(1234567.5, decimals=1) == "1\u202f234\u202f567,5"
    assert french.number(-1500) == "−1\u202f500"
    assert french.number(-0.2) == french.number(0) == "0"


@given(st.integers())
def test_no_digit_of_a_number_is_lost(value):
    assert int(french.number(value).replace("\u202f", "").replace("−", "-")) == value


def test_a_share_that_is_more_than_nothing_is_not_written_zero():
    assert french.percent(3 / 36325 * 100, decimals=1) == "moins de 0,1\u00a0%"
    assert french.percent(0.2) == "moins de 1\u00a0%"
    assert french.percent(0, decimals=1) == "0\u00a0%"
    assert french.percent(50, decimals=1) == "50\u00a0%"
    assert french.percent(100) == "100\u00a0%"
    assert french.percent(12.54, decimals=1) == "12,5\u00a0%"


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0\u00a0octet"),
        (2, "2\u00a0octets"),
        (340 * 1024, "340\u00a0ko"),
        (int(1.2 * 1024**2), "1,2\u00a0Mo"),
        (2 * 1024**2, "2\u00a0Mo"),
        (25 * 1024**2, "25\u00a0Mo"),
        (1500 * 1024**3, "1\u202f500\u00a0Go"),
    ],
)
def test_files_weigh_octets(size, said):
    assert french.weight(size) == said


def test_the_plural_begins_at_two():
    assert french.count(0, "ligne lue") == "0 ligne lue"
    assert french.count(1, "ligne lue") == "1 ligne lue"
    assert french.count(36325, "ligne lue") == "36\u202f325 lignes lues"
    assert french.count(2, "mois") == "2 mois"
    assert french.plural(1, "est réglé|sont réglés") == "est réglé"
    assert french.plural(3, "est réglé|sont réglés") == "sont réglés"
    assert (french.rank(1), french.rank(2)) == ("1re", "2e")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Arbrissel", "d’Arbrissel"),
        ("Lyon", "de Lyon"),
        ("Épinal", "d’Épinal"),
        ("Œuilly", "d’Œuilly"),
        ("Le Havre", "du Havre"),
        ("Les Ulis (Essonne)", "des Ulis (Essonne)"),
        ("La Rochelle", "de La Rochelle"),
        ("L'Haÿ-les-Roses", "de L’Haÿ-les-Roses"),
        ("Lesparre-Médoc", "de Lesparre-Médoc"),
        ("Hennebont", "d’Hennebont"),
        ("Hérault", "d’Hérault"),
        ("Haguenau", "de Haguenau"),
        ("Hauts-de-Seine", "de Hauts-de-Seine"),
        ("Hochfelden", "de Hochfelden"),
        ("Ham", "de Ham"),
        ("Hambye", "d’Hambye"),
        ("Yvetot", "d’Yvetot"),
        ("Yutz", "de Yutz"),
        ("Ouistreham", "de Ouistreham"),
        ("Ouessant", "d’Ouessant"),
        ("Communauté de communes du Pays", "de la Communauté de communes du Pays"),
        ("Syndicat des eaux", "du Syndicat des eaux"),
        ("Agence de l'eau", "de l’Agence de l’eau"),
        ("CA Pau Béarn", "de la CA Pau Béarn"),
        ("Ville (Oise)", "de Ville (Oise)"),
        ("Centre-Val de Loire", "de Centre-Val de Loire"),
    ],
)
def test_names_are_elided_and_articles_contracted(name, said):
    assert french.of(name) == said


def test_que_elides_before_a_vowel():
    assert french.that("Arbrissel") == "qu’Arbrissel"
    assert french.that("Territoires en Commun") == "que Territoires en Commun"
    assert french.that("Haguenau") == "que Haguenau"


def test_apostrophes_in_names_are_curved_and_those_that_quote_are_left():
    assert french.name("L'Haÿ-les-Roses (Val-d'Oise)") == "L’Haÿ-les-Roses (Val-d’Oise)"
    assert french.name("'sic'") == "'sic'"


def test_templates_say_it_on_the_clock_of_paris_and_escape_what_they_show():
    said = Template(
        "{{ at|moment }}, {{ at|hour }}, {{ none|day }}{{ none|hour }}, {{ place|of }}, {{ n|count:'jour' }}"
    )
    at = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)
    assert said.render(Context({"at": at, "none": None, "place": "<b>Eu", "n": 2})) == (
        "2\u00a0mars 2027 à 0\u00a0h\u00a030, 0\u00a0h\u00a030, , de &lt;b&gt;Eu, 2 jours"
    )


def test_templates_know_the_age_of_an_instant(monkeypatch):
    monkeypatch.setattr("commun.common.clock.now", lambda: datetime(2027, 3, 2, 8, tzinfo=UTC))
    monkeypatch.setattr("commun.common.clock.today", lambda: date(2027, 3, 2))
    said = Template("{{ at|ago }}, {{ at|waited }}, {{ at|age }}, {{ day|age }}")
    late = datetime(2027, 3, 1, 23, 30, tzinfo=UTC)
    values = {"at": late, "day": date(2027, 3, 1)}
    assert said.render(Context(values)) == "il y a 8 heures, 8 heures, aujourd’hui, hier"
