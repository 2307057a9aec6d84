"""The half from which rules were written: other people's systems, in French and in English."""

from __future__ import annotations

from tests.mailing.returns.corpus import Entry
from tests.mailing.returns.manners import (
    LETTER,
    TO,
    bare_returns,
    base64_report,
    dma,
    exchange,
    exim,
    gmx,
    marked,
    message,
    no_boundary,
    provider_fr,
    qmail,
    report,
    sendmail,
    ses,
)

_HARD = (
    ("exim-unknown", exim("550 5.1.1 User unknown")),
    ("exim-no-such", exim("550 no such address here", path="")),
    ("exim-sender-verify-of-her", exim("550-Verification failed for mairie: 550 Unrouteable address", subject="Mail delivery failed : returning message")),
    ("gmx-unavailable", gmx("550 5.1.1 The email account that you tried to reach does not exist")),
    ("gmx-no-such-person", gmx("550 no such person at this address", path="<>")),
    ("1und1", gmx("550 user unknown", subject="Mail delivery failed: returning message to sender")),
    ("dma", dma("mx.bourg.example.org [192.0.2.9] did not like our RCPT TO:\n550 5.1.1 User unknown")),
    ("qmail-local", qmail("Sorry, no mailbox here by that name. (#5.1.1)", subject="failure delivery")),
    ("qmail-inactive", qmail("This account is inactive (#5.2.1)")),
    ("sendmail-unknown", sendmail("550 5.1.1 <mairie@bourg.example.org>: Recipient address rejected: bourg.example.org")),
    ("not-delivered", message(sender="Mail System <postmaster@vieux.example.org>", subject="Not delivered", body="The message to mairie@bourg.example.org was not delivered: 550 unknown user.\n")),
    ("orange", report("550 5.1.1 aaa Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]", status="5.1.1")),
    ("laposte", report("550 5.1.1 <mairie@bourg.example.org>: Adresse destinataire invalide. Invalid recipient. LPN007_416", status="5.1.1")),
    ("sfr", report("550 5.1.1 <mairie@bourg.example.org>: Recipient address rejected: User unknown in local recipient table", status="5.1.1")),
    ("yahoo", report("554 delivery error: dd Requested mail action aborted, mailbox not found", status="5.0.0")),
    ("google", report("550-5.1.1 The email account that you tried to reach does not exist. https://support.google.com/mail/?p=NoSuchUser", status="5.1.1")),
    ("microsoft-hosted", report("550 5.4.1 Recipient address rejected: Access denied. AS(201806281) [AM0.example]", status="5.4.1")),
    ("mimecast", report("550 Invalid Recipient - https://community.example.org/docs/DOC-1369#550", status="5.1.1")),
    ("proofpoint", report("550 5.1.1 User Unknown", status="5.1.1")),
    ("exchange", exchange("550 5.1.1 RESOLVER.ADR.RecipNotFound; not found", status="5.1.1")),
    ("vague-then-precise", report("550-5.1.1 Compte inexistant", status="5.0.0")),
    ("vague-4", report("550 5.1.1 User unknown", status="4.0.0")),
    ("global", report("550 5.1.1 Adresse inconnue", status="5.1.1", to="renée@exemple-été.example", kind="message/global-delivery-status", original="message/global-headers", words="Ceci est le serveur relais.example.org.\nPour toute question : assistance@relais.example.org.\n")),
    ("our-dkim", report("550 5.1.1 unknown", status="5.1.1", words="<mairie@bourg.example.org>: unknown\n\n" + LETTER)),
    ("no-boundary", no_boundary("550 5.1.1 no such user")),
    ("cr-only", bare_returns(exim("550 unknown user"))),
    ("bom", marked(qmail("Sorry, no mailbox here by that name. (#5.1.1)"))),
    ("base64", base64_report("550 5.1.1 Utilisateur inconnu", status="5.1.1")),
    ("french", provider_fr("550 Utilisateur inexistant")),
    ("french-closed", provider_fr("550 5.2.1 Ce compte a été fermé", subject="Courriel non délivré")),
    ("ses-none", ses()),
    ("ses-wrapped", ses(said="550 5.1.1 unknown user", wrapped=True)),
)  # fmt: skip
_SOFT = (
    ("orange-full", report("552 5.1.1 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]", status="5.1.1")),
    ("google-rate", report("550-5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered", status="5.2.1")),
    ("google-full", report("552-5.2.2 The email account that you tried to reach is over quota", status="5.2.2")),
    ("full-5-1-1", report("550 5.1.1 mailbox full for this user", status="5.1.1")),
    ("exim-later", exim("452 4.2.2 mailbox full", subject="Mail delivery failed: returning message to sender")),
    ("gmx-quota", gmx("552 5.2.2 Quota exceeded (mailbox for user is full)")),
    ("dma-later", dma("Could not connect: Connection refused", subject="Mail delivery failed")),
    ("human-says-full", report("550 5.1.1 rejected", status="5.1.1", words="La boîte du destinataire est pleine.")),
    ("expired", report("connect to mx.bourg.example.org[192.0.2.9]:25: Connection timed out", status="4.4.1", diagnostic="X-Postfix; {said}")),
    ("archived", report("550 5.5.0 Boite du destinataire archivee. Archived recipient. LPN007_420", status="5.5.0")),
    ("blocked-account", report("550 5.5.0 Le compte du destinataire est bloque. The recipient account isblocked. LPN007_426", status="5.5.0")),
    ("no-verdict", report("550 Requested action not taken", status="5.0.0")),
    ("temporarily-disabled", report("550 5.2.1 mailbox temporarily disabled", status="5.2.1")),
    ("ses-transient", ses(bounce="Transient")),
    ("french-full", provider_fr("552 5.2.2 Quota dépassé")),
)  # fmt: skip
_POLICY = (
    ("orange-sender", report("550 5.1.0 Emetteur invalide. Invalid Sender. OFR_415 [415]", status="5.1.0")),
    ("orange-refused", report("550 5.2.0 Mail rejete. Mail rejected. ofr_506 [506]", status="5.2.0")),
    ("orange-ip", report("550 opmta1 Adresse IP source bloquee par incident de spam. OFR006_101 [101]", status="5.0.0")),
    ("orange-999", report("550 5.7.1 Service refuse. OFR_999 [999]", status="5.7.1")),
    ("laposte-dmarc", report("571 5.7.1 Message refuse, verification DMARC en echec LPN007_517", status="5.7.1")),
    ("laposte-510", report("550 5.5.0 Service refuse. Veuillez essayer plus tard. LPN007_510", status="5.5.0")),
    ("sfr-103", report("554 5.7.1 Service refused due to bad behavior SFR_IN_103", status="5.7.1")),
    ("free", report("550 5.1.1 spam detected", status="5.1.1")),
    ("sender-5-1-0", report("550 5.1.0 sender rejected", status="5.1.0")),
    ("5-1-1-beside-5-7-1", report("550 5.7.1 blacklisted", status="5.1.1")),
    ("yahoo-policy", report("554 Message not accepted for policy reasons. See https://postmaster.example.org/errors", status="5.0.0")),
    ("exim-spam", exim("554 5.7.1 Message looks like spam")),
    ("gmx-dmarc", gmx("554 5.7.9 Message not accepted: DMARC policy")),
    ("microsoft-block", report("550 5.7.606 Access denied, banned sending IP [192.0.2.1]", status="5.7.606")),
    ("proofpoint-block", report("554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1", status="5.0.0")),
    ("barracuda-block", report("554 Service unavailable; Client host [lettre.example.org] blocked by Barracuda reputation", status="5.0.0")),
    ("mimecast-policy", report("550 Rejected due to security policy", status="5.0.0")),
    ("relay", report("554 5.7.1 Relay access denied", status="5.1.1")),
    ("group", exchange("550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required", status="5.7.133")),
)  # fmt: skip
_MESSAGE = (
    ("too-large", report("552 5.3.4 Message too big for system", status="5.3.4")),
    ("orange-514", report("552 5.2.3 Taille limite du message atteinte OFR_514", status="5.2.3")),
    ("vague-large", exim("552 message size limit exceeded")),
)
_DELAY = (
    ("exim", message(sender="Mail Delivery System <Mailer-Daemon@relais.example.org>", subject="Warning: message 1x delayed 4 hours", path="",
                     body="A message that you sent has not yet been delivered.\nThe message has been delayed; no action is required.\n")),
    ("delayed-subject", message(sender="MAILER-DAEMON@relais.example.org", subject="Delayed mail", body="I will keep trying until the message is 5 days old. The delivery is delayed.\n")),
)  # fmt: skip
_OTHER = (
    ("unsubscribe", message(sender="zoe@bourg.example.org", subject="Unsubscribe", path="<zoe@bourg.example.org>", extra="Auto-Submitted: auto-generated\n", body="\n")),
    ("unsubscribe-fr", message(sender="zoe@bourg.example.org", subject="Désabonnement", path="", extra="Auto-Submitted: auto-generated\n", body="\n")),
    ("forwarded-by-a-person", message(sender="Zoé <zoe@bourg.example.org>", subject="TR: Undelivered Mail Returned to Sender", path="<zoe@bourg.example.org>", body="J'ai reçu ceci : votre message n'a pas pu être remis, 550 5.1.1 user unknown. Que faire ?\n")),
    ("answer", message(sender="Zoé <zoe@bourg.example.org>", subject="Re: échec de notre fête", path="<zoe@bourg.example.org>", body="La salle était pleine ! Message remis au maire.\n")),
)  # fmt: skip
_AUTO = (
    ("left", message(sender="Zoé <zoe@bourg.example.org>", subject="Changement d'adresse", path="<>", extra="Auto-Submitted: auto-replied\n", body="J'ai quitté la mairie. Votre message n'a pas été transmis : écrivez à accueil@bourg.example.org.\n")),
)  # fmt: skip


def entries() -> list[Entry]:
    found = [
        Entry(f"foreign-{verdict}-{name}", "failure", verdict, raw)
        for verdict, rows in (("hard", _HARD), ("soft", _SOFT), ("policy", _POLICY), ("message", _MESSAGE))
        for name, raw in rows
    ]
    for kind, rows in (("delay", _DELAY), ("other", _OTHER), ("auto_reply", _AUTO)):
        found += [Entry(f"foreign-{kind}-{name}", kind, "none", raw) for name, raw in rows]
    found.append(Entry("foreign-complaint-ses", "complaint", "none", ses(kind="Complaint")))
    return found


__all__ = ["TO", "entries"]
