"""A need before it is handed on: what its form asked, and what may help at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commun.common import french
from commun.contributions.models import Contribution
from commun.contributions.types import OPEN, Kind
from commun.cooperation.api import Need, SuggestedMatch, suggest_matches
from commun.library.types import Stage

_MOST = 5


def asked_in(*, row: Contribution) -> Sequence[tuple[str, str]]:
    """(question, answer) of the fields of a need beside its text, those that were filled; none for anything else."""
    if row.kind != Kind.NEED:
        return []
    stage = str(row.fields.get("stage", ""))
    found = [
        ("Au nom de", french.name(row.organisation.label) if row.organisation and row.in_its_name else ""),
        ("Territoire", french.name(row.territory.label) if row.territory else ""),
        ("Thématique", row.theme.title if row.theme else "Pas encore choisie"),
        ("Étape", Stage(stage).label if stage in Stage.values else ""),
        ("Ce dont il faut tenir compte", str(row.fields.get("constraints", ""))),
        ("Visible des autres collectivités", "Oui" if row.fields.get("shown") else "Non"),
    ]
    return [(label, str(value)) for label, value in found if value]


def meanwhile(*, row: Contribution, now: datetime) -> Sequence[SuggestedMatch]:
    """Pages that answer a need which is not handed on yet, best first; none for anything else."""
    if row.kind != Kind.NEED or row.state not in OPEN:
        return []
    need = Need(
        title=row.title,
        text=row.text,
        theme=row.theme,
        stage=str(row.fields.get("stage", "")),
        constraints=str(row.fields.get("constraints", "")),
        organisation=row.organisation,
        territory=row.territory,
    )
    found = suggest_matches(need=need, now=now, limit=2 * _MOST)
    return [one for one in found if one.page is not None][:_MOST]
