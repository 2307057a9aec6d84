"""Damaged messages, texts, calendars, feeds, envelopes and files, for as long as one likes: nothing may raise, nor take its time.

SECONDS=60 SEED=… `make fuzz`. What shows something new (another defect, another shape) is kept and damaged further. What
raises or takes longer than MOST_SECONDS is written to var/fuzz/, and the run ends with 1.
"""

from __future__ import annotations

import hashlib
import os
import random
import sys
import time
import traceback
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

MOST_SECONDS = 5.0
MOST_KEPT = 3000
LARGEST = 60_000
FOUND = Path("var/fuzz")
TOKENS = (
    b'\r\n\r\n|\r\n|--=limite|------=_Partie_mixed_0001|=?utf-8?q?|?=|\0|\xff\xfe|Content-Type: |boundary=|base64|;|"|<|>|(|=\r\n|'
    b"multipart/mixed|message/rfc822|charset=utf-7|charset=utf-16|From: |Subject: |-----|<div>|<blockquote>|</p>|&amp;|> |"
    b"De : |Objet : |Le lundi 3 mars 2026, |a \xc3\xa9crit :|mardi 29 novembre|du 7 au 10 d\xc3\xa9cembre|15h-17h|3/12|31/02/2026|"
    b"Saint-|Saint-Denis|42000|(Loire)|https://|www.a.fr/(|RRULE:FREQ=SECONDLY|RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31|"
    b"DTSTART:20261210T090000Z|DTSTART;TZID=Europe/Paris:20261210T090000|DURATION:P9999999D|EXDATE:|BEGIN:VEVENT|END:VEVENT|"
    b"PK\x03\x04|%PDF-|\xff\xd8\xff|<svg|MZ|obj|stream|/Encrypt|GIF89a|RIFF|IHDR|\x7fELF|9999999999|-1|%|\x80\x81|\xf0\x9f\x98\x80"
).split(b"|")


@dataclass
class Target:
    """`run` gives what the input showed: two inputs of the same sight teach nothing new."""

    name: str
    run: Callable[[bytes], Hashable]
    pool: list[bytes]
    seen: set[Hashable] = field(default_factory=set)
    runs: int = 0
    slowest: float = 0.0


def damage(data: bytes, *, chance: random.Random, others: list[bytes]) -> bytes:
    raw = bytearray(data[:LARGEST])
    for _ in range(chance.choice((1, 1, 2, 3, 6, 12))):
        at = chance.randrange(len(raw) + 1)
        length = chance.choice((1, 4, 20, 200, 2000))
        act = chance.randrange(7)
        if act == 0:
            raw[at:at] = chance.choice(TOKENS)
        elif act == 1:
            del raw[at : at + chance.randrange(1, length + 1)]
        elif act == 2:
            start = chance.randrange(len(raw) + 1)
            raw[at:at] = raw[start : start + length]
        elif act == 3 and raw:
            raw[at % len(raw)] = chance.randrange(256)
        elif act == 4:
            other = chance.choice(others)
            start = chance.randrange(len(other) + 1)
            raw[at:at] = other[start : start + length]
        elif act == 5:
            raw[at:at] = chance.choice(TOKENS) * chance.choice((2, 50, 1000))
        else:
            raw[at:at] = raw[at : at + length] * chance.choice((2, 10))
    return bytes(raw[:LARGEST])


def fuzz(*, targets: list[Target], seconds: float, seed: int, most_runs: int | None = None) -> list[str]:
    """One line for each fault, in order; inputs are written to `FOUND`."""
    chance, faults = random.Random(seed), []
    until, runs = time.monotonic() + seconds, 0
    while time.monotonic() < until and (most_runs is None or runs < most_runs):
        runs += 1
        target = targets[runs % len(targets)]
        raw = damage(chance.choice(target.pool), chance=chance, others=target.pool)
        started = time.process_time()
        try:
            sight = target.run(raw)
        except Exception as error:
            sight = (type(error).__name__, traceback.extract_tb(error.__traceback__)[-1].lineno)
            if sight not in target.seen:
                faults.append(f"{target.name}: {type(error).__name__} {_keep(raw)} {_place(error)}")
        took = time.process_time() - started
        target.runs, target.slowest = target.runs + 1, max(target.slowest, took)
        if took > MOST_SECONDS:
            faults.append(f"{target.name}: {took:.1f} s {_keep(raw)}")
        if sight not in target.seen and len(target.pool) < MOST_KEPT:
            target.seen.add(sight)
            target.pool.append(raw)
    return faults


