"""Labelled corpus of what comes back from a send: made by us, in the manner of real systems.

Each entry is (name, expected kind, expected verdict, raw bytes). `entries()` yields them all; the
families below vary the mail system, the language, the encoding and the damage.
"""

from __future__ import annotations

import base64
import quopri
from collections.abc import Iterator
from dataclasses import dataclass

ORIGINAL = (
    "Message-ID: <envoi.7.abc123@lettre.example.org>\r\nFrom: Territoires <lettre@example.org>\r\n"
    "To: {to}\r\nSubject: =?utf-8?q?Le_passage_=C3=A0_l=27action?=\r\nFeedback-ID: 7:lettre:commun:abc123\r\n"
    "List-Unsubscribe: <https://lettre.example.org/desabonnement/abc123/>\r\n"
)


@dataclass(frozen=True)
class Entry:
    name: str
    kind: str
    verdict: str
    raw: bytes


def _crlf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", "\r\n")


def dsn(
    *,
    to: str = "mairie@bourg.example.org",
    status: str,
    diagnostic: str,
    action: str = "failed",
    words: str = "Votre message n'a pas pu être remis.",
    sender: str = "MAILER-DAEMON@mx.example.org",
    subject: str = "Undelivered Mail Returned to Sender",
    original: str = "message/rfc822",
    charset: str = "utf-8",
    original_recipient: bool = False,
) -> bytes:
    group = f"Final-Recipient: rfc822; {to}\n"
    if original_recipient:
        group = f"Original-Recipient: rfc822;{to}\nFinal-Recipient: rfc822; boite-interne@backend.example.org\n"
    head = (
        f"Return-Path: <>\nFrom: {sender}\nTo: retour+abc123@lettre.example.org\nSubject: {subject}\n"
        f"Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        f'Content-Type: multipart/report; report-type=delivery-status; boundary="=b"\n\n'
        f"--=b\nContent-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n"
    )
    rest = (
        "\n\n--=b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n"
        f"Arrival-Date: Tue, 22 Nov 2022 09:00:00 +0100\n\n{group}Action: {action}\nStatus: {status}\n"
        f"Remote-MTA: dns; mx2.example.org\nDiagnostic-Code: smtp; {diagnostic}\n\n"
        f"--=b\nContent-Type: {original}\n\n{ORIGINAL.format(to=to)}\n--=b--\n"
    )
    return _crlf(head).encode() + words.encode(charset, "replace") + _crlf(rest).encode()


def plain(*, sender: str, subject: str, body: str, extra: str = "", path: str = "<>") -> bytes:
    head = f"Return-Path: {path}\nFrom: {sender}\nTo: retour+abc123@lettre.example.org\nSubject: {subject}\n{extra}"
    head += "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
    return _crlf(head + body).encode()


def arf(*, recipient: str = "", kind: str = "abuse", headers_only: bool = False) -> bytes:
    fields = f"Feedback-Type: {kind}\nUser-Agent: Boucle/1.0\nVersion: 1\nSource-IP: 192.0.2.10\n"
    if recipient:
        fields += f"Original-Rcpt-To: <{recipient}>\n"
    original = "text/rfc822-headers" if headers_only else "message/rfc822"
    return _crlf(
        "Return-Path: <>\nFrom: <plaintes@fai.example.org>\nTo: plaintes@lettre.example.org\nSubject: FW: signalement\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=feedback-report; boundary="=a"\n\n'
        "--=a\nContent-Type: text/plain\n\nUn destinataire a signalé ce message.\n\n"
        f"--=a\nContent-Type: message/feedback-report\n\n{fields}\n"
        f"--=a\nContent-Type: {original}\n\n{ORIGINAL.format(to=recipient or 'redacted@redacted.invalid')}\n--=a--\n"
    ).encode()


