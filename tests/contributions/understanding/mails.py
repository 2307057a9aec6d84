"""Whole messages in the manner of those who write, from their bytes to what is understood of them.

Everybody in them is invented. Each says what she wrote, what she forwards, and when, where and with what.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

HISTORY = "Bonjour,\nAuriez-vous une date à nous donner ?\nL’équipe de la lettre"
MARKED = "\n".join(f"> {line}" for line in HISTORY.split("\n"))
TEAM = "Équipe Exemple <equipe@reseau.example.org>"


@dataclass(frozen=True, kw_only=True)
class Mail:
    """`text`: her own words. `forwarded`: those of the first message she forwards. `robot`: who wrote, if nobody did.
    `sessions`: "2026-12-03 15:00/17:00", or days alone. `files`: names."""

    name: str
    raw: bytes
    text: str = ""
    forwarded: str = ""
    author: str = ""
    robot: str = ""
    kind: str = ""
    sessions: tuple[str, ...] = ()
    deadline: str = ""
    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()


def head(
    *,
    subject: str,
    kind: str,
    encoding: str = "8bit",
    extra: str = "",
    sender: str = "Nour Exemple <nour@bourg.example.org>",
) -> str:
    return (
        f"From: {sender}\nTo: agenda@contributions.example.org\nSubject: {subject}\nDate: Mon, 23 Nov 2026 09:00:00 +0100\n"
        f"Message-ID: <un@bourg.example.org>\n{extra}MIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n"
    )


def plain(
    body: str,
    *,
    subject: str = "Une nouvelle",
    charset: str = "utf-8",
    written: str = "utf-8",
    extra: str = "",
    **values: str,
) -> bytes:
    start = head(subject=subject, kind=f"text/plain; charset={charset}", extra=extra, **values)
    return start.replace("\n", "\r\n").encode() + body.replace("\n", "\r\n").encode(written)


def reply(body: str, *, subject: str = "Re: Votre projet", **values: str) -> bytes:
    return plain(body, subject=subject, extra="In-Reply-To: <avant@reseau.example.org>\n", **values)


def html(body: str, *, subject: str = "Une nouvelle", extra: str = "") -> bytes:
    return (head(subject=subject, kind="text/html; charset=utf-8", extra=extra) + body).replace("\n", "\r\n").encode()


def multipart(*parts: str | bytes, kind: str = "mixed", subject: str = "Une nouvelle", extra: str = "") -> bytes:
    """Each part with its own headers."""
    start = head(subject=subject, kind=f'multipart/{kind}; boundary="=m"', encoding="7bit", extra=extra).encode()
    given = [part if isinstance(part, bytes) else part.encode() for part in parts]
    return (start + b"".join(b"--=m\n" + part + b"\n" for part in given) + b"--=m--\n").replace(b"\n", b"\r\n")


def part(body: str, *, kind: str = "text/plain; charset=utf-8", more: str = "") -> str:
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: 8bit\n{more}\n{body}"


def file(data: bytes, *, kind: str, name: str) -> str:
    coded = base64.encodebytes(data).decode()
    return f'Content-Type: {kind}; name="{name}"\nContent-Disposition: attachment; filename="{name}"\nContent-Transfer-Encoding: base64\n\n{coded}'


def calendar(*events: str, method: str = "PUBLISH") -> bytes:
    lines = "\r\n".join(event.replace("\n", "\r\n") for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:{method}\r\n{lines}\r\nEND:VCALENDAR\r\n".encode()


def event(*lines: str, uid: str = "e1@example.org") -> str:
    return "\n".join(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20261120T090000Z", *lines, "END:VEVENT"))
