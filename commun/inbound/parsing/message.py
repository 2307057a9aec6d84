"""`parse`: from bytes to what a person would read."""

from __future__ import annotations

import re
from dataclasses import replace

from commun.common.characters import clean_text
from commun.inbound.parsing import authentication, bodies, limits, replies, robots, smime, texts, tnef
from commun.inbound.parsing.attachments import read_file, unpacked
from commun.inbound.parsing.result import Attachment, ParsedMessage, Robot
from commun.inbound.parsing.structure import Headers, Part, Reader, walk
from commun.inbound.parsing.words import addresses, message_ids, read_date

_ITIP_ANSWER = re.compile(rb"^METHOD:(?:REPLY|COUNTER|REFRESH|DECLINECOUNTER)\s*$", re.IGNORECASE | re.MULTILINE)
_SCORE = re.compile(r"(?:score\s*=\s*)?(-?\d{1,4}(?:\.\d{1,3})?)")


def parse(raw: bytes, *, authserv_id: str = "", own_list_id: str = "") -> ParsedMessage:
    """Read one message; never raises.

    `authserv_id`: the name under which our own server writes `Authentication-Results`. `own_list_id`: a message
    that bears it is our own letter coming back.
    """
    try:
        return read_message(raw, authserv_id=authserv_id, own_list_id=own_list_id)
    except Exception:
        # Whatever the fuzzers did not find: the message is kept and shown as unreadable, nothing stops for it.
        return ParsedMessage(defects=("unreadable",))


def read_message(raw: bytes, *, authserv_id: str = "", own_list_id: str = "") -> ParsedMessage:
    """`parse` without its net: what it raises is a fault of ours."""
    reader = Reader()
    if len(raw) > limits.MAX_BYTES:
        reader.note("too_large")
        raw = raw[: limits.MAX_BYTES]
    data = raw.replace(b"\r\n", b"\n")
    root = reader.read(data, 0, len(data))
    message = _read_part(root)
    robot, guessed = _robot(root, message, own_list_id=own_list_id)
    return replace(
        message,
        authentication=authentication.read(root.headers, authserv_id=authserv_id),
        robot=robot,
        robot_is_guessed=guessed,
        spam_score=_spam_score(root.headers),
        defects=tuple(reader.defects),
    )


def _read_part(root: Part) -> ParsedMessage:
    """A message and those attached to it. Depth was bounded while reading."""
    headers = root.headers
    files, attached, envelopes = _sort(root)
    body = texts.read(root)
    if not body.text.strip():
        body = _of_envelope(envelopes) or body
    shown = bodies.read_html("\n".join(body.html)[: limits.MAX_TEXT])[0] if body.html else ""
    text = body.text
    subject = headers.text("subject")[:998]
    answers = bool(headers.raw("in-reply-to") or headers.raw("references"))
    reading = replies.read(text, subject=subject, answers=answers)
    forwarded = [_read_part(part.children[0]) for part in attached if part.children]
    if reading.forward is not None:
        forwarded.insert(0, _pasted(reading.forward))
    reply_to = addresses(headers.all("reply-to"))
    return ParsedMessage(
        sender=next(iter(addresses(headers.all("from")[:1]) or addresses(headers.all("sender")[:1])), _NOBODY),
        reply_to=next((box for box in reply_to if box.address), None),
        to=addresses(headers.all("to")),
        cc=addresses(headers.all("cc")),
        subject=subject,
        date=read_date(headers.text("date")),
        message_id=next(iter(message_ids(headers.text("message-id"))), ""),
        in_reply_to=message_ids(headers.text("in-reply-to")),
        references=message_ids(headers.text("references")),
        text="\n\n".join(filter(None, (text.strip(), body.footer))),
        reply=reading.reply,
        quoted=reading.quoted,
        signature="\n".join(filter(None, (reading.signature, body.footer))),
        html=shown,
        attachments=tuple(files),
        forwarded=tuple(forwarded),
    )


_NOBODY = ParsedMessage().sender


