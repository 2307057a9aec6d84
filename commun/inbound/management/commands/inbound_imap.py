from __future__ import annotations

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, close_old_connections
from imap_tools import ImapToolsError

from commun.inbound.transports import imap

FIRST_WAIT, LONGEST_WAIT = 5, 300


class Command(BaseCommand):
    help = "Relève la boîte d’IMAP_URL jusqu’à l’arrêt (SIGTERM). Un message n’en sort qu’une fois en sûreté."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="relever une fois, puis s’arrêter")
        parser.add_argument("--every", type=int, default=60, metavar="SECONDES", help="sans annonce du serveur")

    def handle(self, *args: Any, **options: Any) -> None:
        mailbox = settings.IMAP_MAILBOX
        if mailbox is None:
            raise CommandError("IMAP_URL n’est pas réglé.")
        stop = threading.Event()
        if options["once"]:
            with imap.connect(mailbox) as box:
                self.stdout.write(f"{imap.empty(box=box, mailbox=mailbox)} message(s) relevé(s).")
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        wait = FIRST_WAIT
        while not stop.is_set():
            try:
                for count in imap.watch(mailbox=mailbox, stop=stop, every=options["every"]):
                    wait = FIRST_WAIT
                    if count:
                        self.stdout.write(f"{count} message(s) relevé(s).")
            except (OSError, ImapToolsError, DatabaseError, imap.ProtocolError) as error:
                self.stderr.write(f"Connexion perdue ({type(error).__name__}) : nouvel essai dans {wait} s.")
                stop.wait(wait)
                wait = min(LONGEST_WAIT, wait * 2)
            close_old_connections()
