from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commun.common import clock, french
from commun.mailing import api, wording
from commun.mailing.exceptions import UnknownDelivery, UnknownSend, WrongState
from commun.mailing.types import UncertainVerdict


class Command(BaseCommand):
    help = "Décide des remises incertaines d’un envoi : tenues pour remises (accept) ou renvoyées (resend)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int)
        parser.add_argument("verdict", choices=[verdict.value for verdict in UncertainVerdict])
        parser.add_argument("--delivery", type=int, help="une seule remise, par son numéro")
        parser.add_argument(
            "--confirm", action="store_true", help="sans quoi les conséquences sont dites, et c’est tout"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = UncertainVerdict(options["verdict"])
        try:
            uncertain = api.send_progress(send_id=options["id"]).counts["uncertain"]
            self.stdout.write(f"Envoi {options['id']} : {french.count(uncertain, 'remise incertaine')}.")
            self.stdout.write(wording.UNCERTAIN_CONSEQUENCES[verdict])
            if not options["confirm"]:
                self.stdout.write("Rien n’est changé. Pour décider, ajoutez --confirm.")
                return
            done = api.settle_uncertain(
                send_id=options["id"], verdict=verdict, delivery_id=options["delivery"], by=None, now=clock.now()
            )
        except UnknownSend:
            raise CommandError(f"Il n’y a pas d’envoi {options['id']} (voir « manage.py sends »).") from None
        except UnknownDelivery:
            raise CommandError(f"La remise {options['delivery']} n’est pas de cet envoi.") from None
        except WrongState as error:
            raise CommandError(f"Impossible : l’envoi {options['id']} est dans l’état « {error.state} ».") from None
        self.stdout.write(wording.uncertain_outcome(verdict=verdict, outcome=done))
