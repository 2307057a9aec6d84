from __future__ import annotations

import asyncio
import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commun.inbound.transports import lmtp


class Command(BaseCommand):
    help = "Reçoit le courrier en LMTP, derrière un serveur de messagerie, jusqu’à l’arrêt (SIGTERM)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--listen", default="127.0.0.1:8024", metavar="HÔTE:PORT")

    def handle(self, *args: Any, **options: Any) -> None:
        host, _, port = str(options["listen"]).rpartition(":")
        if not host or not port.isdigit() or int(port) > 65535:
            raise CommandError("Attendu : --listen HÔTE:PORT.")
        try:
            asyncio.run(self._serve(host.strip("[]"), int(port)))
        except OSError as error:
            raise CommandError(f"Écoute impossible : {error.strerror or error}.") from None
        self.stdout.write("Arrêt propre.")

    async def _serve(self, host: str, port: int) -> None:
        stop = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)

        def listening(bound: int) -> None:
            self.stdout.write(f"LMTP à l’écoute : {host}:{bound}")
            self.stdout.flush()

        await lmtp.serve(host=host, port=port, stop=stop, listening=listening)
