from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand

from commun.finding import api


class Command(BaseCommand):
    help = "Refait tout ce que la recherche sait, à partir de ce qui est publié. Peut être arrêtée et reprise."

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()

        def tell(source: str, done: int, total: int) -> None:
            self.stdout.write(f"{source} : {done} sur {total}", ending="\r" if done < total else "\n")
            self.stdout.flush()

        entries = api.rebuild(progress=tell)
        self.stdout.write(f"find_again: entries={entries} seconds={time.monotonic() - started:.1f}")
