from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commun.common import clock, french
from commun.inbound.exceptions import WrongState
from commun.inbound.selectors.messages import counts, quarantined, raw_message
from commun.inbound.services.processing import discard, release

DISCARDED_KEPT = timedelta(days=30)


class Command(BaseCommand):
    help = "Le courrier reçu : combien attend, ce qui est en quarantaine et pourquoi ; remettre ou écarter un message."

    def add_arguments(self, parser: CommandParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--retry", type=int, metavar="N°", help="remettre ce message en traitement")
        choice.add_argument("--discard", type=int, metavar="N°", help="ne rien en faire : purgé dans 30 jours")
        choice.add_argument("--show", type=int, metavar="N°", help="écrire ses octets sur la sortie standard")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["retry"] is not None:
                release(raw_id=options["retry"], now=clock.now())
                self.stdout.write("Remis en traitement.")
            elif options["discard"] is not None:
                discard(raw_id=options["discard"], keep=DISCARDED_KEPT, now=clock.now())
                self.stdout.write("Écarté.")
            elif options["show"] is not None:
                self._show(options["show"])
            else:
                self._list()
        except WrongState:
            raise CommandError("Ce message n’est pas en quarantaine, ou n’a pas de route.") from None

    def _show(self, number: int) -> None:
        raw = raw_message(raw_id=number)
        if raw is None:
            raise CommandError("Ce message n’existe pas, ou n’est plus gardé.")
        self.stdout.write(raw.decode("utf-8", "replace"))

    def _list(self) -> None:
        self.stdout.write(", ".join(f"{state} {count}" for state, count in counts().items()))
        for row in quarantined()[:200]:
            when = timezone.localtime(row.received_at)
            self.stdout.write(
                f"{row.pk}  {french.moment(when)}  {row.route or '–'}  {french.weight(row.size)}  {row.error}"
            )
