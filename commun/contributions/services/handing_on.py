"""What becomes neither a page nor an answer is handed on to the room of cooperation, once it is accepted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.urls import reverse

from commun.accounts.models import User
from commun.contributions import mailboxes
from commun.contributions.exceptions import DraftEdited
from commun.contributions.models import Contribution
from commun.contributions.types import Kind
from commun.cooperation.api import (
    CooperationError,
    Given,
    GivenNeed,
    Need,
    NeedEnd,
    NothingToUndo,
    ThemeProposal,
    finish_need,
    idea_url,
    need_url,
    precise_need,
    propose_theme,
    state_need,
    take_back_need,
    take_back_proposal,
)

HANDED_ON = frozenset({Kind.NEED, Kind.PROPOSAL})
_NEED, _PROPOSAL = "need", "proposal"
_PAGES: dict[str, tuple[Any, Any]] = {_NEED: (Need, need_url), _PROPOSAL: (ThemeProposal, idea_url)}


def hand_on(*, row: Contribution, by: User, now: datetime) -> str:
    """Make the need or the proposal it becomes, in this transaction; returns `Contribution.became`."""
    whose: dict[str, Any] = {
        "title": row.title,
        "text": row.text,
        "name": row.name,
        "address": row.address,
        "user": row.user,
        "organisation": row.organisation,
        "organisation_name": row.organisation_name,
        "in_its_name": row.in_its_name,
        "territory": row.territory,
    }
    if row.kind == Kind.PROPOSAL:
        return f"{_PROPOSAL}:{propose_theme(given=Given(**whose), by=by, now=now).pk}"
    need = GivenNeed(
        **whose,
        theme=row.theme,
        stage=str(row.fields.get("stage", "")),
        constraints=str(row.fields.get("constraints", "")),
        shown=bool(row.fields.get("shown")),
        answer_to=mailboxes.conversation(reference=row.reference),
        stated_at=row.received_at,
    )
    return f"{_NEED}:{state_need(given=need, by=by, now=now).pk}"


def take_back(*, became: str) -> None:
    """Undo of `hand_on`. Raises `DraftEdited` once somebody worked on it there."""
    kind, key = _read(became)
    try:
        if kind == _NEED:
            take_back_need(need_id=key)
        elif kind == _PROPOSAL:
            take_back_proposal(proposal_id=key)
    except NothingToUndo as error:
        raise DraftEdited from error


def followed_at(*, became: str) -> str:
    """Address of the page where the person now follows it; "" where there is none of its own."""
    kind, key = _read(became)
    if kind not in _PAGES:
        return ""
    model, address = _PAGES[kind]
    reference = model.objects.filter(pk=key).values_list("reference", flat=True).first()
    return address(reference=reference) if reference else ""


def worked_on_at(*, became: str) -> str:
    """Address of the team's screen of what it became; "" for none."""
    kind, key = _read(became)
    if kind == _NEED:
        return reverse("cooperation_team:need", args=[key])
    return reverse("cooperation_team:proposals") if kind == _PROPOSAL else ""


def pass_on(*, became: str, text: str, now: datetime) -> bool:
    """What she adds by mail once it was handed on goes there; False where it stays here."""
    kind, key = _read(became)
    if kind != _NEED or not text.strip():
        return False
    try:
        precise_need(need_id=key, text=text, now=now)
    except (CooperationError, Need.DoesNotExist):
        return False
    return True


def withdraw(*, became: str, now: datetime) -> None:
    """She takes it back here: there too."""
    kind, key = _read(became)
    if kind == _NEED and Need.objects.filter(pk=key).exists():
        finish_need(need_id=key, end=NeedEnd.ABANDONED, now=now)


def _read(became: str) -> tuple[str, int]:
    kind, _, key = became.partition(":")
    return kind, int(key) if key.isdigit() else 0
