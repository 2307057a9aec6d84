from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from commun.common import clock, french
from commun.upkeep import wording
from commun.upkeep.exceptions import UpkeepError
from commun.upkeep.services.backup import backup


class Command(BaseCommand):
    help = "Sauvegarde la base, les médias et les fichiers privés, pendant que le site vit ; CIBLE.tar, ou un dossier."

    requires_system_checks = ("environment",)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("target", metavar="CIBLE", type=Path)
        parser.add_argument("--no-files", action="store_true", help="la base seule ; le manifeste le dit")

    def handle(self, *args: Any, **options: Any) -> None:
        target = Path(options["target"]).absolute()
        try:
            made = backup(
                target=target,
                files=not options["no_files"],
                now=clock.now(),
                say=lambda line: self.stdout.write(f"… {line}"),
            )
        except UpkeepError as error:
            raise CommandError(wording.refusal(error)) from None
        self.stdout.write(
            f"Sauvegarde faite : {target}, {french.number(made.size // 1_000_000)} Mo, "
            f"{french.count(len(made.entries), 'fichier')}, {french.count(sum(made.counts.values()), 'ligne')}."
        )
        if not made.files:
            self.stdout.write("Médias et fichiers privés n’y sont pas : sauvegardez-les à part.")
        self.stdout.write(
            "Rangez-la hors de cette machine, et à part : SECRET_KEY (sans elle, elle ne se restaure pas) et "
            f"{settings.WITHDRAWALS_FILE} (les retraits demandés depuis)."
        )
