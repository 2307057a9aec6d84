"""The few places the content names, instead of the 35,000 of the register: tests of that are in its own room."""

from __future__ import annotations

from commun.demo.content.actors import ACTORS
from commun.demo.content.agenda import EVENTS
from commun.demo.content.cooperation import NEEDS, PROPOSALS
from commun.demo.content.experiences import EXPERIENCES
from commun.demo.content.mandates import OFFICIAL
from commun.demo.content.votes import MANDATES
from commun.territories.api import Territory


def load_places() -> None:
    keys = {actor.place for actor in ACTORS} | {event.place for event in EVENTS}
    keys |= {place for event in EVENTS for place in event.with_places}
    keys |= {place for experience in EXPERIENCES for place in experience.places}
    keys |= set(MANDATES.values()) | {place for place, _ in OFFICIAL}
    keys |= {one.place for one in (*NEEDS, *PROPOSALS)}
    for key in sorted(keys - {""}):
        kind, _, code = key.partition(":")
        Territory.objects.get_or_create(kind=kind, code=code, defaults={"name": f"Lieu {code}", "vintage": 2026})