HARD = [
    ("postfix-unknown", "5.1.1", "550 5.1.1 <mairie@bourg.example.org>: Recipient address rejected: User unknown"),
    (
        "exchange-1-10",
        "5.1.10",
        "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup",
    ),
    ("gmail-like", "5.1.1", "550-5.1.1 The account you tried to reach is not there. Check for typing errors"),
    ("hosted-4-1", "5.4.1", "550 5.4.1 Recipient address rejected: Access denied. AS(201806281)"),
    ("no-domain", "5.4.4", "Host or domain name not found. Name service error for name=bourg.example.org"),
    ("null-mx", "5.1.10", "556 5.1.10 Domain does not accept mail (null MX)"),
    ("disabled", "5.2.1", "550 5.2.1 The mailbox is disabled and accepts no message"),
    ("vague-status", "5.0.0", "550 No such user here"),
    ("vague-but-precise-inside", "5.0.0", "550 5.1.1 mailbox does not exist"),
    ("french-unknown", "5.0.0", "550 Utilisateur inconnu sur ce serveur"),
    ("french-closed", "5.0.0", "550 Ce compte est fermé ou résilié"),
    ("french-no-more", "5.1.1", "511 5.1.1 Adresse d au moins un destinataire invalide"),
    ("moved", "5.1.6", "551 5.1.6 Recipient has moved, no forwarding address"),
    ("bad-syntax", "5.1.3", "501 5.1.3 Bad recipient address syntax"),
]
SOFT = [
    ("full", "5.2.2", "552 5.2.2 Mailbox is over its quota"),
    ("full-vague", "5.0.0", "552 Requested action aborted: exceeded storage allocation, mailbox full"),
    ("full-french", "5.0.0", "550 La boîte aux lettres du destinataire est pleine"),
    ("full-temporary", "4.2.2", "452 4.2.2 The recipient's inbox is out of storage space"),
    ("expired", "4.4.1", "connect to mx2.example.org[192.0.2.9]:25: Connection timed out"),
    ("expired-permanent", "5.4.7", "delivery time expired: connection timed out, try again later"),
    ("greylisted", "4.2.0", "450 4.2.0 Greylisted, please try again in 300 seconds"),
    ("busy", "4.3.2", "421 4.3.2 Service shutting down"),
]
POLICY = [
    ("dmarc", "5.7.26", "550-5.7.26 Unauthenticated email is not accepted due to the domain's DMARC policy"),
    ("ms-auth", "5.7.515", "550 5.7.515 Access denied, sending domain does not meet the required authentication level"),
    ("ms-block", "5.7.606", "550 5.7.606 Access denied, banned sending IP"),
    ("orange", "5.7.1", "550 5.7.1 OFR006_999 service refusé, message indésirable"),
    ("vague-spam", "5.0.0", "554 Message rejected as spam by content filter"),
    ("rbl", "5.7.1", "554 5.7.1 Service unavailable; client blocked using a DNSBL"),
    ("french-blacklist", "5.0.0", "550 Votre adresse IP est inscrite sur une liste noire"),
    ("sender-refused", "5.1.8", "550 5.1.8 Sender address rejected: Domain not found"),
]
MESSAGE = [
    ("too-large", "5.3.4", "552 5.3.4 Message size exceeds fixed limit"),
    ("conversion", "5.6.1", "554 5.6.1 Body type not supported by the remote host"),
]


def _standard() -> Iterator[Entry]:
    for verdict, rows in (("hard", HARD), ("soft", SOFT), ("policy", POLICY), ("message", MESSAGE)):
        for name, status, diagnostic in rows:
            yield Entry(f"dsn-{verdict}-{name}", "failure", verdict, dsn(status=status, diagnostic=diagnostic))
    yield Entry("dsn-latin-1", "failure", "hard", dsn(status="5.1.1", diagnostic="550 5.1.1 inconnu", charset="latin-1",
                words="Échec définitif de la remise à l’adresse indiquée."))  # fmt: skip
    yield Entry(
        "dsn-headers-only",
        "failure",
        "hard",
        dsn(status="5.1.1", diagnostic="550 5.1.1 no", original="text/rfc822-headers"),
    )
    yield Entry(
        "dsn-forwarded", "failure", "hard", dsn(status="5.1.1", diagnostic="550 5.1.1 no", original_recipient=True)
    )
    yield Entry("dsn-delayed", "delay", "none", dsn(status="4.4.1", diagnostic="connection refused", action="delayed",
                subject="Delayed Mail (still being retried)"))  # fmt: skip
    yield Entry("dsn-relayed", "delay", "none", dsn(status="2.1.9", diagnostic="250 relayed", action="relayed"))
    yield Entry("dsn-delivered", "delay", "none", dsn(status="2.0.0", diagnostic="250 ok", action="delivered"))
    full = dsn(status="5.1.1", diagnostic="550 5.1.1 User unknown")
    yield Entry("dsn-truncated", "failure", "hard", full[: full.index(b"Remote-MTA")])
    mailbox = b"".join(b"Ligne %d du message d'origine.\r\n" % n for n in range(60_000))
    yield Entry("dsn-quotes-a-mailbox", "failure", "hard", full.replace(b"--=b--", mailbox + b"--=b--"))
    nested = (
        b"Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.org\r\nSubject: Undelivered Mail\r\nMIME-Version: 1.0\r\n"
        + (b'Content-Type: multipart/mixed; boundary="n"\r\n\r\n--n\r\n' + full + b"\r\n--n--\r\n")
    )
    yield Entry("dsn-nested", "failure", "hard", nested)
    yield Entry("dsn-with-nul", "failure", "hard", full.replace(b"Status:", b"\x00Status:"))


