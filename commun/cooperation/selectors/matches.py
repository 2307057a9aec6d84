"""What may help with a need, and why: pages of the library and of the agenda, and collectivités that had it too."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from wagtail.models import Page

from commun.agenda.api import events
from commun.cooperation.matching import (
    Candidate,
    Code,
    Kind,
    Match,
    NeedText,
    Reason,
    Text,
    facts_of,
    in_common,
    suggest_for,
)
from commun.cooperation.models import Need
from commun.cooperation.selectors.needs import needs_in_the_name_of
from commun.cooperation.selectors.published import Published, page_key, place_of
from commun.cooperation.types import NeedEnd, NeedState
from commun.library.api import ResourceKind, resources
from commun.territories.api import Organisation

# The latest other needs that are compared; older ones have been answered by the library since.
PEERS_READ = 100
_TITLE = 3.0
_LABELS = {Kind.EVENT: "Événement", Kind.PEER: "Collectivité"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """A collectivité that has, or had, the same sort of need: the institution, never who wrote for it.

    `proved`: at least one of these needs was stated by somebody with a mandate. Where it is false, nothing may be said
    in public of that collectivité.
    """

    organisation: Organisation
    needs: tuple[Need, ...]
    proved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestedMatch:
    """Either a page, or a peer. `reasons` are sentences, the strongest first; `grounds` say what each rests on."""

    kind: Kind
    score: float
    grounds: tuple[Reason, ...]
    page: Page | None = None
    peer: Peer | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(ground.sentence for ground in self.grounds)

    @property
    def told(self) -> tuple[str, ...]:
        """Reasons a person is told: that the same words stand in both is the team's to see."""
        return tuple(ground.sentence for ground in self.grounds if ground.code is not Code.WORDS)

    @property
    def title(self) -> str:
        if self.page is not None:
            return str(self.page.title)
        return self.peer.organisation.label if self.peer is not None else ""

    @property
    def url(self) -> str:
        if self.page is not None:
            return self.page.url or ""
        if self.peer is not None and self.peer.organisation.is_checked:
            return reverse("territories:organisation", args=[self.peer.organisation.slug])
        return ""

    @property
    def kind_label(self) -> str:
        return _LABELS.get(self.kind) or ResourceKind(self.kind.value).label


def suggest_matches(*, need: Need, now: datetime, limit: int = 12, shown_only: bool = False) -> list[SuggestedMatch]:
    """What may help with this need, best first and of several kinds, each with at most three true reasons.

    `shown_only`: for whoever stated it: nothing comes of a need that others agreed to show to the team alone.

    The need may not be saved yet. A number of queries that does not depend on how much there is.
    """
    peers = _peers(need=need, shown_only=shown_only)
    candidates = [_candidate(peer) for peer in peers.values()]
    found = suggest_for(_need_text(need), shelf=Published(), now=now, limit=limit, peers=candidates)
    pages = _pages(found=found, now=now)
    matches = []
    for one in found:
        page, peer = pages.get(one.key), peers.get(one.key)
        if page is not None or peer is not None:  # a page may have gone since the index was read
            matches.append(SuggestedMatch(kind=one.kind, score=one.score, grounds=one.reasons, page=page, peer=peer))
    return matches


def common_ground(*, organisation: Organisation, other: Organisation, need: Need | None = None) -> tuple[str, ...]:
    """Why these two may have something to say to each other: sentences, the strongest first, none where nothing is
    known. `need`: what the first asks for; else the latest it stated in its own name. Both will read it: nothing comes
    of a need that its collectivité shows to nobody."""
    need = need or needs_in_the_name_of(organisations=[organisation], shown_only=True).first()
    place = organisation.place
    said = _need_text(need) if need is not None else NeedText(place=place_of(place, named=True) if place else None)
    theirs = tuple(needs_in_the_name_of(organisations=[other], shown_only=True)[:PEERS_READ])
    there = other.place
    facts = facts_of(
        _candidate(Peer(organisation=other, needs=theirs, proved=True))
        if theirs
        else Candidate(key="peer", kind=Kind.PEER, places=(place_of(there),) if there else ())
    )
    return tuple(one.sentence for one in in_common(said, facts))


def _need_text(need: Need) -> NeedText:
    territory = need.territory or (need.organisation and need.organisation.place)
    return NeedText(
        theme=need.theme.slug if need.theme else "",
        theme_title=need.theme.title if need.theme else "",
        title=need.title,
        text=need.text,
        constraints=need.constraints,
        stage=need.stage,
        stage_label=need.get_stage_display(),
        place=place_of(territory, named=True) if territory else None,
    )


def _peers(*, need: Need, shown_only: bool) -> dict[str, Peer]:
    """Checked organisations with a need of the same theme, open, answered, or closed because it was solved."""
    others = Need.objects.filter(organisation__is_checked=True).exclude(pk=need.pk)
    if shown_only:
        others = others.filter(is_shown=True)
    others = others.filter(~Q(state=NeedState.CLOSED) | Q(end=NeedEnd.SOLVED))
    if need.theme_id:
        others = others.filter(theme=need.theme_id)
    if need.organisation_id:
        others = others.exclude(organisation=need.organisation_id)
    near = ("departement", "region", "successor__departement", "successor__region")
    others = others.select_related("theme", *(f"organisation__territory__{name}" for name in near))
    found: dict[Organisation, list[Need]] = defaultdict(list)
    for other in others.order_by("-stated_at", "-pk")[:PEERS_READ]:
        if other.organisation is not None:
            found[other.organisation].append(other)
    return {
        f"peer:{organisation.pk:010}": Peer(
            organisation=organisation, needs=tuple(needs), proved=any(one.in_its_name for one in needs)
        )
        for organisation, needs in found.items()
    }


def _candidate(peer: Peer) -> Candidate:
    """One candidate per collectivité, whatever the number of its needs; its stage is that of the latest."""
    place = peer.organisation.place
    return Candidate(
        key=f"peer:{peer.organisation.pk:010}",
        kind=Kind.PEER,
        texts=tuple(
            text for one in peer.needs for text in (Text(one.title, _TITLE), Text(f"{one.text}\n{one.constraints}"))
        ),
        difficulties="\n".join(one.constraints for one in peer.needs),
        circumstances="\n".join(f"{one.title}\n{one.text}" for one in peer.needs),
        themes=frozenset(one.theme.slug for one in peer.needs if one.theme),
        places=(place_of(place),) if place else (),
        stage=peer.needs[0].stage,
    )


def _pages(*, found: list[Match], now: datetime) -> dict[str, Page]:
    """What a card shows of each page found, with what it needs already fetched."""
    keys = [one.key for one in found if one.kind != Kind.PEER]
    pks = [int(key.removeprefix("page:")) for key in keys]
    pages: list[Page] = [*resources(kinds=ResourceKind).filter(pk__in=pks)]
    pages += events().filter(pk__in=pks, end__gt=now, is_cancelled=False)
    return {page_key(page.pk): page for page in pages}
