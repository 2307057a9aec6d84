"""How other people's mail systems write what comes back: one function a system, made by us after their shapes.

Each takes what the receiving server said and wraps it as that system would, our own letter quoted below: whatever our
letter says of DKIM, of spam or of full boxes is not what the server said.
"""

from __future__ import annotations

import base64
import json

LETTER = (
    "Received: from lettre.example.org (lettre.example.org [192.0.2.1]) by relais.example.org; Tue, 24 Nov 2026 09:00:00 +0100\n"
    "DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=lettre; bh=xxx=; b=yyy=\n"
    "Message-ID: <abcdefghabcdefghabcdefgh@lettre.example.org>\nFrom: Territoires <lettre@example.org>\n"
    "To: {to}\nSubject: La boite a idees est pleine, le spam ne passera pas\n"
    "List-Unsubscribe: <https://lettre.example.org/desabonnement/abc123/>\n"
    "Content-Type: text/plain\n\nQuand 550 habitants votent : compte inconnu, budget depasse. SPF, DMARC et politique.\n"
)
TO = "mairie@bourg.example.org"


def _crlf(text: str) -> bytes:
    return text.replace("\r\n", "\n").replace("\n", "\r\n").encode()


def message(
    *, sender: str, subject: str, body: str, path: str = "<>", extra: str = "", kind: str = "text/plain; charset=utf-8"
) -> bytes:
    back = f"Return-Path: {path}\n" if path else ""
    return _crlf(
        f"{back}From: {sender}\nTo: retour+abc@lettre.example.org\nSubject: {subject}\nDate: Tue, 24 Nov 2026 09:01:00 +0100\n"
        f"{extra}MIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n{body}"
    )


def report(
    said: str,
    *,
    status: str = "5.0.0",
    to: str = TO,
    words: str = "",
    action: str = "failed",
    sender: str = "MAILER-DAEMON@relais.example.org",
    subject: str = "Undelivered Mail Returned to Sender",
    kind: str = "message/delivery-status",
    original: str = "message/rfc822",
    diagnostic: str = "smtp; {said}",
) -> bytes:
    """RFC 3464, as Postfix and most others."""
    about = f"Diagnostic-Code: {diagnostic.format(said=said)}\n" if diagnostic and said else ""
    words = words or f"<{to}>: host mx.bourg.example.org[192.0.2.9] said: {said} (in reply to RCPT TO command)\n"
    body = (
        f"--=r\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{words}\n"
        f"--=r\nContent-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\nReporting-MTA: dns; relais.example.org\n\n"
        f"Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\n{about}\n"
        f"--=r\nContent-Type: {original}\nContent-Transfer-Encoding: 8bit\n\n{LETTER.format(to=to)}\n--=r--\n"
    )
    return message(
        sender=sender, subject=subject, body=body, kind='multipart/report; report-type=delivery-status; boundary="=r"'
    )  # fmt: skip


def exim(
    said: str, *, to: str = TO, subject: str = "Mail delivery failed: returning message to sender", path: str = "<>"
) -> bytes:
    body = (
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered"
        " to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n"
        f"  {to}\n    host mx.bourg.example.org [192.0.2.9]\n    SMTP error from remote mail server after RCPT TO:<{to}>:\n"
        f"    {said}\n\n------ This is a copy of the message, including all the headers. ------\n\n{LETTER.format(to=to)}"
    )
    return message(
        sender="Mail Delivery System <Mailer-Daemon@relais.example.org>",
        subject=subject,
        body=body,
        path=path,
        extra=f"X-Failed-Recipients: {to}\nAuto-Submitted: auto-replied\n",
    )


def gmx(
    said: str, *, to: str = TO, subject: str = "Mail delivery failed: returning message to sender", path: str = ""
) -> bytes:
    body = (
        "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to"
        f" one or more of\nits recipients. The following addresses failed:\n\n<{to}>:\nSMTP error from remote server for RCPT TO"
        f" command, host: mx.bourg.example.org (192.0.2.9) reason: {said}\n\n--- The header of the original message is following. ---\n\n{LETTER.format(to=to)}"
    )
    return message(
        sender="Mail Delivery System <mailer-daemon@passerelle.example.org>", subject=subject, body=body, path=path
    )


def qmail(said: str, *, to: str = TO, subject: str = "failure notice", path: str = "<>") -> bytes:
    body = (
        "Hi. This is the qmail-send program at relais.example.org.\nI'm afraid I wasn't able to deliver your message to the"
        " following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        f"<{to}>:\n{said}\n\n--- Below this line is a copy of the message.\n\n{LETTER.format(to=to)}"
    )
    return message(sender="MAILER-DAEMON@relais.example.org", subject=subject, body=body, path=path)


