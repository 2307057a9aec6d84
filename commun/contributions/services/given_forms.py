"""What a filled form says, as a thing given."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts.models import User
from commun.contributions.models import FormDraft
from commun.contributions.services.form_fields import fields_of
from commun.contributions.services.receiving import Given
from commun.contributions.steps import STEPS
from commun.contributions.story import is_story, story_text
from commun.contributions.types import Kind, Source, Trust
from commun.library.api import ThemePage
from commun.territories.api import Organisation, Territory, get_by_key, memberships_of


def read_form(*, draft: FormDraft, now: datetime) -> Given:
    """All steps must be filled (`steps.first_missing`). The address was proven: by a button, or by signing in.

    In the name of a collectivité only where whoever is signed in holds its mandate at this very moment.
    """
    values = all_values(draft=draft)
    user = draft.user
    organisation = acted_for(user=user, values=values, now=now)
    return Given(
        kind=Kind(draft.kind),
        source=Source.FORM,
        title=values["titre"],
        text=_text_of(values),
        fields=fields_of(kind=Kind(draft.kind), values=values),
        name=values["nom"],
        address=draft.address,
        trust=Trust.PROVEN,
        thanks=values.get("remerciement", False),
        user=user,
        organisation=organisation,
        organisation_name=values.get("structure", ""),
        in_its_name=organisation is not None,
        territory=territory_of(values=values) or (organisation.place if organisation else None),
        theme=theme_of(values=values),
        licence=values.get("licence", ""),
    )


def _text_of(values: dict[str, Any]) -> str:
    told = story_text(values) if is_story(values) else values["texte"]
    return str(told or values.get("en_bref", ""))


def acted_for(*, user: User | None, values: dict[str, Any], now: datetime) -> Organisation | None:
    """In whose name she gives, as she holds its mandate now; None for her own, or where she was not asked."""
    wanted = values.get("au_nom", "")
    if user is None or not wanted.isdecimal():
        return None
    held = memberships_of(user=user, at=now)
    return next((one.organisation for one in held if one.organisation_id == int(wanted)), None)


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