def _keep(raw: bytes) -> str:
    FOUND.mkdir(parents=True, exist_ok=True)
    path = FOUND / f"{hashlib.sha256(raw).hexdigest()[:16]}.bin"
    path.write_bytes(raw)
    return str(path)


def _place(error: BaseException) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def make_targets() -> list[Target]:
    from tests.contributions.understanding.labelled import CASES
    from tests.inbound.realistic import mails
    from tests.mailing.returns.corpus import entries

    letters = [mail.raw for mail in mails() if len(mail.raw) < 150_000]
    letters += [entry.raw for entry in entries()]
    writings = [f"{case.title}\0{case.body}\0{case.signature}".encode() for case in CASES]
    return [
        Target("message", read_message, letters),
        Target("writing", read_writing, writings),
        Target("calendar", read_calendar, [CALENDAR]),
        Target("feed", read_feed, FEEDS),
        Target("envelope", read_envelope, make_envelopes()),
        Target("rtf", read_rtf, RTF),
        Target("file", read_file, make_files()),
    ]


def read_message(raw: bytes) -> Hashable:
    from commun.inbound.parsing.identity import fingerprint
    from commun.inbound.parsing.message import read_message as read

    message = read(raw, authserv_id="mx.example.org", own_list_id="lettre.example.org")
    fingerprint(raw, recipient="a@example.org")
    f"{message.text}{message.subject}{message.html}{message.sender.name}{message.reply}{message.signature}".encode()
    return (
        message.defects,
        message.robot,
        len(message.attachments),
        len(message.forwarded),
        len(message.text).bit_length(),
        len(message.html).bit_length(),
        bool(message.quoted),
        bool(message.signature),
        message.date is None,
    )


def read_writing(raw: bytes) -> Hashable:
    from commun.contributions.understanding import Writing, understand
    from tests.contributions.understanding.register import THEMES, directory, gazetteer

    subject, body, signature, *_ = [*raw.decode("utf-8", "replace").split("\0"), "", "", ""]
    writing = Writing(
        subject=subject, body=body, signature=signature, html=body, received_at=datetime(2026, 11, 23, 9, tzinfo=UTC)
    )
    found = understand(writing, gazetteer=gazetteer, directory=directory, themes_known=THEMES)
    return tuple((one.field, one.reason) for one in found.suggestions)


def read_calendar(raw: bytes) -> Hashable:
    from commun.contributions.understanding.calendars import read

    found = read(raw, received_at=datetime(2026, 11, 23, 9, tzinfo=UTC), time_zone="Europe/Paris")
    return tuple((one.field, one.reason, str(one.value) if one.field == "session" else "") for one in found)[:6]


def read_feed(raw: bytes) -> Hashable:
    from commun.contributions.understanding.feeds import Unreadable
    from commun.contributions.understanding.feeds import read_feed as read

    try:
        found = read(raw, received_at=datetime(2026, 11, 23, 9, tzinfo=UTC), time_zone="Europe/Paris")
    except Unreadable as refused:
        return str(refused)
    return tuple((one.is_cancelled, bool(one.start), bool(one.place), len(one.title).bit_length()) for one in found)[:6]


def read_envelope(raw: bytes) -> Hashable:
    from commun.inbound.parsing.tnef import read

    found = read(raw)
    return None if found is None else (len(found.files), bool(found.text), bool(found.html))


