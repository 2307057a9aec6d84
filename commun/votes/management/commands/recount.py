"""`manage.py recount FILE.jsonl`: the stand-alone recount, and whether that box is the one of this database."""

from __future__ import annotations

import importlib.util
from argparse import ArgumentParser
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from commun.votes.models import BallotBox, Entry, Vote

PROGRAM = Path(settings.BASE_DIR) / "tools" / "recount.py"


def load_program() -> ModuleType:
    """The published program itself: what it says here is what anybody gets at home."""
    spec = importlib.util.spec_from_file_location("recount", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Command(BaseCommand):
    help = "Recompter l’urne publiée d’un vote, puis la comparer avec celle de cette base."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="URNE.jsonl")
        parser.add_argument("--electeurs", metavar="FICHIER")

    def handle(self, *args: Any, **options: Any) -> None:
        program = load_program()
        try:
            with Path(options["file"]).open("rb") as stream:
                box = program.read_box(stream)
            if options["electeurs"]:
                with Path(options["electeurs"]).open("rb") as stream:
                    known = program.read_electorate(stream, box)
                program.check_voters(box, known)
        except OSError as error:
            raise CommandError(f"fichier illisible : {error.strerror}") from None
        except program.Wrong as error:
            raise CommandError(f"FAUX : ligne {error.line} : {error}") from None
        for sentence in program.describe(box):
            self.stdout.write(sentence)
        self.stdout.write(program.verdict(box))
        self.stdout.write(self._against_database(box))

    def _against_database(self, box: Any) -> str:
        vote = Vote.objects.filter(slug=box.setup["vote"]).first()
        ours = BallotBox.objects.filter(vote=vote).first() if vote else None
        if ours is None:
            return "Ce vote n’est pas dans cette base : rien à comparer."
        if (box.height, box.head) == (ours.height, ours.head):
            return "La tête est celle de l’urne de cette base."
        if Entry.objects.filter(vote=vote, height=box.height, hash=box.head).exists():
            return "Cette urne est le début de celle de la base : le fichier date d’avant la publication du tirage."
        raise CommandError("FAUX : cette urne n’est pas celle de cette base, qui porte un vote du même nom.")
