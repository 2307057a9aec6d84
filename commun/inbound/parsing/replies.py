"""What a person wrote, told from what her mail program added: quotes, signatures, other people's messages.

French and English, by the words mail programs write. Whatever is taken out is given back beside: `quoted`,
`signature`, `forwarded`. A reply below or between the lines of a quote is kept; where a quote has no mark, all that
follows its heading is history.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from commun.inbound.parsing import limits

_ATTRIBUTION = re.compile(
    r"^(le |on |am |el )\S.{5,300}?(a écrit|écrivait|a écrit le|wrote|schrieb|escribió)\s*:?\s*$"
    r"|^.{3,150}<[^<>\s]+@[^<>\s]+>.{0,40}(a écrit|wrote)\s*:?\s*$",
    re.IGNORECASE,
)
_ATTRIBUTION_BEGINS = re.compile(r"^(le|on) .{3,}\d|^(le|on) \w{2,4}[., ].{3,}", re.IGNORECASE)
_ORIGINAL = re.compile(
    r"^[-_ >]{2,}\s*(message d.origine|(message|mail|courriel) (original|initial)|original message|reply message)"
    r"\s*[-_ ]*$",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"^[-_ ]{2,}\s*((message|mail|courriel) (transféré|suivi|réexpédié)|forwarded message)\s*[-_ ]*:?\s*$"
    r"|^(début du (message|courriel) (transféré|réexpédié)|begin forwarded message)\s*:\s*$",
    re.IGNORECASE,
)
_HEADER_FIELD = re.compile(
    r"^\*?(?P<name>de|from|expéditeur|envoyé(?: le)?|sent|date|à|a|to|pour|destinataire|cc|copie à"
    r"|objet|subject|sujet|répondre à|reply-to)\*?[\s\xa0]*:\*?[\s\xa0]*(?P<value>.*)$",
    re.IGNORECASE,
)
_FIELDS = {
    "from": {"de", "from", "expéditeur"},
    "date": {"envoyé", "envoyé le", "sent", "date"},
    "to": {"à", "a", "to", "pour", "destinataire"},
    "subject": {"objet", "subject", "sujet"},
}
_FORWARD_SUBJECT = re.compile(r"^\s*(tr|fwd?|transf(ert|éré)?)\s*[:\]]", re.IGNORECASE)
_DEVICE = re.compile(
    r"^(envoyé (de|depuis|à partir de|avec)|sent (from|with)|get outlook|obtenir outlook|téléchargez outlook"
    r"|provenance\s*:|télécharger outlook)\b.{0,120}$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(bien |très |sincères? |meilleures? )?(cordialement|à vous|amicalement|respectueusement|sincèrement|salutations"
    r"|cdlt|cdt|kind regards|best regards|regards|best|sincerely)\b.{0,30}$"
    r"|^bien (à vous|cordialement)\b.{0,30}$|^(belle|bonne) (journée|soirée)\b.{0,40}$",
    re.IGNORECASE,
)
_MOST_SIGNATURE_LINES = 15


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


def read(text: str, *, subject: str = "") -> Reading:
    """Tell the parts of a text apart. `subject` says whether an unmarked heading is a forward or a reply."""
    lines = text[: limits.MAX_READ_TEXT].split("\n")
    forward_at = next((n for n, line in enumerate(lines) if _FORWARD.match(line.strip())), None)
    if forward_at is not None:
        return _with_forward(lines[:forward_at], lines[forward_at + 1 :])
    if _FORWARD_SUBJECT.match(subject):
        heading = next((n for n in range(len(lines)) if _is_heading(lines, n)), None)
        if heading is not None:
            return _with_forward(lines[:heading], lines[heading:])
    return _read_reply(lines)


def _with_forward(above: list[str], below: list[str]) -> Reading:
    own = _read_reply(_without_rule(above))
    fields, text = _take_fields([re.sub(r"^> ?", "", line) for line in below])
    return Reading(own.reply, own.quoted, own.signature, Forward(fields, text))


def _without_rule(lines: list[str]) -> list[str]:
    """The line that programs draw above what they forward is nobody's."""
    last = next((n for n in range(len(lines) - 1, -1, -1) if lines[n].strip()), None)
    if last is not None and (_ORIGINAL.match(lines[last].strip()) or re.fullmatch(r"[-_]{8,}", lines[last].strip())):
        return lines[:last]
    return lines