def dma(said: str, *, to: str = TO, subject: str = "Mail delivery failed") -> bytes:
    body = (
        f"This is the DragonFly Mail Agent v0.13 at petit.example.org.\n\nThere was an error delivering your mail to <{to}>.\n\n"
        f"{said}\n\nMessage headers follow.\n\n{LETTER.format(to=to)}"
    )
    return message(
        sender="MAILER-DAEMON <>", subject=subject, body=body, extra=f"X-Failed-Recipients: <{to}>\n", path=""
    )


def sendmail(said: str, *, to: str = TO) -> bytes:
    body = (
        "The original message was received at Tue, 24 Nov 2026 09:00:00 +0100\nfrom lettre.example.org [192.0.2.1]\n\n"
        f"   ----- The following addresses had permanent fatal errors -----\n<{to}>\n    (reason: {said})\n\n"
        f"   ----- Transcript of session follows -----\n... while talking to mx.bourg.example.org.:\n>>> DATA\n<<< {said}\n"
        f"   ----- Original message follows -----\n\n{LETTER.format(to=to)}"
    )
    return message(
        sender="Mail Delivery Subsystem <MAILER-DAEMON@relais.example.org>",
        subject="Returned mail: see transcript for details",
        body=body,
    )


def exchange(said: str, *, to: str = TO, subject: str = "Undeliverable: La lettre", status: str = "5.0.0") -> bytes:
    words = (
        f"Delivery has failed to these recipients or groups:\n\n{to}\nThe message couldn't be delivered.\n\n"
        f"Diagnostic information for administrators:\n\nGenerating server: serveur.example.org\n\n{to}\n{said}\n"
    )
    return report(
        said,
        status=status,
        to=to,
        words=words,
        sender="postmaster@bourg.example.org",
        subject=subject,
        original="text/rfc822-headers",
    )


def provider_fr(
    said: str, *, to: str = TO, subject: str = "Message non remis", sender: str = "postmaster@fai.example.org"
) -> bytes:
    body = (
        f"Bonjour,\n\nVotre message n'a pas pu être remis à son destinataire : {to}\n\nRaison donnée par le serveur :\n{said}\n\n"
        f"----- Message d'origine -----\n{LETTER.format(to=to)}"
    )
    return message(sender=sender, subject=subject, body=body)


def no_boundary(said: str, *, to: str = TO, status: str = "5.1.1") -> bytes:
    """The boundary that the header announces stands nowhere."""
    whole = report(said, to=to, status=status)
    return whole.replace(b'boundary="=r"', b'boundary="=autre"')


def bare_returns(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\r")


def marked(raw: bytes) -> bytes:
    """A byte order mark before the first header."""
    return b"\xef\xbb\xbf" + raw


def base64_report(said: str, *, status: str, to: str = TO) -> bytes:
    """The machine's part in base64, which some gateways do to everything."""
    group = f"Reporting-MTA: dns; relais.example.org\r\n\r\nFinal-Recipient: rfc822; {to}\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {said}\r\n"
    body = (
        "--=r\nContent-Type: text/plain\n\nEchec.\n--=r\nContent-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"
        f"{base64.encodebytes(group.encode()).decode()}\n--=r--\n"
    )
    return message(
        sender="MAILER-DAEMON@relais.example.org",
        subject="Undelivered Mail Returned to Sender",
        body=body,
        kind='multipart/report; report-type=delivery-status; boundary="=r"',
    )


def ses(
    *,
    kind: str = "Bounce",
    bounce: str = "Permanent",
    sub: str = "General",
    said: str = "",
    to: str = TO,
    wrapped: bool = False,
    feedback: str = "abuse",
) -> bytes:
    """Amazon SES through SNS to a mailbox: JSON as the whole text."""
    notice: dict[str, object] = {
        "notificationType": kind,
        "mail": {
            "messageId": "0102",
            "destination": [to],
            "headers": [{"name": "Message-ID", "value": "<abcdefghabcdefghabcdefgh@lettre.example.org>"}],
            "commonHeaders": {"subject": "La lettre"},
        },
    }
    if kind == "Bounce":
        notice["bounce"] = {
            "bounceType": bounce,
            "bounceSubType": sub,
            "bouncedRecipients": [
                {"emailAddress": to, "action": "failed", "status": "5.1.1", "diagnosticCode": f"smtp; {said}"}
                if said
                else {"emailAddress": to}
            ],
        }
    elif kind == "Complaint":
        notice["complaint"] = {"complainedRecipients": [{"emailAddress": to}], "complaintFeedbackType": feedback}
    body = json.dumps({"Type": "Notification", "Message": json.dumps(notice)} if wrapped else notice, indent=1)
    footer = "\n\n--\nIf you wish to stop receiving notifications, visit https://sns.example.org/\n"
    return message(
        sender="AWS Notifications <no-reply@sns.example.org>",
        subject="AWS Notification Message",
        body=body + footer,
        path="<0102@ses.example.org>",
    )
