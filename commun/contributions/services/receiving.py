"""A thing given becomes a contribution, and whoever gave it gets a word back: once, and never a robot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from commun.common.characters import clean_name, clean_text
from commun.common.signing import keyed_hash
from commun.contributions.models import Contribution, Event
from commun.contributions.services.letters import write
from commun.contributions.types import Act, FileState, Kind, Source, State, Trust

if TYPE_CHECKING:
    from commun.accounts.models import User
    from commun.library.api import ThemePage
    from commun.territories.api import Organisation, Territory


@dataclass(frozen=True, kw_only=True)
class Given:
    """What arrives, by mail or by a form. Texts are plain; `fields` and `suggestions` are JSON."""

    kind: Kind
    source: Source
    title: str
    text: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
    suggestions: list[dict[str, Any]] = field(default_factory=list)
    name: str = ""
    address: str = ""
    trust: Trust = Trust.UNKNOWN
    thanks: bool = False
    user: User | None = None
    organisation: Organisation | None = None
    organisation_name: str = ""
    in_its_name: bool = False
    territory: Territory | None = None
    theme: ThemePage | None = None
    licence: str = ""


def sender_hash(address: str) -> str:
    return keyed_hash(purpose="contributions.sender", value=address) if address else ""


@transaction.atomic
def receive(*, given: Given, now: datetime) -> Contribution:
    """Write it down, with the first line of its log. The acknowledgement is another act: `acknowledge`."""
    row = Contribution.objects.create(
        kind=given.kind,
        source=given.source,
        trust=given.trust,
        title=clean_name(given.title)[:200] or "Sans titre",
        text=clean_text(given.text),
        fields=given.fields,
        suggestions=given.suggestions,
        name=given.name[:120],
        address=given.address,
        address_hash=sender_hash(given.address),
        thanks=given.thanks,
        user=given.user,
        organisation=given.organisation,
        organisation_name=given.organisation_name[:160],
        in_its_name=given.in_its_name,
        territory=given.territory,
        theme=given.theme,
        licence=given.licence,
        received_at=now,
        moved_at=now,
    )
    Event.objects.create(contribution=row, act=Act.RECEIVE, at=now, after=State.RECEIVED)
    return row


@transaction.atomic
def acknowledge(*, contribution: Contribution, now: datetime) -> bool:
    """Queue the acknowledgement, in this very transaction; False where it was sent, or nobody is there to read it."""
    mine = Contribution.objects.filter(pk=contribution.pk, acknowledged_at=None).exclude(address="")
    if not mine.update(acknowledged_at=now):
        return False
    write(
        contribution=contribution,
        template="acknowledgement",
        subject=f"Bien reçu : {contribution.title}",
        refused=list(contribution.files.exclude(refused__in=["", "small"])),
        waiting=contribution.files.filter(state=FileState.WAITING).exists(),
        unclaimed=contribution.trust != Trust.PROVEN,
    )
    Event.objects.create(contribution=contribution, act=Act.ACKNOWLEDGE, at=now)
    return True
