"""`commun.common.french` in templates (built in: nothing to load). Nothing says nothing: None gives ""."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone

from commun.common import clock, french

register = template.Library()


def _dated(word: Callable[..., str]) -> None:
    def filtered(value: Any) -> str:
        return word(value) if value else ""

    # Instants come on the reader's clock.
    register.filter(word.__name__, filtered, expects_localtime=True)


for _word in (
    french.month,
    french.short_month,
    french.day,
    french.short_day,
    french.weekday,
    french.weekday_name,
    french.moment,
    french.short_moment,
    french.weekday_moment,
):
    _dated(_word)


# Midnight is an hour too: a `time` of zero is not "nothing".
@register.filter(expects_localtime=True)
def hour(value: Any) -> str:
    return "" if value in {None, ""} else french.hour(value)


@register.filter(expects_localtime=True)
def age(value: date | datetime | None) -> str:
    if value is None:
        return ""
    return french.age(value.date() if isinstance(value, datetime) else value, today=clock.today())


@register.filter(expects_localtime=True)
def ago(value: datetime | None) -> str:
    return french.ago(value, now=timezone.localtime(clock.now())) if value else ""


@register.filter
def waited(value: datetime | timedelta | None) -> str:
    """How long since an instant, or how long a delay is: `5 minutes`."""
    if value is None:
        return ""
    return french.spell(value if isinstance(value, timedelta) else clock.now() - value)


@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    return "" if value is None else french.number(value, decimals=decimals)


@register.filter
def percent(value: float | None, decimals: int = 0) -> str:
    return "" if value is None else french.percent(value, decimals=decimals)


@register.filter
def weight(value: int | None) -> str:
    return "" if value is None else french.weight(value)


@register.filter
def count(value: float, words: str) -> str:
    return french.count(value, words)


@register.filter
def plural(value: int, words: str) -> str:
    return french.plural(value, words)


@register.filter
def rank(value: int) -> str:
    return french.rank(value)


@register.filter
def name(value: Any) -> str:
    return french.name(str(value))


@register.filter
def of(value: Any) -> str:
    return french.of(str(value))


@register.filter
def that(value: Any) -> str:
    return french.that(str(value))
