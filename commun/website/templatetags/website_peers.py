"""What pages of the rooms below say of introductions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django import template

from commun.common import clock
from commun.common.memory import remember
from commun.cooperation import api as cooperation
from commun.library import api as library
from commun.peers import api as peers
from commun.territories.api import Organisation

register = template.Library()


@dataclass(frozen=True, kw_only=True)
class Invitation:
    """A collectivité one may ask to meet, and where."""

    organisation: Organisation
    url: str


def _invitations(*, organisations: Sequence[Organisation], subject: str = "") -> list[Invitation]:
    able = peers.could_meet(organisations=organisations, at=clock.now())
    query = f"?sujet={subject}" if subject else ""
    return [Invitation(organisation=one, url=peers.ask_path(slug=one.slug) + query) for one in able]


@register.simple_tag
def meeting_with(organisation: Organisation) -> Invitation | None:
    """From its page in the directory."""
    return next(iter(_invitations(organisations=[organisation])), None)


@register.simple_tag(takes_context=True)
def witnesses_of(context: Any, page: library.ExperiencePage) -> Sequence[Invitation]:
    """Who is ready to speak of an experience."""
    return remember(request=context.get("request"), key=f"witnesses:{page.pk}", compute=lambda: _read_witnesses(page))


def _read_witnesses(page: library.ExperiencePage) -> Sequence[Invitation]:
    told = [page.contributor, *page.organisations.select_related("territory__departement")]
    return _invitations(organisations=[one for one in told if one is not None], subject=f"page-{page.pk}")


@register.simple_tag(takes_context=True)
def giver_of(context: Any, page: library.ResourcePage) -> Invitation | None:
    """Whoever gave a resource, where one may ask to meet it."""

    def read() -> list[Invitation]:
        return _invitations(organisations=[page.contributor] if page.contributor is not None else [])

    return next(iter(remember(request=context.get("request"), key=f"giver:{page.pk}", compute=read)), None)


@dataclass(frozen=True, kw_only=True)
class Meanwhile:
    """What may help with a need at once: pages, and collectivités that show that they had such a need."""

    pages: Sequence[cooperation.SuggestedMatch]
    peers: Sequence[tuple[cooperation.SuggestedMatch, Invitation]]

    def __bool__(self) -> bool:
        return bool(self.pages or self.peers)


@register.simple_tag
def meanwhile(need: cooperation.Need) -> Meanwhile:
    """For whoever stated it, before anybody of the team has read it."""
    matches = cooperation.suggest_matches(need=need, now=clock.now(), limit=8, shown_only=True)
    subject = f"besoin-{need.pk}" if need.in_its_name else ""
    met = []
    for one in matches:
        if one.peer is not None:
            met += [(one, each) for each in _invitations(organisations=[one.peer.organisation], subject=subject)]
    return Meanwhile(pages=[one for one in matches if one.page is not None][:4], peers=met[:3])


@register.simple_tag
def fellows_of(start: cooperation.Start) -> list[tuple[cooperation.Descendant, Invitation]]:
    """Who else began after the same page, said so to everybody, and may be asked to meet."""
    if start.inspired_by_id is None:
        return []
    others = cooperation.descendants_of(page_id=start.inspired_by_id, limit=12)
    found = (
        (one, invitation)
        for one in others
        if one.start.place_key != start.place_key
        for invitation in _invitations(organisations=[one.start.organisation])
    )
    return list(islice(found, 5))
