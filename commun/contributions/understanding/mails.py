"""What of a message is understood: her own words, then those of the messages she forwards, as one text.

An editor reads that very text, and evidence lies in it. Nothing that was forwarded is left to bytes that are emptied.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from commun.contributions.understanding.result import Nature, Writing
from commun.inbound.types import Attachment, ParsedMessage

MOST_FORWARDED = 10


def words_of(message: ParsedMessage) -> str:
    """What is given: her words, and under a line that names their author those of each message she forwards."""
    forwarded = [one for one in islice(all_forwarded(message), MOST_FORWARDED) if _own(one)]
    own = message.reply.strip()
    if not forwarded:
        return own or message.text
    if not own and len(forwarded) == 1:
        return _own(forwarded[0])
    return "\n\n".join(filter(None, [own, *(f"{_credit(one)}\n\n{_own(one)}" for one in forwarded)]))


def rest_of(message: ParsedMessage) -> str:
    """What was taken out of it all: signatures, history, what follows the last message read."""
    parts = [message.signature, message.quoted]
    for at, one in enumerate(all_forwarded(message)):
        parts += [one.signature, one.quoted] if at < MOST_FORWARDED else [one.text]
    return "\n\n".join(filter(None, parts))


def writing_of(message: ParsedMessage, *, received_at: datetime, hint: Nature | None = None) -> Writing:
    """The organisation, the signature and the name are those of whoever wrote what is forwarded."""
    author = author_of(message)
    chain = [message, *islice(all_forwarded(message), MOST_FORWARDED)]
    return Writing(
        subject=message.subject or author.subject,
        body=words_of(message),
        signature=author.signature,
        html="\n".join(filter(None, (one.html for one in chain))),
        sender_address=author.sender.address,
        sender_name=author.sender.name,
        is_forwarded=author is not message,
        received_at=received_at,
        calendars=tuple(file.data for file in all_files(message) if file.content_type == "text/calendar"),
        hint=hint,
    )


def author_of(message: ParsedMessage) -> ParsedMessage:
    """The message that says who gives: the first forwarded one with words of its own, else this one."""
    return next((one for one in islice(all_forwarded(message), MOST_FORWARDED) if _own(one)), message)


def all_forwarded(message: ParsedMessage) -> Iterator[ParsedMessage]:
    for one in message.forwarded:
        yield one
        yield from all_forwarded(one)


def all_files(message: ParsedMessage) -> Iterator[Attachment]:
    yield from message.attachments
    for one in message.forwarded:
        yield from all_files(one)


def _own(message: ParsedMessage) -> str:
    return message.reply.strip() or ("" if message.forwarded else message.text.strip())


def _credit(message: ParsedMessage) -> str:
    who = message.sender.name or message.sender.address
    return f"Message transféré de {who} :" if who else "Message transféré :"
