"""When a code leaves by mail, and how long it is good: nobody can keep the holder of an address from entering.

One code per address, whoever asks. While it is good, asking again sends nothing that limits do not allow and hands the
same code to the page: it is in her mailbox already. The last mail that limits allow carries a code that is good until
they allow the next. A code that is used is gone, and gives the limits back: only its holder could.

So, always: either a mail may leave, or the last one that left still opens. Long codes (eight letters among twenty,
2.5e10) bear the guesses of a day; what one network may guess is bounded where codes are typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

LIFE = timedelta(minutes=10)
PAUSE = timedelta(minutes=1)
#: Mails to one address: (how many, in how long, asked from the same network only).
LIMITS = (
    (1, PAUSE, False),
    (4, timedelta(hours=1), True),
    (8, timedelta(hours=1), False),
    (20, timedelta(days=1), False),
)
_KEPT = max(period for _, period, _ in LIMITS)


@dataclass(frozen=True, kw_only=True)
class Mail:
    at: datetime
    client: str


@dataclass(frozen=True, kw_only=True)
class Code:
    """What is held for an address. `code` is empty when none is good; `mails` are those that limits still count."""

    code: str = ""
    until: datetime | None = None
    sent_at: datetime | None = None
    mails: tuple[Mail, ...] = ()

    def is_good(self, *, now: datetime) -> bool:
        return bool(self.code) and self.until is not None and now < self.until


def ask(held: Code, *, client: str, now: datetime, draw: Callable[[], str]) -> tuple[Code, bool]:
    """What is held from now on, and whether it must leave by mail."""
    mails = tuple(mail for mail in held.mails if mail.at > now - _KEPT)
    good = held.is_good(now=now)
    if good and _closed_until(mails, client=client, now=now) > now:
        return replace(held, mails=mails), False
    mails = (*mails, Mail(at=now, client=client))
    until = max(now + LIFE, _closed_until(mails, client=client, now=now))
    if good and held.until is not None:
        until = max(until, held.until)  # the mail before said so
    return Code(code=held.code if good else draw(), until=until, sent_at=now, mails=mails), True


def _closed_until(mails: tuple[Mail, ...], *, client: str, now: datetime) -> datetime:
    """When limits let a mail leave again; `now` where they do."""
    again = now
    for limit, period, same_client in LIMITS:
        counted = [mail.at for mail in mails if not same_client or mail.client == client]
        if len(counted) >= limit:
            again = max(again, counted[-limit] + period)
    return again
