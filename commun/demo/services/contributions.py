"""Contributions of invented people: some at each point of their way, two that come in by mail."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from commun.contributions import api
from commun.contributions.types import Source, State, Trust
from commun.demo.content import contributions as content
from commun.demo.content.markup import to_text
from commun.demo.services.people import editor
from commun.inbound.api import receive
from commun.inbound.types import Transport


def load_contributions(*, now: datetime) -> None:
    """Once: what the team decided since is left alone. The mail is handled by whichever worker runs."""
    if api.Contribution.objects.exists():
        return
    with transaction.atomic():
        for gift in content.GIFTS:
            _give(gift=gift, at=now - timedelta(days=gift.days))
    for name, sender, local in content.MESSAGES:
        receive(
            raw=(content.MAIL / name).read_bytes(),
            mail_from=sender,
            recipient=f"{local}@{settings.INBOUND_DOMAIN}",
            transport=Transport.PIPE,
            now=now,
        )


def _give(*, gift: content.Gift, at: datetime) -> None:
    row = api.receive(
        given=api.Given(
            kind=gift.kind,
            source=Source.FORM,
            title=to_text(gift.title),
            text=to_text(gift.text),
            name=gift.name,
            address=gift.address,
            organisation_name=to_text(gift.structure),
            trust=Trust.PROVEN if gift.address else Trust.UNKNOWN,
        ),
        now=at,
    )
    if gift.state is not State.SPAM:
        api.acknowledge(contribution=row, now=at)
    if (decide := _DECISIONS.get(gift.state)) is not None:
        decide(row.pk, gift, at + timedelta(hours=5))


def _ask(pk: int, gift: content.Gift, at: datetime) -> None:
    api.ask(contribution_id=pk, text=to_text(gift.said), by=editor(), now=at)


def _decline(pk: int, gift: content.Gift, at: datetime) -> None:
    api.decline(contribution_id=pk, text=to_text(gift.said), by=editor(), now=at)


def _accept(pk: int, gift: content.Gift, at: datetime) -> None:
    api.accept(contribution_id=pk, by=editor(), now=at)


def _take(pk: int, gift: content.Gift, at: datetime) -> None:
    api.assign(contribution_id=pk, to=editor(), by=editor(), now=at)


def _set_aside(pk: int, gift: content.Gift, at: datetime) -> None:
    api.mark_spam(contribution_id=pk, by=editor(), now=at)


_DECISIONS: dict[State, Callable[[int, content.Gift, datetime], None]] = {
    State.WAITING: _ask,
    State.DECLINED: _decline,
    State.ACCEPTED: _accept,
    State.IN_REVIEW: _take,
    State.SPAM: _set_aside,
}
