"""Ninety-six messages as French town halls send them: twelve mail programs in eight situations, made by code.

Everybody in them is invented. Sizes are those of real mail: logos in signatures, photographs of telephones, one film
of 25 MB. Each says what a reader must find in it.
"""

from __future__ import annotations

import base64
import quopri
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

OWN = "Nous avons réuni les habitants d’Œuilly à la salle des fêtes ; l’atelier a coûté 1 200 €."
HISTORY = "Pourriez-vous nous dire combien de personnes sont venues ?"
GIVEN = "Voici le guide que la commune voisine nous a transmis : https://bourg.example.org/guide.pdf"
SIGNATURE = "Camille Exemple\nSecrétaire de mairie\nMairie de Bourg-Exemple\n05 00 00 00 00"
SITUATIONS = ("new", "photo", "document", "above", "below", "forward", "attached", "invitation")
FILM = 18_200_000  # bytes before base64

_FILLER = (
    "Le conseil municipal a délibéré à l’unanimité.",
    "Une réunion publique s’est tenue à la médiathèque, un samedi matin.",
    "Les élèves de l’école ont dessiné la place telle qu’ils la rêvent.",
    "Le budget, voté au printemps, prévoit une enveloppe pour les projets d’habitants.",
    "Nous recommencerons l’an prochain, en commençant plus tôt.",
)


@dataclass(frozen=True, kw_only=True)
class Program:
    """How one mail program writes."""

    name: str
    headers: str
    charset: str = "utf-8"  # as it says
    written: str = ""  # as it writes, when that is not what it says
    encoding: str = "quoted-printable"
    bodies: tuple[str, ...] = ("plain", "html")
    quote: Callable[[str], str]
    forward: Callable[[str], str]
    signature: str = "-- \n"
    flowed: bool = False


@dataclass(frozen=True, kw_only=True)
class Mail:
    name: str
    raw: bytes
    program: str
    situation: str
    files: int


def _marked(text: str) -> str:
    return "\n".join(f"> {line}" for line in text.split("\n"))


