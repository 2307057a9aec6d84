"""One invitation and one reminder per vote, as sends of `mailing`: paced, counted, never twice to anybody.

A person asks for the invitation; it leaves once the vote is open. The reminder follows by itself, N days before
closing, to collectivités that have not voted. What a crash does: the audience, the message, the send and the row that
says it left are one transaction under the lock of that row; before its end nothing has left, after it `mailing` alone
goes on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from commun.accounts.api import InvalidAddress, normalise_email
from commun.accounts.models import User
from commun.common import french, mails
from commun.mailing.api import cancel, create_send, seal_message
from commun.mailing.exceptions import WrongState as SendIsOver
from commun.mailing.types import PERSONAL_TOKEN, Recipient
from commun.territories.api import mandated_people, official_addresses
from commun.votes import tokens
from commun.votes.exceptions import WrongState
from commun.votes.models import Elector, Invitation, InvitationRefusal, Invited, Vote
from commun.votes.selectors.electors import electors_of
from commun.votes.services.letters import address_of
from commun.votes.types import InvitationKind, VoteState

if TYPE_CHECKING:
    from commun.mailing.models import Message

SEND_KINDS = {InvitationKind.INVITATION: "vote_invitation", InvitationKind.REMINDER: "vote_reminder"}
#: A reminder neither follows the invitation at once nor comes when nobody has time left.
NOT_BEFORE = timedelta(days=2)
NOT_AFTER = timedelta(hours=12)
KEPT_FOR = timedelta(days=90)
_BATCH = 2000


@transaction.atomic
def ask_invitation(*, vote_id: int, by: User | None, now: datetime) -> Invitation:
    """The invitation leaves at opening, or within a minute where the vote is open. Asked twice, it is the same one.
    Raises `WrongState`."""
    vote = Vote.objects.select_for_update().get(pk=vote_id)
    if vote.state not in {VoteState.SCHEDULED, VoteState.OPEN}:
        raise WrongState(vote.state)
    row, _ = Invitation.objects.get_or_create(
        vote=vote, kind=InvitationKind.INVITATION, defaults={"asked_at": now, "asked_by": by}
    )
    return row


def send_invitations(*, now: datetime) -> int:
    """What was asked for and whose vote is open leaves (periodic)."""
    due = Invitation.objects.filter(sent_at=None, vote__state=VoteState.OPEN, vote__closes_at__gt=now)
    return sum(_send(invitation_id=pk, now=now) for pk in list(due.values_list("pk", flat=True)))


def send_reminders(*, now: datetime) -> int:
    """Each vote's one reminder, when its day has come (periodic)."""
    invited = Invitation.objects.filter(
        kind=InvitationKind.INVITATION, sent_at__lte=now - NOT_BEFORE, vote__state=VoteState.OPEN
    )
    for row in invited.select_related("vote"):
        vote = row.vote
        begins = vote.closes_at - timedelta(days=vote.reminder_days)
        if vote.reminder_days and begins <= now < vote.closes_at - NOT_AFTER:
            Invitation.objects.get_or_create(vote=vote, kind=InvitationKind.REMINDER, defaults={"asked_at": now})
    return send_invitations(now=now)


def _send(*, invitation_id: int, now: datetime) -> int:
    with transaction.atomic():
        row = Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation_id, sent_at=None).first()
        vote = Vote.objects.select_for_update().get(pk=row.vote_id) if row is not None else None
        if row is None or vote is None or vote.state != VoteState.OPEN:
            return 0
        kind = InvitationKind(row.kind)
        audience = find_audience(vote=vote, silent_only=kind == InvitationKind.REMINDER, at=now)
        row.send = create_send(
            message=_message(vote=vote, kind=kind, now=now),
            kind=SEND_KINDS[kind],
            idempotency_key=f"{SEND_KINDS[kind]}-{vote.pk}",
            recipients=[Recipient(address=address, key=tokens.key_of(address=address)) for address in audience],
            slug=vote.slug,
            created_by=row.asked_by,
            now=now,
        )
        row.sent_at = now
        row.save(update_fields=["send", "sent_at"])
        _write_down(audience)
    return len(audience)


