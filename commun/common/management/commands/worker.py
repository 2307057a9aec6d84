from __future__ import annotations

import signal
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from commun.common import standstill
from commun.common.workers import Worker


class Command(BaseCommand):
    help = "Exécute les tâches et les envois dus jusqu’à l’arrêt ; SIGTERM termine ce qui est en cours."

    # It serves no page: Django's own checks would load them all, 20 MB. `migrate` and `make check` run the others.
    requires_system_checks = ("environment",)

    def handle(self, *args: Any, **options: Any) -> None:
        if standstill.restoring():
            raise CommandError("Une sauvegarde est en cours de restauration : finissez « manage.py restore » d’abord.")
        worker = Worker()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: worker.stop.set())
        self.stdout.write(f"Travailleur {worker.name} en marche.")
        worker.run()
        if worker.failed:
            self.stderr.write(f"Arrêt : la boucle {', '.join(worker.failed)} a échoué (voir le journal).")
            sys.exit(1)
        self.stdout.write("Travailleur arrêté proprement.")
