"""From the words of the forms to the one vocabulary of `shapes.Fields`."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from commun.contributions.shapes import Fields
from commun.contributions.types import Kind

_SAME = {
    "en_bref": "summary",
    "lien": "link",
    "lieu": "place",
    "inscription": "registration",
    "organisateur": "organiser",
    "etape": "stage",
    "contraintes": "constraints",
    "en_ligne": "online",
    "paraitre": "shown",
    "demarche": "start_of",
}
_PARIS = "Europe/Paris"


def fields_of(*, kind: Kind, values: dict[str, Any]) -> dict[str, Any]:
    """`values`: every field of every step, by its name in the form."""
    found: dict[str, Any] = {ours: values[theirs] for theirs, ours in _SAME.items() if values.get(theirs)}
    if nature := values.get("nature"):
        if kind is Kind.NEWS:
            found["news_kind"] = nature
        elif nature != "inconnu":
            found["resource_kind"] = nature
    if values.get("debut"):
        found.update(_session(values))
    return found


def _session(values: dict[str, Any]) -> Fields:
    """Without an hour it lasts all day; without an end, as long as the agenda supposes."""
    zone = ZoneInfo(_PARIS)
    first = date.fromisoformat(values["debut"])
    last = date.fromisoformat(values["fin"]) if values.get("fin") else first
    opens, closes = values.get("heure_debut"), values.get("heure_fin")
    session = Fields(time_zone=_PARIS, all_day=not opens)
    session["start"] = datetime.combine(first, time.fromisoformat(opens) if opens else time(), zone).isoformat()
    if closes:
        session["end"] = datetime.combine(last, time.fromisoformat(closes), zone).isoformat()
    elif last > first or not opens:
        session["end"] = datetime.combine(last, time(23, 59), zone).isoformat()
    return session
