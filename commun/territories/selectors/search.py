"""Finding a place by what people type: the beginning of a name, a postcode, an INSEE code, a SIREN."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from commun.common.spelling import closest
from commun.territories.models import SearchKey, Territory
from commun.territories.names import plain, search_form
from commun.territories.siren import clean_siren
from commun.territories.types import NameKind, TerritoryKind

_PLACE_CODE = re.compile(r"(?:\d{2,3}|2[ab])|(?:\d{2}|2[ab])\d{3}")
_SHORTEST = 2


@dataclass(frozen=True, kw_only=True)
class Found:
    """One answer: the territory, and under which other name it was found ("" for its own)."""

    territory: Territory
    found_as: str = ""

    @property
    def label(self) -> str:
        """What a picker shows: "Saint-Denis (La Réunion, CA …)", "Cordieux, aujourd’hui Montluel (Ain, …)"."""
        return f"{self.found_as}, aujourd’hui {self.territory.label}" if self.found_as else self.territory.label


def search_territories(*, query: str, kinds: Collection[str] = (), limit: int = 10) -> list[Found]:
    """The places that exist today and match, best first: exact names, then beginnings, the most inhabited first; where
    there is none, names that are a typing error away.

    A number after the name narrows it ("saint-denis 93", "saint-denis 97400"). `kinds` empty means every kind.
    """
    text = plain(query)
    if len(text) < _SHORTEST and text != "y":  # Y, in the Somme
        return []
    if digits := _siren(query):
        return [Found(territory=found) for found in _current(kinds).filter(siren=digits)[:limit]]
    if _PLACE_CODE.fullmatch(text):
        return _by_code(text, kinds=kinds, limit=limit)
    return _by_name(text, kinds=kinds, limit=limit)


def get_by_key(*, key: str) -> Territory | None:
    """The place behind `commune:93066`, obsolete or not; None when the key names nothing."""
    kind, _, code = key.partition(":")
    if not code.isalnum():
        return None
    return Territory.objects.with_parents().filter(kind=kind, code=code).first()


def _current(kinds: Collection[str]) -> QuerySet[Territory]:
    territories = Territory.objects.current().with_parents()
    return territories.filter(kind__in=kinds) if kinds else territories


def _siren(query: str) -> str:
    try:
        return clean_siren(query)
    except ValueError:
        return ""


def _by_code(code: str, *, kinds: Collection[str], limit: int) -> list[Found]:
    exact = list(_current(kinds).filter(code=code.upper())[:limit])
    seen = {territory.pk for territory in exact}
    by_postcode = [
        found
        for found in _answers(_keys(kinds).filter(kind=NameKind.POSTCODE, text__prefix=code), limit=limit)
        if found.territory.pk not in seen
    ]
    return [*(Found(territory=territory) for territory in exact), *by_postcode][:limit]


def _by_name(text: str, *, kinds: Collection[str], limit: int) -> list[Found]:
    *words, last = text.split()
    keys = _keys(kinds)
    if words and _PLACE_CODE.fullmatch(last):
        keys = (
            keys.filter(territory__search_keys__text=last, territory__search_keys__kind=NameKind.POSTCODE)
            if len(last) == 5
            else keys.filter(territory__departement__code=last.upper())
        )
        text = " ".join(words)
    wanted = search_form(text)
    rank = Case(
        When(text=wanted, whole=True, kind=NameKind.OFFICIAL, then=Value(0)),
        When(text=wanted, whole=True, then=Value(1)),
        When(whole=True, kind=NameKind.OFFICIAL, then=Value(2)),
        When(kind=NameKind.OFFICIAL, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )
    names = keys.exclude(kind=NameKind.POSTCODE)
    return _answers(names.filter(text__prefix=wanted), limit=limit, rank=rank) or _answers(
        names.filter(text__in=_misspelt(wanted, names=names)), limit=limit, rank=rank
    )


def _misspelt(wanted: str, *, names: QuerySet[SearchKey]) -> list[str]:
    """Names that begin with the same letter, a typing error away."""
    alike = names.filter(whole=True, text__prefix=wanted[:1]).values_list("text", flat=True)
    return [name for name, _ in closest(wanted, set(alike))]


def _keys(kinds: Collection[str]) -> QuerySet[SearchKey]:
    keys = SearchKey.objects.all()
    # Keys lead only to places that exist: an obsolete one has none of its own.
    return keys.filter(territory__kind__in=kinds) if kinds else keys


def _answers(keys: QuerySet[SearchKey], *, limit: int, rank: Case | None = None) -> list[Found]:
    if rank is not None:
        keys = keys.alias(rank=rank).order_by("rank", F("territory__population").desc(nulls_last=True), "pk")
    else:
        keys = keys.order_by(F("territory__population").desc(nulls_last=True), "pk")
    # A place may match by several keys; three per place is more than any name has for one beginning.
    chosen: dict[int, str] = {}
    for territory_id, label in keys.values_list("territory_id", "label")[: limit * 3]:
        chosen.setdefault(territory_id, label)
    ids = list(chosen)[:limit]
    territories = Territory.objects.with_parents().in_bulk(ids)
    return [Found(territory=territories[pk], found_as=chosen[pk]) for pk in ids]


def places_within(*, key: str) -> QuerySet[Territory]:
    """The place of this key (`departement:35`) and those of the register that it holds. None for an unknown one."""
    kind, _, code = key.partition(":")
    same = Territory.objects.filter(kind=kind, code=code)
    if kind not in {TerritoryKind.DEPARTEMENT, TerritoryKind.REGION, TerritoryKind.EPCI}:
        return same
    return same | Territory.objects.filter(**{f"{kind}__in": same.values("pk")})


__all__ = ["Found", "TerritoryKind", "get_by_key", "places_within", "search_territories"]
