from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from commun.common import clock
from commun.inbound.exceptions import EmptyMessage, TooLarge, UnknownRecipient
from commun.inbound.services.receiving import receive
from commun.inbound.transports.headers import envelope_of
from commun.inbound.types import MAX_BYTES, Receipt, Transport


class Command(BaseCommand):
    """Exit codes of sysexits(3), which mail servers read: 65 and 67 return the mail, 75 keeps it for later."""

    help = "Reçoit un message sur l’entrée standard. Sans --to, les destinataires sont lus dans ses en-têtes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", action="append", default=[], metavar="ADRESSE", help="destinataire (répétable)")
        parser.add_argument("--from", dest="sender", default="", metavar="ADRESSE", help="expéditeur de l’enveloppe")

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(MAX_BYTES + 1)
        sender, recipients = options["sender"], options["to"]
        if not recipients:
            found, recipients = envelope_of(raw)
            sender = sender or found
        if not recipients:
            raise CommandError("Aucun destinataire connu de ce site.", returncode=os.EX_NOUSER)
        for recipient in recipients:
            receipt = _receive(raw=raw, sender=sender, recipient=recipient)
            self.stdout.write(f"Message {receipt.raw_id} {'déjà reçu' if receipt.duplicate else 'reçu'}.")


def _receive(*, raw: bytes, sender: str, recipient: str) -> Receipt:
    try:
        return receive(raw=raw, mail_from=sender, recipient=recipient, transport=Transport.PIPE, now=clock.now())
    except UnknownRecipient:
        raise CommandError("Adresse inconnue de ce site.", returncode=os.EX_NOUSER) from None
    except TooLarge:
        raise CommandError("Message de plus de 30 Mo.", returncode=os.EX_DATAERR) from None
    except EmptyMessage:
        raise CommandError("Message vide.", returncode=os.EX_DATAERR) from None
    except DatabaseError:
        raise CommandError("Base de données injoignable : à réessayer.", returncode=os.EX_TEMPFAIL) from None
    except Exception as error:
        # Any other exit code would make the mail server return the message to its sender.
        why = f"Faute du programme ({type(error).__name__}) : à réessayer."
        raise CommandError(why, returncode=os.EX_TEMPFAIL) from error