def _pasted(forward: replies.Forward) -> ParsedMessage:
    fields = forward.fields
    inner = replies.read(forward.text)
    return ParsedMessage(
        sender=next(iter(addresses([fields.get("from", "").encode()])), _NOBODY),
        to=addresses([fields.get("to", "").encode()]),
        subject=fields.get("subject", ""),
        date=read_date(fields.get("date", "")),
        text=forward.text,
        reply=inner.reply,
        quoted=inner.quoted,
        signature=inner.signature,
    )


def _sort(root: Part) -> tuple[list[Attachment], list[Part], list[tnef.Envelope]]:
    """Files, attached messages, Outlook's envelopes. A text shown in place is no file, nor is a signature."""
    files: list[Attachment] = []
    attached: list[Part] = []
    envelopes: list[tnef.Envelope] = []
    for part in walk(root):
        if part.content_type.startswith("multipart/") or texts.is_text(part):
            continue
        if part.content_type in {"message/rfc822", "message/global"} and part.children:
            attached.append(part)
        elif part.end > part.start and not smime.is_signature(part.content_type, part.file_name):
            file = read_file(part, number=len(files) + 1)
            envelope = tnef.read(file.data)
            if envelope is None:
                files.append(file)
            else:
                envelopes.append(envelope)
                files += (unpacked(one, number=len(files) + at) for at, one in enumerate(envelope.files, start=1))
    return files, attached, envelopes


def _of_envelope(envelopes: list[tnef.Envelope]) -> texts.Texts | None:
    """Outlook sometimes leaves the text itself in its envelope alone."""
    for one in envelopes:
        if one.text.strip():
            return texts.Texts(clean_text(one.text).strip())
        if one.html.strip():
            return texts.Texts(bodies.read_html(one.html[: limits.MAX_TEXT])[1], html=[one.html])
    return None


def _robot(root: Part, message: ParsedMessage, *, own_list_id: str) -> tuple[Robot, bool]:
    """And whether its words alone tell."""
    header, subject = root.headers.text, message.subject
    by_program = robots.is_marked_automatic(header=header, subject=subject)
    marked = _marked(root, message, own_list_id=own_list_id)
    if marked is not Robot.NONE:
        return marked, False
    if robots.is_challenge(header=header, subject=subject, text=message.reply[:20_000]):
        return Robot.CHALLENGE, not by_program
    if robots.is_bulk(header=header):
        return Robot.BULK, False
    if by_program or _answers_invitation(message):
        return Robot.AUTO_REPLY if by_program else Robot.REPORT, False
    has_files = any(not file.inline for file in message.attachments)
    if robots.is_automatic(header=header, subject=subject, text=message.reply, has_files=has_files):
        return Robot.AUTO_REPLY, True
    return Robot.NONE, False


def _marked(root: Part, message: ParsedMessage, *, own_list_id: str) -> Robot:
    """What programs that carry mail, or ask for a proof, say of themselves."""
    header = root.headers.text
    if own_list_id and f"<{own_list_id.lower()}>" in header("list-id").lower():
        return Robot.LOOP
    if len(root.headers.all("received")) > limits.MAX_HOPS:
        return Robot.LOOP
    if root.content_type == "multipart/report":
        return Robot.REPORT
    sender = message.sender.address.partition("@")[0]
    if sender in {"mailer-daemon", "postmaster"} and header("return-path") in {"", "<>"}:
        return Robot.REPORT
    return Robot.CHALLENGE if robots.is_marked_challenge(header=header) else Robot.NONE


def _answers_invitation(message: ParsedMessage) -> bool:
    """« Accepté : … »: a calendar says that somebody comes (RFC 5546 § 3.2.3); words of her own make it a message."""
    said = any(
        file.content_type == "text/calendar" and _ITIP_ANSWER.search(file.data[:2000]) for file in message.attachments
    )
    return said and len(message.reply.split()) < 30


def _spam_score(headers: Headers) -> float | None:
    """As rspamd or SpamAssassin on our own server wrote it; the first is the last written."""
    for name in ("x-spam-score", "x-rspamd-score", "x-spam-status"):
        value = headers.text(name)
        found = _SCORE.search(value.partition("score")[2] if name == "x-spam-status" else value)
        if found is not None:
            return float(found[1])
    return None
