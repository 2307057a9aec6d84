"""A message becomes a contribution, or enters the conversation it answers. Called by `inbound`, in its transaction.

What no person wrote (automatic replies, letters, spam) is set aside where the team can look, and is never answered. A
sender who floods us is handed to quarantine, where nothing is lost and nobody else waits behind it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from commun.contributions import mailboxes
from commun.contributions.models import Contribution, Event, Message
from commun.contributions.selectors.understanding import understand_message
from commun.contributions.services import conversation, handing_on, invitations, occurrences
from commun.contributions.services.conversation import trust_of
from commun.contributions.services.invitations import Invited
from commun.contributions.services.lifecycle import lock, move
from commun.contributions.services.mail_files import keep_attachments
from commun.contributions.services.receiving import Given, acknowledge, receive, sender_hash
from commun.contributions.types import Act, Direction, Kind, Source, State, Trust
from commun.contributions.understanding import Field, Nature, Understanding
from commun.contributions.understanding.mails import words_of
from commun.inbound.exceptions import Unprocessable
from commun.inbound.types import Incoming, Mailbox, ParsedMessage, Robot
from commun.library.api import ThemePage
from commun.subscribers.api import request_preferences_link

# Of one sender, within an hour. A proven sender counts apart from whoever writes under her name.
MOST_FROM_ONE_SENDER = 20
MOST_IN_ONE_CONVERSATION = 30
WINDOW = timedelta(hours=1)
# Of one address of which nothing is known: whoever writes in her name makes us write to her so often, and no more.
MOST_UNPROVEN_TOLD = 3
A_DAY = timedelta(days=1)
# Where rspamd and SpamAssassin, as they come, call a message spam.
SPAM_SCORE = 6.0


def take_contribution(*, incoming: Incoming, now: datetime) -> str:
    """`inbound` handler of the addresses where one gives."""
    message = incoming.message
    if message.robot in {Robot.LOOP, Robot.REPORT}:
        return f"set_aside:{message.robot.value}"
    trust = trust_of(message)
    sender = sender_of(message, trust=trust)
    _refuse_flood(sender=sender, trust=trust, now=now)
    understood = _understand(incoming)
    if _asks_to_leave(understood) and not _set_aside(message) and trust is not Trust.FAILING and sender.address:
        request_preferences_link(address=sender.address, now=now)
        return "unsubscription_asked"
    invited = invitations.read(message=message, sender=sender, trust=trust, now=now)
    if invited is not None and not _set_aside(message):
        followed = invitations.followed_in(invited=invited)
        if followed is not None:
            return _follow(row=followed, incoming=incoming, invited=invited, understood=understood, now=now)
    given = _given(incoming=incoming, sender=sender, trust=trust, understood=understood, invited=invited)
    contribution = receive(given=given, now=now)
    conversation.keep_incoming(contribution=contribution, incoming=incoming, now=now)
    keep_attachments(contribution=contribution, message=message, now=now)
    if aside := _set_aside(message):
        move(contribution_id=contribution.pk, act=Act.SPAM, to=State.SPAM, now=now, words=aside)
        return f"set_aside:{aside}"
    if why := _not_told(message=message, sender=sender, trust=trust, now=now):
        return f"received:{why}"
    acknowledge(contribution=contribution, now=now)
    return "received"


def _follow(
    *, row: Contribution, incoming: Incoming, invited: Invited, understood: Understanding, now: datetime
) -> str:
    """The same event again: its conversation goes on, with what this version says where it is the later one."""
    _refuse_flood_in(contribution=row, now=now)
    conversation.keep_incoming(contribution=row, incoming=incoming, now=now)
    keep_attachments(contribution=row, message=incoming.message, now=now)
    if invitations.is_outdated(row=row, invited=invited):
        return "event:outdated"
    invitations.update(row=row, invited=invited, understood=understood, now=now)
    if invited.occurrences:
        return "event:session_called_off" if invited.calls_off_sessions else "event:session"
    return "event:called_off" if invited.is_cancelled else "event:updated"


def _not_told(*, message: ParsedMessage, sender: Mailbox, trust: Trust, now: datetime) -> str:
    """Why a person's message is not acknowledged; "" where it is."""
    if message.answer_to is None or not sender.address:
        return "nobody_to_answer"
    if trust is Trust.FAILING:
        return "sender_doubtful"
    if trust is Trust.UNKNOWN and _told_today(sender=sender, now=now) >= MOST_UNPROVEN_TOLD:
        return "told_enough"
    return ""


def _told_today(*, sender: Mailbox, now: datetime) -> int:
    """Acknowledgements that left for mail of this address, unproven, within a day."""
    return Event.objects.filter(
        act=Act.ACKNOWLEDGE,
        at__gt=now - A_DAY,
        contribution__address_hash=sender_hash(sender.address),
        contribution__source=Source.MAIL,
        contribution__trust=Trust.UNKNOWN,
    ).count()


