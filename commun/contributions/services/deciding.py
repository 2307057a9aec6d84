"""What the team decides. Each act is one line of the log, and can be taken back as long as nothing followed it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from commun.accounts.models import User
from commun.contributions.exceptions import CannotMerge, FilesWaiting, NothingToSplit, NothingToUndo, WrongState
from commun.contributions.models import Contribution, Event, File
from commun.contributions.services import claiming, conversation, handing_on, lifecycle, undoing
from commun.contributions.services.drafting import PAGES, make_draft
from commun.contributions.services.lifecycle import lock, move
from commun.contributions.services.receiving import Given, receive
from commun.contributions.types import OPEN, Act, FileState, Kind, Source, State, Trust

# Columns the team may correct.
_EDITABLE = {"kind", "title", "text", "theme", "territory", "organisation", "organisation_name", "licence", "fields"}


@transaction.atomic
def assign(*, contribution_id: int, to: User | None, by: User, now: datetime) -> Event:
    """Somebody takes it, or nobody holds it any more. What was only received is now being read."""
    row = lock(contribution_id=contribution_id)
    state = State.IN_REVIEW if to is not None and row.state == State.RECEIVED else None
    return move(contribution_id=row.pk, act=Act.ASSIGN, to=state, by=by, now=now, assigned_to=to)


@transaction.atomic
def edit(*, contribution_id: int, values: Mapping[str, Any], by: User, now: datetime) -> Event | None:
    """Correct columns; None where nothing changed. Raises `WrongState` once it is decided."""
    row = lock(contribution_id=contribution_id)
    if row.state not in OPEN:
        raise WrongState(row.state)
    changed = {name: value for name, value in values.items() if name in _EDITABLE and getattr(row, name) != value}
    if not changed:
        return None
    return move(contribution_id=row.pk, act=Act.EDIT, by=by, now=now, **changed)


@transaction.atomic
def accept(
    *,
    contribution_id: int,
    by: User,
    now: datetime,
    alternatives: Mapping[int, str] | None = None,
    vouches: bool = False,
) -> Contribution:
    """It becomes a draft page, whose fields are those of the contribution; a need or a theme proposal is handed on to
    `cooperation`; what makes neither is kept as accepted.
    `vouches`: the person who accepts knows who wrote.

    Raises `WrongState` (asked twice, it is one draft), `FilesWaiting`, `FieldMissing`, `ValidationError`.
    """
    row = lock(contribution_id=contribution_id)
    if row.state not in OPEN:
        raise WrongState(row.state)
    if vouches and row.trust != Trust.PROVEN:
        row = claiming.claim(contribution_id=row.pk, by=by, now=now)
    if Kind(row.kind) in PAGES:
        if row.files.filter(state=FileState.WAITING).exists():
            raise FilesWaiting
        made = make_draft(contribution=row, alternatives=alternatives or {}, by=by)
        payload = {"page": made.page.pk, "images": made.images, "documents": made.documents}
        move(
            contribution_id=row.pk,
            act=Act.ACCEPT,
            to=State.ACCEPTED,
            by=by,
            now=now,
            payload=payload,
            page=made.page.page_ptr if hasattr(made.page, "page_ptr") else made.page,
        )
    elif Kind(row.kind) in handing_on.HANDED_ON:
        became = handing_on.hand_on(row=row, by=by, now=now)
        move(contribution_id=row.pk, act=Act.ACCEPT, to=State.ACCEPTED, by=by, now=now, became=became)
    else:
        move(contribution_id=row.pk, act=Act.ACCEPT, to=State.ACCEPTED, by=by, now=now)
    row.refresh_from_db()
    if row.address and row.kind != Kind.QUESTION:
        text = _ACCEPTED.get(Kind(row.kind), _KEPT)
        url = handing_on.followed_at(became=row.became)
        conversation.send(contribution=row, template="accepted", text=text, by=None, now=now, followed_at=url)
    return row


_KEPT = "Votre contribution est retenue, merci ! La rédaction prépare sa publication et vous préviendra."
_ACCEPTED = {
    Kind.NEED: "Votre besoin est transmis à la rédaction, qui cherche des ressources et des collectivités dans votre "
    "cas. Elle vous écrira ; vous pouvez suivre ce qu’il devient et le préciser sur sa page.",
    Kind.PROPOSAL: "Votre proposition de thématique est retenue parmi celles que la rédaction étudie, merci ! Les "
    "collectivités se prononcent par un vote sur celles qui sont mises en commun ; nous vous dirons si elle en est.",
}


@transaction.atomic
def reply(*, contribution_id: int, text: str, by: User, now: datetime) -> Contribution:
    """Answer a question, which closes it. Raises `NobodyToAnswer`, `WrongState`."""
    row = lock(contribution_id=contribution_id)
    conversation.require_address(row)
    move(contribution_id=row.pk, act=Act.ACCEPT, to=State.ACCEPTED, by=by, now=now)
    conversation.send(contribution=row, template="answer", text=text, by=by, now=now)
    row.refresh_from_db()
    return row


@transaction.atomic
def decline(*, contribution_id: int, text: str, by: User, now: datetime) -> Contribution:
    """Not kept, and she is told why; her answer opens it again. Raises `WrongState`."""
    row = lock(contribution_id=contribution_id)
    move(contribution_id=row.pk, act=Act.DECLINE, to=State.DECLINED, by=by, now=now)
    if row.address:
        conversation.send(contribution=row, template="declined", text=text, by=by, now=now)
    row.refresh_from_db()
    return row


def mark_spam(*, contribution_id: int, by: User, now: datetime) -> Event:
    """Nobody is answered. Raises `WrongState`."""
    return move(contribution_id=contribution_id, act=Act.SPAM, to=State.SPAM, by=by, now=now)


@transaction.atomic
def merge(*, contribution_id: int, into_id: int, by: User, now: datetime) -> Event:
    """Two on the same thing: this one is followed with the other, where its answers come from now on.

    Raises `CannotMerge`, `WrongState`.
    """
    rows = Contribution.objects.select_for_update(of=("self",)).filter(pk__in={contribution_id, into_id}).order_by("pk")
    locked = {row.pk: row for row in rows}  # in one order: two merges at once never wait for each other
    into = locked.get(into_id)
    if contribution_id == into_id or into is None or into.state not in {*OPEN, State.ACCEPTED, State.PUBLISHED}:
        raise CannotMerge
    return move(
        contribution_id=contribution_id,
        act=Act.MERGE,
        to=State.MERGED,
        by=by,
        now=now,
        payload={"into": into_id},
        merged_into=into,
    )


@transaction.atomic
def split(
    *,
    contribution_id: int,
    kind: Kind,
    title: str,
    text: str,
    file_ids: Sequence[int],
    by: User,
    now: datetime,
) -> Contribution:
    """A message that holds several things: this part becomes a contribution of its own, of the same person.

    Raises `NothingToSplit`, `WrongState`.
    """
    row = lock(contribution_id=contribution_id)
    files = File.objects.filter(contribution=row, pk__in=file_ids)
    if not text.strip() and not files.exists():
        raise NothingToSplit
    if row.state not in OPEN:
        raise WrongState(row.state)
    part = receive(given=_part(row=row, kind=kind, title=title, text=text), now=now)
    Contribution.objects.filter(pk=part.pk).update(part_of=row, acknowledged_at=row.acknowledged_at)
    moved = list(files.values_list("pk", flat=True))
    files.update(contribution=part)
    move(contribution_id=row.pk, act=Act.SPLIT, by=by, now=now, payload={"part": part.pk, "files": moved})
    part.refresh_from_db()
    return part


def _part(*, row: Contribution, kind: Kind, title: str, text: str) -> Given:
    return Given(
        kind=kind,
        source=Source.SPLIT,
        trust=Trust(row.trust),
        title=title,
        text=text,
        name=row.name,
        address=row.address,
        thanks=row.thanks,
        user=row.user,
        organisation=row.organisation,
        organisation_name=row.organisation_name,
        in_its_name=row.in_its_name,
        territory=row.territory,
        theme=row.theme,
        licence=row.licence,
    )


@transaction.atomic
def undo(*, event_id: int, by: User, now: datetime) -> Event:
    """Take back the latest decision, with what it made. Raises `NothingToUndo`, `DraftEdited`."""
    event = Event.objects.select_related("contribution").filter(pk=event_id).first()
    if event is None:
        raise NothingToUndo
    lock(contribution_id=event.contribution_id)
    latest = lifecycle.last_undoable(contribution=event.contribution)
    if latest is None or latest.pk != event_id:
        raise NothingToUndo
    if event.act == Act.ACCEPT and event.payload.get("page"):
        undoing.take_back_draft(made=event.payload)
    elif event.act == Act.ACCEPT and event.contribution.became:
        handing_on.take_back(became=event.contribution.became)
    elif event.act == Act.SPLIT:
        undoing.take_back_part(event=event)
    return lifecycle.undo(event_id=event_id, by=by, now=now)
