from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commun.common import clock
from commun.common.privacy import erase_person


class Command(BaseCommand):
    help = "Efface une personne de toutes les pièces du site ; seule une empreinte de non-envoi demeure."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        done = erase_person(email=options["email"].strip().lower(), now=clock.now())
        if not done:
            self.stdout.write("Rien à effacer : aucune donnée pour cette adresse.")
        for room, counts in done.items():
            detail = ", ".join(f"{name} : {count}" for name, count in counts.items())
            self.stdout.write(f"{room} — {detail}")
