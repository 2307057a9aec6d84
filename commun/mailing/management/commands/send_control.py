from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commun.mailing import api, wording
from commun.mailing.exceptions import BrokenLedger, UnknownSend, WrongState

ACTIONS = {
    "pause": (api.pause, "mis en pause : plus rien ne part ; ce qui est en route arrive"),
    "resume": (api.resume, "repris"),
    "cancel": (api.cancel, "annulé pour toujours : personne d’autre ne le recevra"),
    "release": (api.release, "confirmé : il reprend"),
}


class Command(BaseCommand):
    help = "Met en pause, reprend, annule un envoi, ou confirme (release) un envoi retenu après une interruption."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("id", type=int)
        parser.add_argument("action", choices=sorted(ACTIONS))

    def handle(self, *args: Any, **options: Any) -> None:
        act, done = ACTIONS[options["action"]]
        try:
            act(send_id=options["id"])
        except UnknownSend:
            raise CommandError(f"Il n’y a pas d’envoi {options['id']} (voir « manage.py sends »).") from None
        except WrongState as error:
            raise CommandError(f"Impossible : l’envoi {options['id']} est dans l’état « {error.state} ».") from None
        except BrokenLedger:
            raise CommandError(wording.STATE_REASONS["invariant"]) from None
        out = wording.copies_out(api.copies_out(send_id=options["id"]))
        self.stdout.write(f"Envoi {options['id']} {done}. {out}")
