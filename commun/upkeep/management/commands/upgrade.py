from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commun.common import french
from commun.upkeep import wording
from commun.upkeep.exceptions import UpkeepError
from commun.upkeep.services.upgrading import upgrade


class Command(BaseCommand):
    help = "Met la base et les fichiers statiques à la version installée, pendant que le site répond."

    # It makes them itself, and words what is refused.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = upgrade(say=lambda line: self.stdout.write(f"… {line}"))
        except UpkeepError as error:
            raise CommandError(wording.refusal(error)) from None
        self.stdout.write(f"À jour : version {done.version}.")
        if done.migrations:
            self.stdout.write(
                f"{french.count(len(done.migrations), 'migration appliquée')} : {', '.join(done.migrations)}."
            )
        else:
            self.stdout.write("La base l’était déjà.")
        self.stdout.write(done.static)
        self.stdout.write("Redémarrez maintenant le web, puis les travailleurs et LMTP, sur chaque machine.")
