from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commun.territories import register_build
from commun.territories.register_file import write_register


class Command(BaseCommand):
    help = (
        "Fabrique le fichier du registre à partir du paquet npm @etalab/decoupage-administratif décompressé. "
        "Le même paquet donne toujours le même fichier."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--source", type=Path, required=True, help="dossier qui contient package.json et data/")
        parser.add_argument("--vintage", type=int, required=True, help="année du Code officiel géographique")
        parser.add_argument("--output", type=Path, required=True, help="fichier à écrire, en .jsonl.xz")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            package = register_build.read_package(directory=options["source"])
            entries = list(register_build.entries(package=package))
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(
                f"{options['source']} n’est pas ce paquet, ou est abîmé ({type(error).__name__} : {error})."
            ) from error
        header = register_build.header(package=package, vintage=options["vintage"], entries=entries)
        write_register(path=options["output"], header=header, entries=entries)
        for name, count in header.counts.items():
            self.stdout.write(f"{name}: {count}")