_HEAD_FR = (
    "De : Équipe Exemple <equipe@reseau.example.org>\nEnvoyé : lundi 23 novembre 2026 10:12\n"
    "À : Camille Exemple <camille@bourg.example.org>\nObjet : Votre expérience"
)
_HEAD_ZIMBRA = (
    'De: "Équipe Exemple" <equipe@reseau.example.org>\nÀ: "Camille Exemple" <camille@bourg.example.org>\n'
    "Envoyé: Lundi 23 Novembre 2026 10:12:00\nObjet: Votre expérience"
)
_HEAD_ORANGE = (
    '> Message du 23/11/26 10:12\n> De : "Équipe Exemple" <equipe@reseau.example.org>\n'
    "> A : camille@bourg.example.org\n> Copie à : \n> Objet : Votre expérience\n>"
)
_HEAD_PHONE = (
    "De : Équipe Exemple <equipe@reseau.example.org>\nDate : 23/11/2026 10:12 (GMT+01:00)\n"
    "À : camille@bourg.example.org\nObjet : Votre expérience"
)
PROGRAMS = (
    Program(
        name="gmail",
        headers="X-Gm-Message-State: AOJu0Yz\r\n",
        encoding="base64",
        quote=lambda t: (
            f"Le lun. 23 nov. 2026 à 10:12, Équipe Exemple <equipe@reseau.example.org> a\nécrit :\n\n{_marked(t)}"
        ),
        forward=lambda t: f"---------- Forwarded message ---------\n{_HEAD_PHONE}\n\n{t}",
    ),
    Program(
        name="orange",
        headers="X-Mailer: Open-Xchange Mailer v8\r\n",
        quote=lambda t: f"{_HEAD_ORANGE}\n{_marked(t)}",
        forward=lambda t: f"---------- Message transféré ----------\n{_HEAD_PHONE}\n\n{t}",
        signature="Cordialement,\n",
    ),
    Program(
        name="outlook",
        headers="X-Mailer: Microsoft Outlook 16.0\r\nThread-Index: AdxExample==\r\n",
        charset="windows-1252",
        quote=lambda t: f"________________________________\n{_HEAD_FR}\n\n{t}",
        forward=lambda t: f"{_HEAD_FR}\n\n{t}",
        signature="Cordialement,\n\n",
    ),
    Program(
        name="outlook-web",
        headers="X-MS-Has-Attach: yes\r\n",
        bodies=("html",),
        quote=lambda t: f"________________________________\n{_HEAD_FR}\n\n{t}",
        forward=lambda t: f"________________________________\n{_HEAD_FR}\n\n{t}",
        signature="Bien cordialement,\n\n",
    ),
    Program(
        name="zimbra",
        headers="X-Mailer: Zimbra 9.0.0 (ZimbraWebClient - FF)\r\n",
        quote=lambda t: f"----- Mail original -----\n{_HEAD_ZIMBRA}\n\n{t}",
        forward=lambda t: f"----- Mail transféré -----\n{_HEAD_ZIMBRA}\n\n{t}",
        signature="Cordialement,\n",
    ),
    Program(
        name="thunderbird",
        headers="User-Agent: Mozilla Thunderbird\r\n",
        encoding="8bit",
        bodies=("plain",),
        flowed=True,
        quote=lambda t: f"Le 23/11/2026 à 10:12, Équipe Exemple a écrit :\n{_marked(t)}",
        forward=lambda t: f"-------- Message transféré --------\nSujet : \tVotre expérience\n{_HEAD_PHONE}\n\n{t}",
    ),
    Program(
        name="iphone",
        headers="X-Mailer: iPhone Mail (20H115)\r\n",
        quote=lambda t: _marked(
            f"Le 23 nov. 2026 à 10:12, Équipe Exemple <equipe@reseau.example.org> a écrit :\n\n{t}"
        ),
        forward=lambda t: f"Début du message transféré :\n\n{_marked(_HEAD_PHONE)}\n>\n{_marked(t)}",
        signature="Envoyé de mon iPhone",
    ),
    Program(
        name="android",
        headers="X-Mailer: com.samsung.android.email\r\n",
        encoding="base64",
        quote=lambda t: f"-------- Message d’origine --------\n{_HEAD_PHONE}\n\n{t}",
        forward=lambda t: f"-------- Message transféré --------\n{_HEAD_PHONE}\n\n{t}",
        signature="Envoyé depuis mon appareil Galaxy",
    ),
    Program(
        name="roundcube",
        headers="User-Agent: Roundcube Webmail/1.6\r\n",
        encoding="8bit",
        bodies=("plain",),
        flowed=True,
        quote=lambda t: f"Le 2026-11-23 10:12, Équipe Exemple a écrit :\n{_marked(t)}",
        forward=lambda t: f"-------- Message original --------\n{_HEAD_PHONE}\n\n{t}",
    ),
    Program(
        name="lotus",
        headers="X-Mailer: Lotus Notes Release 9.0.1\r\n",
        charset="iso-8859-1",
        written="windows-1252",
        encoding="8bit",
        bodies=("plain",),
        quote=lambda t: f"-----Message d'origine-----\n{_HEAD_FR}\n\n{t}",
        forward=lambda t: f"----- Message transféré -----\n{_HEAD_FR}\n\n{t}",
        signature="Salutations,\n",
    ),
    Program(
        name="laposte",
        headers="X-Mailer: Laposte Webmail\r\n",
        bodies=("html",),
        quote=lambda t: f"{_HEAD_ORANGE}\n{_marked(t)}",
        forward=lambda t: f"---------- Message transféré ----------\n{_HEAD_PHONE}\n\n{t}",
        signature="Bonne journée,\n",
    ),
    Program(
        name="old",
        headers="X-Mailer: Incredimail 5002\r\n",
        charset="us-ascii",
        written="utf-8",
        encoding="7bit",
        quote=lambda t: f"-------Message original-------\n\n{_HEAD_PHONE}\n\n{t}",
        forward=lambda t: f"-------Message suivi-------\n\n{_HEAD_PHONE}\n\n{t}",
        signature="Amicalement,\n",
    ),
)


def mails() -> Iterator[Mail]:
    """Always the same, one at a time: together they weigh fifty megabytes."""
    for number, program in enumerate(PROGRAMS):
        for at, situation in enumerate(SITUATIONS):
            chance = random.Random(1000 * number + at)
            parts, text = _situation(program, situation, chance)
            yield Mail(
                name=f"{program.name}-{situation}",
                raw=_message(program, situation, text, parts, chance),
                program=program.name,
                situation=situation,
                files=len(parts),
            )


def _situation(program: Program, situation: str, chance: random.Random) -> tuple[list[bytes], str]:
    """Files, and the text."""
    filler = "\n\n".join(" ".join(chance.choices(_FILLER, k=6)) for _ in range(chance.randrange(2, 6)))
    own = f"Bonjour,\n\n{OWN}\n\n{filler}\n\n{program.signature}"
    if program.signature.endswith("\n"):  # telephones sign with their own name alone
        own += SIGNATURE
    if situation == "above":
        return _logo(chance), f"{own}\n\n{program.quote(f'Bonjour,{chr(10)}{HISTORY}')}\n"
    if situation == "below":
        return [], f"{_marked(HISTORY)}\n\n{own}\n"
    if situation == "forward":
        return _logo(chance), f"{program.forward(GIVEN)}\n"
    if situation == "attached":
        inner = (
            "From: Voisine <voisine@example.org>\r\nSubject: Le guide\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
            + GIVEN
            + "\r\n"
        )
        return [*_logo(chance), b"Content-Type: message/rfc822\r\n\r\n" + inner.encode()], "Voir ci-dessous.\n"
    if situation == "photo":
        size = FILM if program.name == "gmail" else chance.randrange(150_000, 900_000)
        return [_file(b"\xff\xd8\xff\xe0" + chance.randbytes(size), "image/jpeg", "IMG_2026.jpg")], own
    if situation == "document":
        data = b"%PDF-1.4\n" + chance.randbytes(chance.randrange(60_000, 400_000))
        junk = [_file(b"\x78\x9f\x3e\x22" + chance.randbytes(9000), "application/ms-tnef", "winmail.dat")]
        return [
            _file(data, "application/pdf", "compte rendu – été.pdf"),
            *(junk if "outlook" in program.name else []),
        ], own
    if situation == "invitation":
        event = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Atelier\r\nDTSTART:20261210T090000Z\r\n"
        calendar = f"{event}END:VEVENT\r\nEND:VCALENDAR\r\n".encode()
        return [*_logo(chance), _file(calendar, "text/calendar; method=REQUEST", "invitation.ics")], own
    return [], own


