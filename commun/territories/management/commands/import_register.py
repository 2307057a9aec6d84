from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commun.common import clock
from commun.territories import api


class Command(BaseCommand):
    help = "Charge le registre des territoires (communes, intercommunalités, départements, régions)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--file", type=Path, default=api.EMBEDDED_REGISTER, help="fichier du registre (par défaut : celui du dépôt)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            outcome = api.import_register(path=options["file"], now=clock.now())
        except api.RegisterOlder as error:
            raise CommandError(
                f"Ce fichier est du millésime {error.offered} ; le {error.loaded} est déjà chargé. Rien n’a changé."
            ) from error
        except api.RegisterUnreadable as error:
            raise CommandError(
                f"Le fichier n’est pas un registre lisible (ligne {error.line} : {error.reason}). Rien n’a changé."
            ) from error
        counts = " ".join(f"{kind}={count}" for kind, count in outcome.counts.items())
        self.stdout.write(f"register: vintage={outcome.vintage} {counts} became_obsolete={outcome.became_obsolete}")
