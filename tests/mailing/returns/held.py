"""The half that was written before any rule, and that no rule was written from: only its score is looked at."""

from __future__ import annotations

from tests.mailing.returns.corpus import Entry
from tests.mailing.returns.manners import (
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
    ("exim", exim("550 No Such User Here")),
    ("exim-no-path", exim("550 5.1.1 <mairie@bourg.example.org>: Recipient address rejected: User unknown in virtual mailbox table", path="")),
    ("exim-unrouteable", exim("Unrouteable address", subject="Mail delivery failed")),
    ("exim-fr", exim("550 Utilisateur inconnu", subject="Echec de la remise du message")),
    ("gmx", gmx("550 5.1.1 User unknown; rejecting")),
    ("gmx-mailbox", gmx("550 Requested action not taken: mailbox unavailable")),
    ("ionos", gmx("550 5.1.1 <mairie@bourg.example.org> recipient does not exist", subject="Mail delivery failed: returning message to sender", path="<>")),
    ("dma", dma("mx.bourg.example.org [192.0.2.9] did not like our RCPT TO:\n550 5.1.1 unknown user account")),
    ("dma-host", dma("failed to find host bourg.example.org: Host not found", subject="Mail delivery failed")),
    ("qmail-vpopmail", qmail("Sorry, no mailbox here by that name. vpopmail (#5.1.1)")),
    ("qmail-remote", qmail("192.0.2.9 does not like recipient.\nRemote host said: 550 unknown user <mairie@bourg.example.org>\nGiving up on 192.0.2.9.")),
    ("qmail-domain", qmail("Sorry, I couldn't find any host named bourg.example.org. (#5.1.2)", subject="Failure delivery notice")),
    ("sendmail", sendmail("550 5.1.1 <mairie@bourg.example.org>... User unknown")),
    ("yahoo", report("554 delivery error: dd This user doesn't have an account here (mairie@bourg.example.org) [0]", status="5.0.0")),
    ("orange-416", report("550 5.1.1 xY12 Adresse d au moins un destinataire invalide. Invalid recipient. OFR_416 [416]", status="5.1.1")),
    ("laposte-416", report("550 5.5.0 Adresse destinataire invalide. Invalid recipient. LPN007_416", status="5.5.0")),
    ("free", report("550 5.1.1 <mairie@bourg.example.org>: Recipient address rejected: User unknown in relay recipient table", status="5.1.1")),
    ("microsoft", exchange("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient mairie@bourg.example.org not found by SMTP address lookup", status="5.1.10")),
    ("microsoft-fr", exchange("550 5.1.1 RESOLVER.ADR.ExRecipNotFound; not found", subject="Non remis : La lettre", status="5.1.1")),
    ("microsoft-5-5-0", report("550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)", status="5.5.0")),
    ("google", report("550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's email address", status="5.1.1")),
    ("google-disabled", report("550 5.2.1 The email account that you tried to reach is inactive.", status="5.2.1")),
    ("mimecast", report("550 Invalid Recipient - https://community.example.org/docs/DOC-1369#550", status="5.0.0")),
    ("barracuda", report("550 permanent failure for one or more recipients (mairie@bourg.example.org:550 5.1.1 unknown recipient)", status="5.0.0")),
    ("status-against-code", report("550 5.1.1 <mairie@bourg.example.org>: Adresse inexistante", status="5.0.0")),
    ("words-only", report("", status="5.0.0", words="<mairie@bourg.example.org>: unknown user: \"mairie\"")),
    ("global", report("550 5.1.1 Adresse inconnue", status="5.1.1", kind="message/global-delivery-status", original="message/global")),
    ("no-boundary", no_boundary("550 5.1.1 User unknown in local recipient table")),
    ("cr-only", bare_returns(report("550 5.1.1 User unknown", status="5.1.1"))),
    ("cr-only-qmail", bare_returns(qmail("This address no longer accepts mail. (#5.1.1)"))),
    ("bom", marked(report("550 5.1.1 No such user", status="5.1.1"))),
    ("base64", base64_report("550 5.1.1 user unknown", status="5.1.1")),
    ("french-provider", provider_fr("550 5.1.1 Le destinataire est inconnu sur notre plateforme", subject="Avis de non-remise")),
    ("ses", ses(said="550 5.1.1 user does not exist")),
    ("nxdomain", report("Host or domain name not found. Name service error for name=bourg.example.org type=AAAA: Host not found", status="5.4.4", diagnostic="X-Postfix; {said}")),
)  # fmt: skip
_SOFT = (
    ("orange-417", report("552 5.1.1 aB34 Boite du destinataire pleine. Recipient overquota. OFR_417 [417]", status="5.1.1")),
    ("laposte-full", report("552 5.2.2 <mairie@bourg.example.org>: Over quota", status="5.2.2")),
    ("full-under-5-1-1", report("550 5.1.1 user mailbox is full", status="5.1.1")),
    ("rate-5-2-1", report("550 5.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages", status="5.2.1")),
    ("exim-retry", exim("retry timeout exceeded")),
    ("exim-full", exim("552 5.2.2 mailbox quota exceeded for this recipient", subject="Mail delivery failed")),
    ("gmx-full", gmx("552 Requested mail action aborted: exceeded storage allocation. Quota exceeded.")),
    ("qmail-full", qmail("The users mailfolder is over the allowed quota (size). (#5.2.2)")),
    ("sendmail-timeout", sendmail("Deferred: Connection timed out with mx.bourg.example.org.")),
    ("laposte-archived", report("550 5.5.0 Boite du destinataire archivee. Archived recipient. LPN007_420", status="5.5.0")),
    ("french-full", provider_fr("552 La messagerie du destinataire est saturée", subject="Échec de remise de votre courriel")),
    ("orange-505", report("421 4.2.0 Service refuse. Veuillez essayer plus tard. OFR005_505 [505]", status="4.2.0")),
    ("yahoo-later", report("451 4.7.650 temporarily rate limited, try again later", status="4.7.650")),
    ("loops", report("554 5.4.6 Hop count exceeded - possible mail loop", status="5.4.6")),
    ("temp-5xx", report("550 5.2.0 Temporarily unable to store the message, system storage error", status="5.2.0")),
    ("ses-full", ses(bounce="Transient", sub="MailboxFull", said="552 5.2.2 over quota")),
)  # fmt: skip
_POLICY = (
    ("orange-415", report("550 5.1.0 Emetteur invalide. Invalid Sender. OFR_415 [415]", status="5.1.0")),
    ("orange-506", report("550 5.2.0 Mail rejete. Mail rejected. OFR_506 [506]", status="5.2.0")),
    ("orange-006", report("550 relais Adresse IP source bloquee pour incident de spam. OFR006_102", status="5.0.0")),
    ("laposte-510", report("550 5.5.0 Service refuse. Veuillez essayer plus tard. service refused, please try later. LPN007_510", status="5.5.0")),
    ("laposte-spf", report("550 5.5.0 SPF: lettre.example.org is not allowed to send mail. LPN004_401", status="5.5.0")),
    ("sfr", report("550 5.7.1 Message content rejected", status="5.7.1")),
    ("free-spam", report("550 spam detected", status="5.0.0")),
    ("sender-under-5-1-0", report("550 5.1.0 <lettre@example.org> sender rejected: domain of sender does not resolve", status="5.1.0")),
    ("blacklist-under-5-1-1", report("550 5.7.1 192.0.2.1 is blacklisted by the administrator", status="5.1.1")),
    ("microsoft-ip", report("550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your provider since part of their network is on our block list (S3140)", status="5.7.1")),
    ("exim-rbl", exim("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.dnsbl.example.org")),
    ("gmx-policy", gmx("554 Transaction failed. Reject due to policy restrictions.")),
    ("proofpoint", report("550 5.7.0 Local Policy Violation", status="5.7.0")),
    ("barracuda-rep", report("554 Service unavailable; Client host [lettre.example.org] blocked by reputation list", status="5.0.0")),
    ("mimecast-sig", report("554 Email rejected due to security policies", status="5.0.0")),
    ("french-refused", provider_fr("554 Message refusé : votre serveur est sur une liste de blocage", subject="Message rejeté")),
    ("contradicts", report("554 5.7.1 Message rejected as spam by content filtering", status="5.1.1", words="L'adresse n'existe pas.")),
)  # fmt: skip
_MESSAGE = (
    ("orange-514", report("552 5.3.4 Taille limite du message atteinte. OFR_514", status="5.3.4")),
    ("size-exim", exim("552 5.3.4 Message size exceeds fixed maximum message size")),
)
_DELAY = (
    ("exim", message(sender="Mail Delivery System <Mailer-Daemon@relais.example.org>", subject="Warning: message 1abc delayed 24 hours",
                     body="A message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours.\n\nNo action is required on your part. Delivery attempts will continue for some time.\n")),
    ("postfix", report("451 4.4.1 connection refused", status="4.4.1", action="delayed", subject="Delayed Mail (still being retried)")),
    ("french", message(sender="postmaster@fai.example.org", subject="Votre message est retardé", body="Votre message n'a pas encore été remis. Le serveur poursuit ses tentatives pendant 3 jours.\n")),
)  # fmt: skip
_OTHER = (
    ("person-bounce-talk", message(sender="Zoé <zoe@bourg.example.org>", subject="Votre lettre non distribuée ?", path="<zoe@bourg.example.org>",
                                   body="Bonjour, une collègue me dit que la lettre ne lui a pas été remise, boîte pleine. 550 habitants chez nous. Zoé\n")),
    ("person-failure", message(sender="Zoé <zoe@bourg.example.org>", subject="Re: La lettre", path="<zoe@bourg.example.org>", body="Merci ! L'adresse accueil@bourg.example.org n'existe plus, écrivez-moi ici.\n")),
    ("one-click", message(sender="zoe@bourg.example.org", subject="unsubscribe", path="<zoe@bourg.example.org>", extra="Auto-Submitted: auto-generated\n",
                          body="This message was automatically generated by the mail app to unsubscribe from a mailing list.\n")),
    ("ses-delivery", ses(kind="Delivery")),
)  # fmt: skip
_AUTO = (
    ("vacation", message(sender="Zoé <zoe@bourg.example.org>", subject="Absente", path="<>", body="Bonjour, je suis absente jusqu'au 4 janvier. En cas d'urgence : 04 00 00 00 00\n", extra="Auto-Submitted: auto-replied\n")),
    ("exchange", message(sender="Zoé <zoe@bourg.example.org>", subject="Réponse automatique : La lettre", path="<>", extra="X-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\n", body="Je ne travaille plus à la mairie, cette adresse sera fermée.\n")),
)  # fmt: skip


def entries() -> list[Entry]:
    found = [
        Entry(f"held-{verdict}-{name}", "failure", verdict, raw)
        for verdict, rows in (("hard", _HARD), ("soft", _SOFT), ("policy", _POLICY), ("message", _MESSAGE))
        for name, raw in rows
    ]
    for kind, rows in (("delay", _DELAY), ("other", _OTHER), ("auto_reply", _AUTO)):
        found += [Entry(f"held-{kind}-{name}", kind, "none", raw) for name, raw in rows]
    found.append(Entry("held-complaint-ses", "complaint", "none", ses(kind="Complaint", wrapped=True)))
    return found
