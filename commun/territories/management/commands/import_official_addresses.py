from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commun.common import clock
from commun.territories import api

_REASONS = {
    "columns": "il faut cinq colonnes : kind, code, email, source, date",
    "kind": "type de territoire inconnu (commune, epci, ept, departement, region, com)",
    "code": "aucun territoire actuel de ce type ne porte ce code",
    "email": "adresse électronique non valable",
    "source": "la source manque",
    "date": "date absente, à venir ou mal écrite (attendu 2026-01-31)",
    "twice": "ce territoire est déjà plus haut dans le fichier",
    "older": "une adresse plus récente est déjà connue",
}
_FILE = {
    "empty": "Le fichier est vide.",
    "header": "La première ligne doit être : kind,code,email,source,date (virgules ou points-virgules).",
    "encoding": "Le fichier n’est pas du texte CSV en UTF-8.",
}


class Command(BaseCommand):
    help = "Charge les adresses officielles des collectivités (fichier CSV : kind, code, email, source, date)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="fichier CSV, en UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with options["file"].open(encoding="utf-8-sig", newline="") as lines:
                outcome = api.import_official_addresses(lines=lines, now=clock.now())
        except OSError as error:
            raise CommandError(f"Le fichier ne peut pas être lu ({type(error).__name__}). Rien n’a changé.") from error
        except api.AddressFileRefused as error:
            raise CommandError(f"{_FILE[error.reason]} Rien n’a changé.") from error
        for refused in outcome.refused:
            self.stderr.write(f"ligne {refused.line} refusée : {_REASONS[refused.reason]}")
        self.stdout.write(
            f"official_addresses: added={outcome.added} changed={outcome.changed} same={outcome.same} "
            f"refused={len(outcome.refused)}"
        )
        if outcome.refused:
            raise CommandError(f"{len(outcome.refused)} ligne(s) refusée(s), les autres sont enregistrées.")
