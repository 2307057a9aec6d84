"""What the team does with a need: look at it, answer with pages and words, close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page

from commun.accounts.models import User
from commun.cooperation.exceptions import NothingToAnswer, NothingToUndo, WrongState
from commun.cooperation.models import Need, NeedAnswer, NeedAttachment
from commun.cooperation.reminders import when_to_ask
from commun.cooperation.services.letters import write_about_need
from commun.cooperation.services.lifecycle import lock, move
from commun.cooperation.types import Attached, NeedAct, NeedEnd, NeedState

_EDITABLE = frozenset({"theme", "territory", "organisation", "title", "stage"})


def look_at(*, need_id: int, by: User, now: datetime) -> Need:
    """Somebody takes it. Raises `WrongState` once it is answered or closed."""
    among = (NeedState.NEW, NeedState.LOOKED_AT)
    return move(need_id=need_id, act=NeedAct.LOOK, to=NeedState.LOOKED_AT, among=among, by=by, now=now, assigned_to=by)


@transaction.atomic
def edit(*, need_id: int, values: Mapping[str, Any], by: User, now: datetime) -> Need:
    """File it elsewhere: theme, place, collectivité, title, stage. Raises `WrongState` once it is closed."""
    row = lock(need_id=need_id)
    changed = {name: value for name, value in values.items() if name in _EDITABLE and getattr(row, name) != value}
    if not changed:
        return row
    if "organisation" in changed and row.in_its_name:
        # The mandate that was proven was for another, and so was what it agreed to.
        changed["in_its_name"] = changed["is_shown"] = False
    changed.setdefault("remind_at", row.remind_at)
    return move(need_id=need_id, act=NeedAct.EDIT, by=by, now=now, **changed)


@transaction.atomic
def answer(*, need_id: int, text: str, attached: Sequence[Attached], by: User, now: datetime) -> NeedAnswer:
    """Words and pages, sent to whoever stated it; news will be asked 9, 21 and 45 days later.

    Only pages that are online are joined. Raises `NothingToAnswer`, `WrongState`.
    """
    row = lock(need_id=need_id)
    pages = {page.pk: page for page in Page.objects.live().filter(pk__in=[one.page_id for one in attached])}
    kept = [one for one in attached if one.page_id in pages]
    if not text.strip() and not kept:
        raise NothingToAnswer
    if not row.is_open:
        raise WrongState(row.state)
    made = NeedAnswer.objects.create(need=row, text=text.strip(), from_team=True, by=by, at=now)
    for one in {one.page_id: one for one in kept}.values():
        page = pages[one.page_id]
        NeedAttachment.objects.create(
            answer=made, page=page, title=page.title, url=page.url or "/", reasons=list(one.reasons)
        )
    row = move(
        need_id=row.pk,
        act=NeedAct.ANSWER,
        to=NeedState.ANSWERED,
        by=by,
        now=now,
        answered_at=row.answered_at or now,
        assigned_to=row.assigned_to or by,
        reminders=0,
        remind_at=when_to_ask(answered_at=now, asked=0, reference=row.reference) if _wants_news(row) else None,
    )
    write_about_need(
        need=row, template="need_answer", subject=f"Une réponse à votre besoin : {row.title}", by=by, answer=made
    )
    return made


def _wants_news(row: Need) -> bool:
    """Refused once, never asked again; and nobody is asked who cannot be written to."""
    return bool(row.address) and not row.events.filter(act=NeedAct.REFUSE).exists()


def close(*, need_id: int, words: str = "", by: User, now: datetime) -> Need:
    """Closed by the team, with its reason. Raises `WrongState`."""
    return move(
        need_id=need_id,
        act=NeedAct.CLOSE,
        to=NeedState.CLOSED,
        by=by,
        now=now,
        words=words,
        closed_at=now,
        end=NeedEnd.TEAM,
    )


@transaction.atomic
def reopen(*, need_id: int, by: User | None, now: datetime) -> Need:
    """Open again, to be looked at. Raises `NothingToUndo` where it is not closed."""
    if lock(need_id=need_id).state != NeedState.CLOSED:
        raise NothingToUndo
    return move(
        need_id=need_id,
        act=NeedAct.REOPEN,
        to=NeedState.LOOKED_AT,
        among=(NeedState.CLOSED,),
        by=by,
        now=now,
        closed_at=None,
        end="",
    )
