"""The directory: who takes part, found and narrowed as everything else is. Institutions only, never a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from commun.common import clock, french
from commun.finding import api as finding
from commun.territories.api import Organisation, Territory, in_directory, taking_part
from commun.website.searching import Scope

_SHOWN = 30


def _members(now: datetime) -> Collection[str]:
    return {str(pk) for pk in taking_part(at=now)}


def _show(
    *, entries: Sequence[int], sought: Collection[Collection[str]], place: Territory | None
) -> list[tuple[Organisation, finding.Shown]]:
    """Each with why it answers, under the name that tells it from its homonyms."""
    keys = finding.keys_of(entries=entries)
    rows = in_directory(ids=[int(key) for key in keys], at=clock.now())
    titles = {str(pk): french.name(one.label) for pk, one in rows.items()}
    hits = finding.show(entries=entries, sought=sought, place=place, titles=titles)
    return [(rows[int(hit.key)], hit) for hit in hits if int(hit.key) in rows]


DIRECTORY = Scope(
    address="/annuaire/",
    kinds=("organisation",),
    facets=("body", "gave", "around", "region", "departement", "stratum"),
    size=_SHOWN,
    typing=True,
    show=_show,
    members=_members,
)
