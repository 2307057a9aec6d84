from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commun.common import clock
from commun.mailing.exceptions import UnknownSend
from commun.mailing.selectors.proof import is_genuine, send_proof


class Command(BaseCommand):
    help = "La preuve scellée d’un envoi, en JSON ; ou vérifie le sceau d’une preuve gardée."

    def add_arguments(self, parser: CommandParser) -> None:
        either = parser.add_mutually_exclusive_group(required=True)
        either.add_argument("id", type=int, nargs="?")
        either.add_argument("--check", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self._check(options["check"])
            return
        try:
            proof = send_proof(send_id=options["id"], now=clock.now())
        except UnknownSend:
            raise CommandError(f"Il n’y a pas d’envoi {options['id']} (voir « manage.py sends »).") from None
        self.stdout.write(json.dumps(proof, ensure_ascii=False, indent=2))

    def _check(self, path: Path) -> None:
        try:
            proof = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            raise CommandError(f"{path} ne se lit pas : ce n’est pas une preuve.") from None
        if not is_genuine(proof):
            raise CommandError("Le sceau ne correspond pas : ce document a été changé, ou ne vient pas de ce site.")
        self.stdout.write("Le sceau est bon : ce document vient de ce site et n’a pas changé.")
