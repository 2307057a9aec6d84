"""What a person wrote, told from what her mail program added: quotes, signatures, other people's messages.

French and English, by the words mail programs write (`headings`). Whatever is taken out is given back beside:
`quoted`, `signature`, `forwarded`. A reply below or between the lines of a quote is kept; where a quote has no mark,
all that follows its heading is history. What would leave her without a word is hers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from commun.inbound.parsing import headings, limits, signatures

_FORWARD_SUBJECT = re.compile(r"^\s*(tr|fwd?|i|transf(ert|éré)?)\s*[:\]]", re.IGNORECASE)
_REPLY_SUBJECT = re.compile(r"^\s*(re|r|rép|aw)\s*(\[\d+\])?\s*:", re.IGNORECASE)
_PGP = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----\n(?:Hash:[^\n]*\n)*\n"
    r"|^-----BEGIN PGP SIGNATURE-----\n.*?(?:^-----END PGP SIGNATURE-----\n?|\Z)",
    re.MULTILINE | re.DOTALL,
)
_MOST_FIELDS = 20


@dataclass(frozen=True, slots=True)
class Forward:
    """A message pasted under another: its header fields as they were written, and its text."""

    fields: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    reply: str
    quoted: str
    signature: str
    forward: Forward | None = None


def read(text: str, *, subject: str = "", answers: bool = False) -> Reading:
    """Tell the parts of a text apart. `subject` and `answers` (it names the message it answers) say whether an unmarked
    heading is above a forward or above what she answers to."""
    text = text[: limits.MAX_READ_TEXT]
    if "-----BEGIN PGP" in text:
        text = re.sub(r"^- -", "-", _PGP.sub("", text), flags=re.MULTILINE)
    lines = text.split("\n")
    at = _forward_at(lines, subject=subject, answers=answers)
    if at is None:
        return _read_reply(lines)
    marked = headings.is_forward_mark(lines[at]) or headings.is_original_mark(lines[at])
    reading = _with_forward(lines[:at], lines[at + marked :])
    if headings.is_forward_mark(lines[at]) or _FORWARD_SUBJECT.match(subject):
        return reading
    # Nothing says that it is a forward: it stands among what was taken out too.
    return replace(reading, quoted="\n".join(filter(None, [reading.quoted, *lines[at:]])).strip())


def _forward_at(lines: list[str], *, subject: str, answers: bool) -> int | None:
    """Where a forwarded message begins: at its mark, or at a heading that can only be a forward's."""
    says_forward = _FORWARD_SUBJECT.match(subject) is not None
    may_forward = says_forward or not (answers or _REPLY_SUBJECT.match(subject))
    for at, line in enumerate(lines):
        if headings.is_forward_mark(line):
            return at
        if headings.is_block(lines, at) or (headings.is_original_mark(line) and _block_below(lines, at)):
            return at if may_forward else None  # below a history, what was forwarded is history too
        if not says_forward and headings.length(lines, at) and not _marked_below(lines, at + 1):
            return None
    return None


def _block_below(lines: list[str], at: int) -> bool:
    return any(headings.is_block(lines, n) for n in range(at + 1, min(at + 4, len(lines))))


def _with_forward(above: list[str], below: list[str]) -> Reading:
    own = _read_reply(_without_rule(above))
    fields, text = _take_fields([re.sub(r"^> ?", "", line) for line in below])
    return Reading(own.reply, own.quoted, own.signature, Forward(fields, text))


def _without_rule(lines: list[str]) -> list[str]:
    """The line that programs draw above what they forward is nobody's."""
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), None)
    if last is not None and (headings.is_original_mark(lines[last]) or headings.RULE.match(lines[last].strip())):
        return lines[:last]
    return lines


def _take_fields(lines: list[str]) -> tuple[dict[str, str], str]:
    fields: dict[str, str] = {}
    position, last = 0, ""
    while position < len(lines) and position < _MOST_FIELDS:
        line = lines[position].strip()
        found = headings.field(line)
        if found is not None:
            last = found[0]
            fields.setdefault(last, found[1])
        elif not line and fields and not _field_follows(lines, position, fields):
            break
        elif line and last and lines[position][:1] in " \t":
            fields[last] += " " + line
        elif line:
            break
        position += 1
    fields.pop("other", None)
    return fields, "\n".join(lines[position:]).strip()


def _field_follows(lines: list[str], at: int, fields: dict[str, str]) -> bool:
    """HTML gives each field its paragraph: an empty line between two of them ends nothing."""
    after = headings.field(lines[at + 1]) if at + 1 < len(lines) else None
    return after is not None and after[0] not in fields


def _read_reply(lines: list[str]) -> Reading:
    kept: list[list[str]] = [[]]  # what she wrote, cut where quotes were
    quoted: list[str] = []
    unmarked: int | None = None
    position = 0
    while position < len(lines):
        line = lines[position].strip()
        if line.startswith(">"):
            quoted.append(lines[position])
            if kept[-1]:
                kept.append([])
            position += 1
            continue
        own, length = headings.on_the_line(lines, position)
        if length:
            kept[-1].append(own)
        if length := length or headings.length(lines, position):
            quoted += lines[position : position + length]
            position += length
            if not _marked_below(lines, position):
                unmarked = position
                break
            continue
        kept[-1].append(lines[position])
        position += 1
    reading = _without_signatures(kept, quoted + (lines[unmarked:] if unmarked is not None else []))
    if reading.reply or reading.signature:
        return reading
    return _all_hers(lines, quoted, unmarked) or reading


def _all_hers(lines: list[str], quoted: list[str], unmarked: int | None) -> Reading | None:
    """A whole message between quotation marks is hers; under a heading without marks, her answer may stand below the
    quote, and nothing says where."""
    if unmarked is not None:
        below = "\n".join(lines[unmarked:]).strip()
        body = [line for line in lines[unmarked:] if headings.field(line) is None] if below else []
        reply, signature = signatures.cut(body)
        return (
            Reading("\n".join(reply).strip(), "\n".join(quoted).strip(), "\n".join(signature).strip()) if body else None
        )
    if any(headings.length([re.sub(r"^(> ?)+", "", line)], 0) for line in quoted[:4]):
        return None  # what she answers to, alone: she wrote nothing
    if not all(line.strip().startswith(">") or not line.strip() for line in lines):
        return None
    reply, signature = signatures.cut([re.sub(r"^\s*> ?", "", line) for line in lines])
    return Reading("\n".join(reply).strip(), "", "\n".join(signature).strip())


def _marked_below(lines: list[str], at: int) -> bool:
    """Whether the quote that follows is marked by `>`: then what is not marked is hers."""
    following = (line.strip() for line in lines[at : at + 4])
    return any(line.startswith(">") for line in following)


def _without_signatures(kept: list[list[str]], quoted: list[str]) -> Reading:
    replies, below = [], []
    for segment in kept:
        reply, signature = signatures.cut(segment)
        replies.append("\n".join(reply).strip())
        below.append("\n".join(signature).strip())
    return Reading(
        reply=re.sub(r"\n{3,}", "\n\n", "\n\n".join(filter(None, replies))),
        quoted="\n".join(quoted).strip(),
        signature="\n".join(filter(None, below)),
    )
