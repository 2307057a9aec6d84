"""The two ports, answered from the embedded register and from a handful of invented organisations. No database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from commun.contributions.understanding import KnownOrganisation, Place, ThemeWords
from commun.territories.names import plain, search_form
from commun.territories.register_file import Alias, open_register

EMBEDDED = Path(__file__).resolve().parents[3] / "commun/territories/data/register-2026.jsonl.xz"
THEMES = (
    ThemeWords(
        key="1",
        title="Budgets participatifs",
        words=("budget participatif", "porteurs de projets", "vote des habitants", "enveloppe"),
    ),
    ThemeWords(
        key="2",
        title="Participation des jeunes",
        words=("conseil municipal des jeunes", "jeunes", "adolescents", "collégiens", "lycée", "jeunesse"),
    ),
    ThemeWords(
        key="3",
        title="Transition écologique",
        words=("climat", "énergie", "biodiversité", "sobriété", "cantine", "eau", "végétalisation", "mobilités douces"),
    ),
    ThemeWords(
        key="4",
        title="Aller vers",
        words=("porte-à-porte", "publics éloignés", "précarité", "invisibles", "quartiers prioritaires"),
    ),
)
_ZONES = {"974": "Indian/Reunion", "972": "America/Martinique"}


@cache
def _keys() -> Mapping[str, Sequence[Place]]:
    with open_register(EMBEDDED) as (_, entries):
        rows = list(entries)
    places = {}
    names = {(row.kind, row.code): row.name for row in rows if not isinstance(row, Alias)}
    for row in rows:
        if isinstance(row, Alias):
            continue
        departement = row.code if row.kind == "departement" else row.departement
        parents = [names.get(("departement", row.departement), ""), names.get(("epci", row.epci), "")]
        places[row.kind, row.code] = Place(
            key=f"{row.kind}:{row.code}",
            name=row.name,
            kind=row.kind,
            label=f"{row.name} ({', '.join(filter(None, parents))})",
            departement_code=departement or "",
            departement=names.get(("departement", departement), ""),
            region=names.get(("region", row.region), ""),
            epci=parents[1],
            postcodes=tuple(row.postcodes),
            population=row.population or 0,
            time_zone=_ZONES.get(departement or "", "Europe/Paris"),
        )
    found = defaultdict(list)
    for place in places.values():
        form = search_form(place.name)
        found[form].append(place)
        if place.kind in {"epci", "ept"}:
            words = form.split()
            for start in range(1, len(words)):
                found[" ".join(words[start:])].append(place)
    return found


def gazetteer(names: Sequence[str], /) -> Mapping[str, Sequence[Place]]:
    return {name: found for name in names if (found := _keys().get(search_form(name)))}


def place(name: str, departement: str = "", kind: str = "commune") -> Place:
    return next(
        one
        for one in _keys()[search_form(name)]
        if one.kind == kind and one.name == name and departement in {"", one.departement_code}
    )


@cache
def organisations() -> tuple[KnownOrganisation, ...]:
    return (
        KnownOrganisation(key="10", name="Mairie de Sauve", domain="sauve.example.org", place=place("Sauve")),
        KnownOrganisation(
            key="11", name="Ville de Saint-Denis", domain="saintdenis.example.org", place=place("Saint-Denis", "974")
        ),
        KnownOrganisation(key="12", name="Les Ateliers du bourg", domain="ateliers.example.org"),
        KnownOrganisation(
            key="13",
            name="Département de la Drôme",
            domain="drome.example.org",
            place=place("Drôme", kind="departement"),
        ),
    )


def directory(*, domain: str, names: Sequence[str]) -> Sequence[KnownOrganisation]:
    wanted = {plain(name) for name in names}
    return [one for one in organisations() if (domain and one.domain == domain) or plain(one.name) in wanted]
