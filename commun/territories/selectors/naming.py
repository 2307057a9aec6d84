"""Places and organisations by names found in a text: all of them at once."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from urllib.parse import urlsplit

from django.db.models import Q

from commun.territories.models import Organisation, SearchKey, Territory
from commun.territories.names import plain, search_form
from commun.territories.selectors.organisations import listed
from commun.territories.selectors.search import Found
from commun.territories.types import NameKind, TerritoryKind

LOT = 400  # names a query: SQLite takes no more than a thousand parameters on old builds
MOST_NAMES = 2000
MOST_ORGANISATIONS = 20
_BODIES = (TerritoryKind.EPCI, TerritoryKind.EPT)


def places_named(*, names: Sequence[str]) -> dict[str, list[Found]]:
    """Places that exist and bear each of these names, or bore it, parents loaded; names of none are left out.

    Spelled as people write: accents, hyphens, articles and abbreviated saints do not count, so that "Mans" gives Le
    Mans. An intercommunal body is found without its first words too ("Ternois" for CC du Ternois).
    """
    wanted: dict[str, list[str]] = {}
    for name in dict.fromkeys(names[:MOST_NAMES]):
        if form := search_form(name)[:120]:
            wanted.setdefault(form, []).append(name)
    keys = SearchKey.objects.exclude(kind=NameKind.POSTCODE).filter(Q(whole=True) | Q(territory__kind__in=_BODIES))
    rows = [
        row
        for lot in _lots(list(wanted))
        for row in keys.filter(text__in=lot).values_list("text", "territory_id", "label")
    ]
    territories = _territories({territory_id for _, territory_id, _ in rows})
    found: dict[str, dict[int, str]] = {}
    for text, territory_id, label in rows:
        mine = found.setdefault(text, {})
        # Its own name before the one it had.
        mine[territory_id] = min(mine.get(territory_id, label), label)
    return {
        name: [Found(territory=territories[pk], found_as=label) for pk, label in found[form].items()]
        for form, written in wanted.items()
        if form in found
        for name in written
    }


def names_by_code(*, kind: TerritoryKind) -> dict[str, str]:
    """Places of a kind that exist today: name by code, in the order of names. For kinds that are few."""
    rows = Territory.objects.current().filter(kind=kind).order_by("search_name", "code")
    return dict(rows.values_list("code", "name"))


def former_names(*, territory_ids: Collection[int]) -> list[tuple[int, str]]:
    """(number of a place, a name it also answers to): former, delegated and associated communes; in order."""
    keys = SearchKey.objects.filter(whole=True).exclude(label="").exclude(kind=NameKind.POSTCODE)
    return list(
        keys.filter(territory__in=territory_ids).order_by("territory", "label").values_list("territory", "label")
    )


def _lots(values: list[str]) -> list[list[str]]:
    return [values[start : start + LOT] for start in range(0, len(values), LOT)]


def _territories(ids: set[int]) -> dict[int, Territory]:
    ordered = sorted(ids)
    lots = [ordered[start : start + LOT] for start in range(0, len(ordered), LOT)]
    return {pk: row for lot in lots for pk, row in Territory.objects.with_parents().in_bulk(lot).items()}


def organisations_known_as(*, domain: str, names: Sequence[str]) -> list[Organisation]:
    """Listed organisations whose site is on this domain, or whose name is one of these, as people write it."""
    wanted = Q(search_name__in=[form for name in names[:LOT] if (form := plain(name))])
    if domain:
        wanted |= Q(website__contains=f"//{domain}") | Q(website__contains=f"//www.{domain}")
    return list(listed().select_related("territory__region", "territory__epci").filter(wanted)[:MOST_ORGANISATIONS])


def domain_of(*, organisation: Organisation) -> str:
    """Host of its site, without its "www."; "" without one."""
    return (urlsplit(organisation.website).hostname or "").removeprefix("www.")