def _logo(chance: random.Random) -> list[bytes]:
    return [
        _file(
            b"\x89PNG\r\n\x1a\n" + chance.randbytes(chance.randrange(30_000, 90_000)),
            "image/png",
            "logo.png",
            inline=True,
        )
    ]


def _file(data: bytes, kind: str, name: str, *, inline: bool = False) -> bytes:
    coded = "".join(
        c if c.isascii() and (c.isalnum() or c in ".-") else "".join(f"%{b:02X}" for b in c.encode()) for c in name
    )
    how = "inline" if inline else "attachment"
    shown = f"Content-Disposition: {how};\r\n filename*=utf-8''{coded}\r\n"
    if inline:
        shown += "Content-ID: <logo@bourg.example.org>\r\n"
    head = f"Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n{shown}\r\n"
    return head.encode() + base64.encodebytes(data).replace(b"\n", b"\r\n")


def _message(program: Program, situation: str, text: str, parts: list[bytes], chance: random.Random) -> bytes:
    prefix = {"above": "Re: ", "below": "RE : ", "forward": "TR : ", "attached": "Fwd: "}.get(situation, "")
    head = _received(chance) + (
        "From: =?utf-8?q?Camille_Exempl=C3=A9?= <camille@bourg.example.org>\r\nTo: editorialisation@contributions.example.org\r\n"
        f"Subject: =?utf-8?b?{base64.b64encode(f'{prefix}Votre expérience'.encode()).decode()}?=\r\n"
        f"Date: Tue, 24 Nov 2026 10:{chance.randrange(10, 60)}:00 +0100\r\nMIME-Version: 1.0\r\n"
        f"Message-ID: <{program.name}.{situation}@bourg.example.org>\r\n{program.headers}"
    )
    bodies = [_body(program, kind, text) for kind in program.bodies]
    first = bodies[0] if len(bodies) == 1 else _multipart("alternative", bodies)
    return head.encode() + (_multipart("mixed", [first, *parts]) if parts else first)


def _received(chance: random.Random) -> str:
    hops = (f"from mx{n}.example.org (mx{n}.example.org [192.0.2.{n}])\r\n\tby relais{n}.example.org with ESMTPS id "
            f"{chance.getrandbits(48):x};\r\n\tTue, 24 Nov 2026 10:00:0{n} +0100" for n in range(1, 5))  # fmt: skip
    signature = base64.b64encode(chance.randbytes(192)).decode()
    return "".join(f"Received: {hop}\r\n" for hop in hops) + (
        f"DKIM-Signature: v=1; a=rsa-sha256; d=bourg.example.org; s=s1; h=from:to:subject;\r\n bh=xxx=;\r\n b={signature}\r\n"
    )


def _multipart(kind: str, parts: list[bytes]) -> bytes:
    boundary = f"----=_Partie_{kind}_0001"
    lines = b"".join(f"--{boundary}\r\n".encode() + part.rstrip(b"\r\n") + b"\r\n" for part in parts)
    return (
        f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"\r\n\r\n'.encode()
        + lines
        + f"--{boundary}--\r\n".encode()
    )


def _body(program: Program, kind: str, text: str) -> bytes:
    content = text if kind == "plain" else _html(program, text)
    data = content.replace("\n", "\r\n").encode(program.written or program.charset, "replace")
    if program.encoding == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    elif program.encoding == "quoted-printable":
        data = quopri.encodestring(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    flowed = "; format=flowed" if program.flowed and kind == "plain" else ""
    head = f"Content-Type: text/{kind}; charset={program.charset}{flowed}\r\nContent-Transfer-Encoding: {program.encoding}\r\n\r\n"
    return head.encode() + data


def _html(program: Program, text: str) -> str:
    """With the styles that programs add: most of what they send."""
    styles = "".join(f"p.MsoNormal{n}{{margin:0cm;font-size:11.0pt;font-family:Calibri,sans-serif}}" for n in range(60))
    lines = "".join(
        f'<p class="MsoNormal" style="margin:0cm"><span lang="FR">{escape(line) or "&nbsp;"}</span></p>'
        for line in text.split("\n")
    )
    return f"<html><head><style>{styles}</style></head><body lang=FR>{lines}</body></html>"