def _take_fields(lines: list[str]) -> tuple[dict[str, str], str]:
    fields: dict[str, str] = {}
    position, last = 0, ""
    while position < len(lines) and position < 20:
        line = lines[position].strip()
        found = _HEADER_FIELD.match(line)
        if found is not None:
            last = next((key for key, names in _FIELDS.items() if found["name"].lower() in names), "other")
            fields.setdefault(last, found["value"].strip())
        elif not line and fields:
            break
        elif line and last and lines[position][:1] in " \t":
            fields[last] += " " + line
        elif line:
            break
        position += 1
    fields.pop("other", None)
    return fields, "\n".join(lines[position:]).strip()


def _is_heading(lines: list[str], at: int) -> bool:
    """« De : … Envoyé : … Objet : … », as Outlook writes above what it quotes without any mark."""
    first = _HEADER_FIELD.match(lines[at].strip())
    if first is None or first["name"].lower() not in _FIELDS["from"]:
        return False
    names = {found["name"].lower() for line in lines[at + 1 : at + 9] if (found := _HEADER_FIELD.match(line.strip()))}
    return bool(names & _FIELDS["subject"]) or len(names) >= 2


def _read_reply(lines: list[str]) -> Reading:
    kept: list[list[str]] = [[]]  # what she wrote, cut where quotes were
    quoted: list[str] = []
    position = 0
    while position < len(lines):
        line = lines[position].strip()
        if line.startswith(">"):
            quoted.append(lines[position])
            if kept[-1]:
                kept.append([])
            position += 1
            continue
        length = _heading_length(lines, position)
        if length:
            quoted += lines[position : position + length]
            position += length
            if not _marked_below(lines, position):
                quoted += lines[position:]
                break
            continue
        kept[-1].append(lines[position])
        position += 1
    return _without_signatures(kept, quoted)


def _heading_length(lines: list[str], at: int) -> int:
    """How many lines the heading of a quote takes here; 0 where there is none."""
    line = lines[at].strip()
    if _ORIGINAL.match(line) or _is_heading(lines, at):
        return 1
    if re.fullmatch(r"_{10,}", line) and any(_is_heading(lines, n) for n in range(at + 1, min(at + 3, len(lines)))):
        return 1
    if _ATTRIBUTION.match(line):
        return 1
    if _ATTRIBUTION_BEGINS.match(line):
        # Programs wrap it: « Le mardi 3 mars 2026 à 10:12, Camille Exemple\n<camille@example.org> a écrit : »
        for length in (2, 3, 4):
            joined = " ".join(part.strip() for part in lines[at : at + length])
            if any(not part.strip() for part in lines[at : at + length]) or len(joined) > 400:
                return 0
            if _ATTRIBUTION.match(joined):
                return length
    return 0


def _marked_below(lines: list[str], at: int) -> bool:
    """Whether the quote that follows is marked by `>`: then what is not marked is hers."""
    following = (line.strip() for line in lines[at : at + 4])
    return any(line.startswith(">") for line in following)


def _without_signatures(kept: list[list[str]], quoted: list[str]) -> Reading:
    replies, signatures = [], []
    for segment in kept:
        reply, signature = _cut_signature(segment)
        replies.append("\n".join(reply).strip())
        signatures.append("\n".join(signature).strip())
    return Reading(
        reply=re.sub(r"\n{3,}", "\n\n", "\n\n".join(filter(None, replies))),
        quoted="\n".join(quoted).strip(),
        signature="\n".join(filter(None, signatures)),
    )


def _cut_signature(lines: list[str]) -> tuple[list[str], list[str]]:
    # The line of a telephone stands alone: text after it is hers, phones put it above what she goes on to write.
    devices = [line for line in lines if _DEVICE.match(line.strip())]
    lines = [line for line in lines if not _DEVICE.match(line.strip())] if devices else lines
    for at, line in enumerate(lines):
        if line in {"-- ", "--"}:
            above, closing = _cut_closing(lines[:at])
            return above, [*closing, *lines[at:], *devices]
    above, closing = _cut_closing(lines)
    return above, [*closing, *devices]


def _cut_closing(lines: list[str]) -> tuple[list[str], list[str]]:
    """« Cordialement » and the few lines below, unless they hold a postscript or nothing stands above."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 2 * _MOST_SIGNATURE_LINES), -1):
        if not _CLOSING.match(lines[at].strip(" ,.!")):
            continue
        below = [line for line in lines[at:] if line.strip()]
        postscript = any(re.match(r"p\.? ?s\.?\b|post-scriptum", line.strip(), re.IGNORECASE) for line in below)
        if not postscript and len(below) <= _MOST_SIGNATURE_LINES and any(line.strip() for line in lines[:at]):
            return lines[:at], lines[at:]
        break
    return lines, []