def take_answer(*, incoming: Incoming, now: datetime) -> str:
    """`inbound` handler of the addresses that name a conversation."""
    message = incoming.message
    if message.is_surely_of_a_robot:
        return f"set_aside:{message.robot.value}"
    contribution = _conversation(address=incoming.recipient)
    _refuse_flood_in(contribution=contribution, now=now)
    kept = conversation.keep_incoming(contribution=contribution, incoming=incoming, now=now)
    keep_attachments(contribution=contribution, message=message, now=now)
    # That she was written to under this address proves nothing: every forward and every copy shows it.
    proven = message.sender.address if trust_of(message) is Trust.PROVEN else ""
    conversation.note_answer(contribution_id=contribution.pk, proven=proven, now=now)
    handing_on.pass_on(became=contribution.became, text=_attributed(kept), now=now)
    if kept.may_be_automatic:
        return "answer:perhaps_automatic"
    return "answer:sender_doubtful" if kept.is_doubtful else "answer"


def _attributed(message: Message) -> str:
    """Her words as they are; those of somebody else, or of a program perhaps, say so."""
    if not message.text.strip():
        return message.text
    if message.may_be_automatic:
        return f"[Réponse automatique, peut-être]\n\n{message.text}"
    if not (message.is_doubtful or message.is_of_another):
        return message.text
    who = "d’un expéditeur douteux" if message.is_doubtful else "d’une autre adresse"
    return f"[Reçu {who}]\n\n{message.text}"


def _conversation(*, address: str) -> Contribution:
    """The contribution an answer is for; what was merged answers under the one it was merged into."""
    reference = mailboxes.read_conversation(address)
    found = Contribution.objects.filter(reference=reference).values_list("pk", flat=True).first()
    if found is None:
        raise Unprocessable("conversation_gone")
    row = lock(contribution_id=found)
    while row.merged_into_id is not None:
        row = lock(contribution_id=row.merged_into_id)
    if row.forgotten_at is not None:
        raise Unprocessable("conversation_forgotten")
    return row


def sender_of(message: ParsedMessage, *, trust: Trust) -> Mailbox:
    """Whom we write to: nobody, where it would be ourselves. `Reply-To` is followed only where the sender is proven:
    else, writing in somebody's name would bring her claim link into one's own mailbox."""
    found = message.sender
    if trust is Trust.PROVEN and message.reply_to is not None and message.reply_to.address:
        found = Mailbox(message.sender.name or message.reply_to.name, message.reply_to.address)
    return Mailbox(found.name, "") if mailboxes.is_ours(found.address) else found


def _understand(incoming: Incoming) -> Understanding:
    hint = Nature.EVENT if mailboxes.is_agenda(incoming.recipient) else None
    return understand_message(message=incoming.message, received_at=incoming.received_at, hint=hint)


def _asks_to_leave(understood: Understanding) -> bool:
    """Whoever writes "désabonnez-moi" to the team gets the link that does it: her mail alone proves nothing."""
    best = understood.best(Field.KIND)
    return best is not None and best.value == Nature.UNSUBSCRIBE


def _given(
    *, incoming: Incoming, sender: Mailbox, trust: Trust, understood: Understanding, invited: Invited | None
) -> Given:
    message = incoming.message
    suggestions = understood.as_json()
    fields: dict[str, Any] = {}
    if invited is not None:
        suggestions = occurrences.named(suggestions, occurrences=invited.occurrences)
        fields = invitations.first_fields(invited=invited, suggestions=suggestions)
    theme_id = mailboxes.read_theme(incoming.recipient)
    title = understood.best(Field.TITLE)
    return Given(
        kind=_kind(incoming=incoming, understood=understood),
        source=Source.MAIL,
        trust=trust,
        fields=fields,
        suggestions=suggestions,
        title=title.value if title is not None else message.subject,
        text=words_of(message),
        name=sender.name,
        address=sender.address,
        theme=ThemePage.objects.filter(pk=theme_id).first() if theme_id else None,
    )


def _kind(*, incoming: Incoming, understood: Understanding) -> Kind:
    """What it seems to be; whoever writes to the agenda hardly gives anything else than what an agenda holds."""
    best = understood.best(Field.KIND)
    kind = Kind(best.value) if best is not None and best.value in Kind.values else None
    if mailboxes.is_agenda(incoming.recipient):
        return kind if kind in {Kind.NEWS, Kind.QUESTION} else Kind.EVENT
    return kind or Kind.RESOURCE


def _set_aside(message: ParsedMessage) -> str:
    """Why nobody is answered, "" for a person's message."""
    if message.robot is not Robot.NONE:
        return message.robot.value
    return "spam_score" if (message.spam_score or 0) >= SPAM_SCORE else ""


def _refuse_flood(*, sender: Mailbox, trust: Trust, now: datetime) -> None:
    # Whoever shows no address, or one of ours, shares one count.
    recent = Contribution.objects.filter(
        address_hash=sender_hash(sender.address), trust=trust, source=Source.MAIL, received_at__gt=now - WINDOW
    )
    if recent.count() >= MOST_FROM_ONE_SENDER:
        raise Unprocessable("sender_too_fast")


def _refuse_flood_in(*, contribution: Contribution, now: datetime) -> None:
    recent = Message.objects.filter(contribution=contribution, direction=Direction.IN, at__gt=now - WINDOW)
    if recent.count() >= MOST_IN_ONE_CONVERSATION:
        raise Unprocessable("conversation_too_fast")