FREE = [
    ("qmail", "hard", "MAILER-DAEMON@mx.example.org", "failure notice",
     "Hi. This is the qmail-send program at mx.example.org.\nI'm afraid I wasn't able to deliver your message to the"
     " following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
     "<mairie@bourg.example.org>:\nSorry, no mailbox here by that name. (#5.1.1)\n"),
    ("exim", "hard", "Mail Delivery System <Mailer-Daemon@mx.example.org>", "Mail delivery failed: returning message to sender",
     "A message that you sent could not be delivered to one or more of its recipients. This is a permanent error."
     " The following address(es) failed:\n\n  mairie@bourg.example.org\n    Unrouteable address\n"),
    ("french-provider", "hard", "Postmaster <postmaster@fai.example.org>", "Message non distribué",
     "Bonjour,\n\nLe courriel destiné à mairie@bourg.example.org n'a pu être remis :\n550 5.1.1 destinataire inconnu.\n"),
    ("french-full", "soft", "mailer-daemon@fai.example.org", "Échec de remise",
     "La boîte de secretariat@bourg.example.org est pleine. Code : 552 5.2.2\n"),
    ("spam-filter", "policy", "postmaster@filtre.example.org", "Undeliverable message",
     "Le message pour mairie@bourg.example.org est refusé : 554 5.7.1 considéré comme spam.\n"),
    ("words-only", "hard", "MAILER-DAEMON <>", "Returned mail: see transcript for details",
     "   ----- The following addresses had permanent fatal errors -----\n<mairie@bourg.example.org>\n"
     "    (reason: 550 Unknown user)\n"),
    ("x-failed", "hard", "Mail Delivery Subsystem <mailer-daemon@grand.example.org>", "Delivery Status Notification (Failure)",
     "Address not found. The mailbox does not exist: mairie@bourg.example.org\n"),
    ("quota-en", "soft", "MAILER-DAEMON@mx.example.org", "Undelivered Mail Returned to Sender",
     "<mairie@bourg.example.org>: mailbox is full, over quota (452 4.2.2)\n"),
]  # fmt: skip
DELAYS = [
    ("still-trying", "Mail Delivery System <MAILER-DAEMON@mx.example.org>", "Warning: message delayed 4 hours",
     "Your message has not yet been delivered. No action is required on your part; attempts will be retried for 3 days.\n"),
    ("french-retry", "postmaster@fai.example.org", "Retour de message : remise retardée",
     "Votre message n'est pas encore remis. De nouvelles tentatives se poursuivent automatiquement.\n"),
]  # fmt: skip
AUTO = [
    ("vacation", "Absence : Mairie de Bourg", "Je suis en congés jusqu'au 2 janvier.", "Auto-Submitted: auto-replied\n"),
    ("outlook-fr", "Réponse automatique : Le passage à l'action", "Je suis absente.", "X-Auto-Response-Suppress: All\n"),
    ("outlook-en", "Automatic reply: Le passage", "I am out of the office.", "X-Auto-Response-Suppress: All\n"),
    ("ooo", "Out of Office: Re: Le passage à l'action", "Back on Monday.", ""),
    ("receipt", "Accusé de réception de votre courriel", "La mairie a bien reçu votre message.", "Precedence: auto_reply\n"),
    ("generated", "Ticket 4512", "Votre demande est enregistrée.", "Auto-Submitted: auto-generated\n"),
    ("absence-message", "Message d'absence", "Secrétariat fermé le mercredi.", "X-Autoreply: yes\n"),
    ("closed", "Fermeture de la mairie", "La mairie est fermée du 24 au 31.", ""),
    ("unavailable", "Indisponible cette semaine", "Joindre l'accueil.", ""),
    ("quotes-unknown", "Réponse automatique", "Je n'existe plus à cette adresse : écrivez à accueil@bourg.example.org",
     "Auto-Submitted: auto-replied\n"),
]  # fmt: skip
CHALLENGES = [
    ("mailinblack", "Mairie <noreply@mailinblack.example.org>", "Authentification de votre message",
     "Pour que votre message soit remis, authentifiez votre envoi : https://mib.example.org/v/1\n"),
    ("captcha", "verif@filtre.example.org", "Un clic pour finir", "Remplissez le captcha : https://filtre.example.org/c/2\n"),
    ("english", "no-reply@guard.example.org", "Please confirm", "Please verify that you are a human: https://guard.example.org/3\n"),
    ("held", "protection@bourg.example.org", "Votre courriel", "Votre message est en attente de validation : https://p.example.org/4\n"),
    ("french-human", "antispam@bourg.example.org", "Vérification", "Prouvez que vous êtes humain : https://antispam.example.org/5\n"),
]  # fmt: skip
PEOPLE = [
    ("thanks", "Re: Le passage à l'action", "Merci pour cette lettre, très utile."),
    ("question", "Question sur la caisse commune", "Comment faire dans une commune de 300 habitants ?"),
    ("unsubscribe-words", "Désinscription", "Merci de me retirer de la liste."),
    ("mentions-bounce", "Boîte pleine", "Ma boîte était pleine la semaine dernière, pouvez-vous renvoyer la lettre ?"),
    (
        "mentions-failure",
        "Échec de notre projet",
        "Nous avons connu un échec ; l'adresse du lieu est inconnue de nos habitants.",
    ),
    ("forward", "TR: Le passage à l'action", "Je vous transfère la réponse : 550 personnes ont participé."),
    ("english", "Re: letter", "Thanks, could you add my colleague?"),
    ("delay-talk", "Retard", "Nous répondrons plus tard, désolée du retard."),
]