def find_audience(*, vote: Vote, silent_only: bool, at: datetime) -> dict[str, set[int]]:
    """Address → electors for which it is written to: members who may act, official addresses. Each address once,
    without those that refused. `silent_only`: for electors without a ballot."""
    wanted = Elector.objects.filter(vote=vote).standing()
    wanted = wanted.filter(last_number=None) if silent_only else wanted
    by_key = dict(wanted.values_list("key", "pk"))
    eligible = set(by_key.values())
    found: dict[str, set[int]] = {}
    for key, email in official_addresses(kinds=vote.kinds):
        if key in by_key:
            _add(found, email, {by_key[key]})
    for person in mandated_people(at=at).iterator():
        hers = electors_of(user=person, vote=vote, now=at).values_list("pk", flat=True)
        _add(found, person.email, eligible.intersection(hers))
    refused = set(InvitationRefusal.objects.values_list("recipient_key", flat=True))
    return {address: electors for address, electors in found.items() if tokens.key_of(address=address) not in refused}


def _add(found: dict[str, set[int]], email: str, electors: set[int]) -> None:
    if not electors:
        return
    try:
        address = normalise_email(email)
    except InvalidAddress:  # of an old file: nobody can be written to there
        return
    found.setdefault(address, set()).update(electors)


def _message(*, vote: Vote, kind: InvitationKind, now: datetime) -> Message:
    words = "Rappel, votez avant le" if kind == InvitationKind.REMINDER else "Votez avant le"
    url = address_of("votes:invitation", PERSONAL_TOKEN)
    mail = mails.compose(
        template="votes/mail/invitation.txt",
        subject=f"{words} {french.short_day(timezone.localtime(vote.closes_at))} : {vote.title}",
        vote=vote,
        options=list(vote.options.all()),
        reminder=kind == InvitationKind.REMINDER,
        personal_url=url,
        vote_url=address_of("votes:vote", vote.slug),
    )
    return seal_message(
        subject=mail.subject,
        html=mail.html,
        text=mail.text,
        now=now,
        bulk=False,  # nobody subscribed to it: its way out is its own page, that a mail program can also press
        extra_headers={
            "List-Unsubscribe": f"<{url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Precedence": "bulk",
            "Auto-Submitted": "auto-generated",
            "X-Auto-Response-Suppress": "OOF, AutoReply",
        },
    )


def _write_down(audience: dict[str, set[int]]) -> None:
    rows = (
        Invited(elector_id=elector, recipient_key=tokens.key_of(address=address))
        for address, electors in audience.items()
        for elector in sorted(electors)
    )
    while batch := list(islice(rows, _BATCH)):
        Invited.objects.bulk_create(batch, ignore_conflicts=True)


def stop_invitations(*, vote: Vote, by: User | None, now: datetime) -> None:
    """What has not left yet does not: the vote is called off."""
    Invitation.objects.filter(vote=vote, sent_at=None).delete()
    for row in Invitation.objects.filter(vote=vote, send__isnull=False):
        try:
            cancel(send_id=row.send_id, by=by, now=now)  # type: ignore[arg-type]  # filtered above
        except SendIsOver:
            continue


@transaction.atomic
def refuse_invitations(*, recipient_key: str, now: datetime) -> None:
    """No invitation nor reminder to this address any more, for whatever vote. Idempotent."""
    InvitationRefusal.objects.get_or_create(recipient_key=recipient_key, defaults={"refused_at": now})


def accept_invitations(*, recipient_key: str) -> None:
    InvitationRefusal.objects.filter(recipient_key=recipient_key).delete()


def forget_invited(*, now: datetime) -> int:
    """Ninety days after the vote, nobody needs to know which address was invited for whom (periodic)."""
    over = now - KEPT_FOR
    box = "elector__vote__box"
    old = Invited.objects.filter(Q(**{f"{box}__closed_at__lt": over}) | Q(**{f"{box}__cancelled_at__lt": over}))
    return Invited.objects.filter(pk__in=old.values("pk")).delete()[0]
