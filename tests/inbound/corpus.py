"""Messages in the manner of real programs, made by us; everybody in them is invented."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from email.policy import SMTP

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
CALENDAR = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Atelier\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def head(**headers: str) -> str:
    values = {
        "From": "Camille Exemple <camille@bourg.example.org>",
        "To": "editorialisation@contributions.example.org",
        "Subject": "Une ressource",
        "Date": "Tue, 3 Mar 2026 10:12:00 +0100",
        "Message-ID": "<une@bourg.example.org>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return "".join(f"{name}: {value}\r\n" for name, value in values.items())


def text(body: str, *, charset: str = "utf-8", parameters: str = "", **headers: str) -> bytes:
    lines = head(Content_Type=f"text/plain; charset={charset}{parameters}", **headers) + "\r\n"
    return lines.encode() + body.replace("\n", "\r\n").encode(charset)


def html(body: str, **headers: str) -> bytes:
    return (head(Content_Type="text/html; charset=utf-8", **headers) + "\r\n" + body).encode()


def mixed(*parts: bytes, kind: str = "mixed", **headers: str) -> bytes:
    first = head(Content_Type=f'multipart/{kind}; boundary="=limite"', **headers).encode()
    return first + b"\r\n" + b"".join(b"--=limite\r\n" + part + b"\r\n" for part in parts) + b"--=limite--\r\n"


def part(data: bytes, *, kind: str, name: str = "", encoding: str = "base64", disposition: str = "attachment") -> bytes:
    body = base64.encodebytes(data) if encoding == "base64" else data
    shown = f'Content-Disposition: {disposition}; filename="{name}"\r\n' if name else ""
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n{shown}\r\n".encode() + body


def written(*, subject: str, body: str, attachments: tuple[tuple[bytes, str, str], ...] = ()) -> bytes:
    """As the standard library writes it: a second opinion, made by other code than ours."""
    message = EmailMessage(policy=SMTP)
    message["From"] = "Mairie d’Évian-sur-Exemple <mairie@evian.example.org>"
    message["To"] = "agenda@contributions.example.org"
    message["Subject"] = subject
    message.set_content(body)
    message.add_alternative(f"<p>{body}</p>", subtype="html")
    for data, kind, name in attachments:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


# --- texts: what a person wrote, and what her program added ------------------------------------------

QUOTE = "> Bonjour,\n> Avez-vous une ressource ?\n"

REPLIES = {
    "reply above, French, wrapped heading": (
        "Oui, la voici.\n\nLe mar. 3 mars 2026 à 10:12, Équipe de la lettre\n<lettre@example.org> a écrit :\n\n"
        + QUOTE,
        "Oui, la voici.",
    ),
    "reply above, English": (
        "Here it is.\n\nOn Tue, Mar 3, 2026 at 10:12 AM Team <a@example.org> wrote:\n" + QUOTE,
        "Here it is.",
    ),
    "reply below": ("Le 3 mars 2026 à 10:12, Équipe a écrit :\n" + QUOTE + "\nOui, la voici.\n", "Oui, la voici."),
    "reply between": (
        "> Une ressource ?\nOui : le guide.\n> Une date ?\nLe 3 mars.\n",
        "Oui : le guide.\n\nLe 3 mars.",
    ),
    "Outlook, no mark": (
        "Oui, la voici.\n\nDe : Équipe <lettre@example.org>\nEnvoyé : mardi 3 mars 2026 10:12\nÀ : Camille\n"
        "Objet : Votre ressource\n\nBonjour,\nAvez-vous une ressource ?\n",
        "Oui, la voici.",
    ),
    "original message": ("Oui.\n\n-----Message d'origine-----\nDe : Équipe\nBonjour\n", "Oui."),
    "signature with its mark": ("Voici le guide.\n\n-- \nCamille Exemple\nMairie de Bourg\n", "Voici le guide."),
    "signature by its closing": (
        "Voici le guide.\n\nBien cordialement,\n\nCamille Exemple\nDirectrice\nMairie de Bourg\n",
        "Voici le guide.",
    ),
    "postscript kept": (
        "Voici le guide.\n\nCordialement,\nCamille\n\nPS : la date change.\n",
        "Voici le guide.\n\nCordialement,\nCamille\n\nPS : la date change.",
    ),
    "telephone, then more": ("Voici.\n\nEnvoyé de mon iPhone\n\nEt le lien.\n", "Voici.\n\n\nEt le lien."),
    "a sentence that begins like a heading": (
        "Le 3 mars 2026, nous ouvrons la maison commune.\nVenez !",
        "Le 3 mars 2026, nous ouvrons la maison commune.\nVenez !",
    ),
    "closing alone": ("Cordialement", "Cordialement"),
}

PASTED = (
    "Pour votre lettre.\n\n{mark}\n{fields}\n\nBonjour à tous,\nL’atelier aura lieu mardi.\n\nCordialement,\nNour\n"
)
MARKS = {
    "Gmail, French": (
        "---------- Message transféré ---------",
        "De : Nour Exemple <nour@asso.example.org>\nDate: mar. 3 mars 2026 à 10:12\nSubject: Atelier\nTo: Camille",
    ),
    "Gmail, English": (
        "---------- Forwarded message ---------",
        "From: Nour Exemple <nour@asso.example.org>\nDate: Tue, Mar 3, 2026\nSubject: Atelier\nTo: Camille",
    ),
    "Thunderbird": (
        "-------- Message transféré --------",
        "Sujet : \tAtelier\nDate : \tTue, 3 Mar 2026 10:12:00 +0100\nDe : \tNour Exemple <nour@asso.example.org>\nPour : \tCamille",
    ),
    "Apple": (
        "Début du message transféré :",
        "\nDe: Nour Exemple <nour@asso.example.org>\nObjet: Atelier\nDate: 3 mars 2026 à 10:12\nÀ: Camille",
    ),
    "Outlook": (
        "",
        "De : Nour Exemple <nour@asso.example.org>\nEnvoyé : mardi 3 mars 2026 10:12\nÀ : Camille\nObjet : Atelier",
    ),
}