def read_rtf(raw: bytes) -> Hashable:
    from commun.inbound.parsing import rtf

    plain = raw if raw.startswith(b"{\\rtf") else rtf.unpack(raw)
    found = rtf.read(plain)
    return len(plain).bit_length(), len(found.text).bit_length(), len(found.html).bit_length()


def read_file(raw: bytes) -> Hashable:
    from commun.contributions.files import Refused, examine

    try:
        found = examine(name="fichier.txt", data=raw)
    except Refused as refused:
        return refused.reason
    return found.content_type, found.pages, found.width


CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Atelier\r\nDTSTART;TZID=Europe/Paris:20261210T090000\r\n"
    b"DTEND;TZID=Europe/Paris:20261210T110000\r\nRRULE:FREQ=WEEKLY;COUNT=5;BYDAY=TH\r\nLOCATION:Salle\r\n"
    b"URL:https://example.org\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20261212\r\nDURATION:P2D\r\n"
    b"END:VEVENT\r\nEND:VCALENDAR\r\n"
)


FEEDS = [
    CALENDAR,
    (
        b"<?xml version='1.0'?><rss version='2.0'><channel><title>A</title><item><title>Atelier &amp; co</title>"
        b"<link>https://example.org/a</link><guid>a-1</guid><pubDate>Mon, 23 Nov 2026 09:00:00 +0100</pubDate>"
        b"<description><![CDATA[<p>Mardi 29</p>]]></description></item></channel></rss>"
    ),
    (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>A</title><entry><id>urn:1</id><title type='html'>R&#233;union</title>"
        b"<updated>2026-11-20T10:00:00Z</updated><link href='https://example.org/1'/><content>Texte</content></entry></feed>"
    ),
    (
        b'{"events":[{"uid":1,"slug":"a","title":{"fr":"Atelier"},"description":{"fr":"Texte"},"timings":[{"begin":'
        b'"2026-12-10T09:00:00+01:00","end":"2026-12-10T11:00:00+01:00"}],"location":{"name":"Salle","city":"Mende"},'
        b'"registration":[{"type":"link","value":"https://example.org"}],"status":1}]}'
    ),
]
RTF = [
    (
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag64 <p>}Bonjour \'e9t\'e9\par "
        rb"{\b gras}{\*\htmltag72 </p>}\u8217?\uc2\u233??{\pict 00ff}\bin4 abcd}"
    ),
    rb"{\rtf1\ansi Texte\line simple\tab\emdash{\*\generator Riched20}}",
]


def make_envelopes() -> list[bytes]:
    from tests.inbound.manners import packed_rtf, tnef

    inner = tnef(("note.txt", b"Bonjour"), text="Dedans")
    return [
        tnef(("a.pdf", b"%PDF-1.4"), rtf=packed_rtf(RTF[0])),
        tnef(("message", inner), text="Dehors", code_page=65001),
    ]


def make_files() -> list[bytes]:
    import io
    import zipfile

    from PIL import Image
    from pypdf import PdfWriter

    files = []
    for kind in ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF"):
        out = io.BytesIO()
        Image.new("RGB", (40, 30), "navy").save(out, kind)
        files.append(out.getvalue())
    out = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    writer.write(out)
    files.append(out.getvalue())
    for name in ("word/document.xml", "mimetype", "a.txt"):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, b"application/vnd.oasis.opendocument.text")
        files.append(out.getvalue())
    return [*files, b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", b"nom;ville\nx;y\n"]


def main() -> int:
    seconds = float(os.environ.get("SECONDS") or 60)
    seed = int(os.environ.get("SEED") or random.SystemRandom().randrange(2**32))
    targets = make_targets()
    faults = fuzz(targets=targets, seconds=seconds, seed=seed)
    for fault in faults:
        print(fault)
    for target in targets:
        print(f"{target.name:10} runs={target.runs} sights={len(target.seen)} slowest_s={target.slowest:.2f}")
    print(f"fuzz: seconds={seconds:.0f} seed={seed} runs={sum(target.runs for target in targets)} faults={len(faults)}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