def _others() -> Iterator[Entry]:
    for name, verdict, sender, subject, body in FREE:
        extra = "X-Failed-Recipients: mairie@bourg.example.org\n" if name == "x-failed" else ""
        yield Entry(f"free-{name}", "failure", verdict, plain(sender=sender, subject=subject, body=body, extra=extra))
    for name, sender, subject, body in DELAYS:
        yield Entry(f"delay-{name}", "delay", "none", plain(sender=sender, subject=subject, body=body))
    for name, subject, body, extra in AUTO:
        raw = plain(
            sender="Mairie <mairie@bourg.example.org>",
            subject=subject,
            body=body,
            extra=extra,
            path="<mairie@bourg.example.org>",
        )
        yield Entry(f"auto-{name}", "auto_reply", "none", raw)
    for name, sender, subject, body in CHALLENGES:
        yield Entry(
            f"challenge-{name}",
            "challenge",
            "none",
            plain(sender=sender, subject=subject, body=body, path="<x@example.org>"),
        )
    for name, subject, body in PEOPLE:
        raw = plain(
            sender="Camille <camille@bourg.example.org>", subject=subject, body=body, path="<camille@bourg.example.org>"
        )
        yield Entry(f"person-{name}", "other", "none", raw)
    yield Entry("arf-full", "complaint", "none", arf(recipient="camille@fai.example.org"))
    yield Entry("arf-redacted", "complaint", "none", arf())
    yield Entry("arf-headers-only", "complaint", "none", arf(headers_only=True))
    yield Entry("arf-opt-out", "complaint", "none", arf(recipient="camille@fai.example.org", kind="opt-out"))
    yield Entry("arf-not-spam", "other", "none", arf(recipient="camille@fai.example.org", kind="not-spam"))


def _encoded() -> Iterator[Entry]:
    """The same words, in base64 and quoted-printable: systems do both."""
    _, verdict, sender, subject, body = FREE[2]
    head = f"Return-Path: <>\nFrom: {sender}\nSubject: =?utf-8?b?{base64.b64encode(subject.encode()).decode()}?=\nMIME-Version: 1.0\n"
    for name, encoded in (
        ("base64", base64.encodebytes(body.encode())),
        ("quoted-printable", quopri.encodestring(body.encode())),
    ):
        raw = (
            _crlf(f"{head}Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: {name}\n\n").encode()
            + encoded
        )
        yield Entry(f"free-{name}", "failure", verdict, raw)
    html = f"<html><body><p>{body}</p></body></html>"
    raw = _crlf(f"{head}Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{html}").encode()
    yield Entry("free-html", "failure", verdict, raw)


def entries() -> list[Entry]:
    return [*_standard(), *_others(), *_encoded()]
