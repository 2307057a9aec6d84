from __future__ import annotations

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commun.common import clock, french
from commun.common.spreadsheets import defuse
from commun.subscribers import api, wording
from commun.subscribers.exceptions import UnreadableFile
from commun.subscribers.types import ImportReport, LegalBasis


class Command(BaseCommand):
    help = "Ajoute les abonné·e·s d’un fichier CSV, avec la preuve de ce qui le permet. Ne ramène jamais qui est parti."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FICHIER.csv", type=Path)
        parser.add_argument("--basis", required=True, choices=[basis.value for basis in LegalBasis], help="base légale")
        parser.add_argument("--source", required=True, help="d’où viennent ces adresses ; gardé avec chaque preuve")
        parser.add_argument("--topics", default="", help="identifiants de thématiques, séparés par des virgules")
        parser.add_argument("--dry-run", action="store_true", help="compte, sans rien écrire")
        parser.add_argument("--refused", type=Path, help="fichier CSV où écrire les lignes refusées")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["source"].strip():
            raise CommandError(
                'Dites d’où viennent ces adresses : --source "Fichier des inscrits aux rencontres 2025".'
            )
        slugs = [slug.strip() for slug in options["topics"].split(",") if slug.strip()]
        topics = list(api.get_topics(slugs=slugs))
        if missing := set(slugs) - {topic.slug for topic in topics}:
            raise CommandError(f"Thématique inconnue : {', '.join(sorted(missing))}.")
        with ExitStack() as stack:
            try:
                stream = stack.enter_context(options["file"].open("rb"))
                refused = self._refusals(options["refused"], stack)
            except OSError as error:
                raise CommandError(f"{error.filename} : {error.strerror}.") from None
            size = options["file"].stat().st_size
            try:
                report = api.import_subscribers(
                    stream=stream,
                    basis=LegalBasis(options["basis"]),
                    source=options["source"].strip(),
                    topics=topics,
                    dry_run=options["dry_run"],
                    now=clock.now(),
                    on_refused=refused,
                    on_progress=lambda so_far, position: self._show_progress(so_far, position, size),
                )
            except UnreadableFile as error:
                raise CommandError(str(error)) from None
            except KeyboardInterrupt:
                raise CommandError(
                    "Interrompu. Ce qui a été lu est gardé ; relancez la même commande, elle n’ajoute que le reste."
                ) from None
        self._show(report, dry_run=options["dry_run"])

    def _refusals(self, path: Path | None, stack: ExitStack) -> Any:
        if path is None:
            return lambda row, why: self.stderr.write(f"ligne {row.line} : {why}")
        writer = csv.writer(stack.enter_context(path.open("w", encoding="utf-8-sig", newline="")), delimiter=";")
        writer.writerow(["ligne", "contenu", "raison"])
        return lambda row, why: writer.writerow([row.line, defuse(row.address), why])

    def _show_progress(self, report: ImportReport, position: int, size: int) -> None:
        percent = min(100, 100 * position // max(size, 1))
        terminal = self.stderr.isatty()
        start = "\r" if terminal else ""
        self.stderr.write(
            f"{start}{percent} % : {french.count(report.rows, 'ligne lue')}, {french.count(report.added, 'ajout')}",
            ending="" if terminal else "\n",
        )

    def _show(self, report: ImportReport, *, dry_run: bool) -> None:
        if self.stderr.isatty():
            self.stderr.write("")
        self.stdout.write(
            f"{'Essai, rien n’est écrit. ' if dry_run else ''}{french.count(report.rows, 'ligne lue')} : "
            f"{french.count(report.added, 'ajout')}, {french.number(report.already)} déjà abonné·e·s, "
            f"{french.number(report.skipped)} parti·e·s ou écarté·e·s (jamais ramené·e·s), "
            f"{french.count(report.repeated, 'répétition')}, {french.count(report.refused, 'ligne refusée')}."
        )
        if report.kept_out:
            self.stdout.write(
                f"Dont {french.count(report.kept_out, 'personne')} que l’autre outil dit partie ou écartée : "
                "aucune lettre, jusqu’à ce qu’elle confirme elle-même."
            )
        for said in wording.told_of_columns(report):
            self.stdout.write(said)
        if report.truncated:
            raise CommandError(
                "Le fichier semble coupé : sa dernière ligne est incomplète, ou un guillemet n’y est jamais refermé. "
                "Ce qui a été lu est gardé ; redemandez-le entier et relancez la même commande, "
                "elle n’ajoutera que le reste."
            )
