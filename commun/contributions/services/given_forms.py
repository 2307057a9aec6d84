"""What a filled form says, as a thing given."""

from __future__ import annotations

from typing import Any

from commun.contributions.models import FormDraft
from commun.contributions.services.form_fields import fields_of
from commun.contributions.services.receiving import Given
from commun.contributions.steps import STEPS
from commun.contributions.types import Kind, Source, Trust
from commun.library.api import ThemePage
from commun.territories.api import Territory, get_by_key


def read_form(*, draft: FormDraft) -> Given:
    """All steps must be filled (`steps.first_missing`). The address was proven: by a button, or by signing in."""
    values = all_values(draft=draft)
    user = draft.user
    return Given(
        kind=Kind(draft.kind),
        source=Source.FORM,
        title=values["titre"],
        text=values["texte"] or values.get("en_bref", ""),
        fields=fields_of(kind=Kind(draft.kind), values=values),
        name=values["nom"],
        address=draft.address,
        trust=Trust.PROVEN,
        thanks=values.get("remerciement", False),
        user=user,
        organisation_name=values.get("structure", ""),
        territory=territory_of(values=values),
        theme=theme_of(values=values),
        licence=values.get("licence", ""),
    )


def all_values(*, draft: FormDraft) -> dict[str, Any]:
    """Every field of every step, in one."""
    found: dict[str, Any] = {}
    for step in STEPS[Kind(draft.kind)]:
        found |= draft.data.get(step.value, {})
    return found


def territory_of(*, values: dict[str, Any]) -> Territory | None:
    found = get_by_key(key=values["territoire"]) if values.get("territoire") else None
    return found and (found.successor or found)


def theme_of(*, values: dict[str, Any]) -> ThemePage | None:
    return ThemePage.objects.live().filter(slug=values["thematique"]).first() if values.get("thematique") else None
