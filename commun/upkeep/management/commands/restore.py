from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from commun.common import clock, french
from commun.mailing import api as mail
from commun.upkeep import wording
from commun.upkeep.exceptions import UpkeepError
from commun.upkeep.services import restoring


class Command(BaseCommand):
    help = "Restaure une sauvegarde sur un site vide, retient tous les envois, refait les retraits demandés depuis."

    requires_system_checks = ("environment",)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source", metavar="SAUVEGARDE", type=Path)
        parser.add_argument(
            "--check", action="store_true", help="dans une base d’essai, comparée puis jetée : rien ne change ici"
        )
        parser.add_argument(
            "--withdrawals",
            metavar="FICHIER",
            type=Path,
            action="append",
            help="les retraits demandés depuis la sauvegarde ; autant de fois que de machines (par défaut celui d’ici)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        source = Path(options["source"]).absolute()
        try:
            if options["check"]:
                self._check(source)
            else:
                self._restore(source, options["withdrawals"] or [settings.WITHDRAWALS_FILE])
        except UpkeepError as error:
            raise CommandError(wording.refusal(error)) from None

    def _say(self, line: str) -> None:
        self.stdout.write(f"… {line}")

    def _check(self, source: Path) -> None:
        made = restoring.check(source=source, say=self._say)
        self.stdout.write(
            f"Sauvegarde bonne : du {_on_the_clock(made.made_at)}, version {made.version}, "
            f"{french.count(sum(made.counts.values()), 'ligne')} retrouvées une à une, "
            f"{french.count(len(made.entries), 'fichier')}. Rien n’a changé ici."
        )

    def _restore(self, source: Path, files: list[Path]) -> None:
        for path in files:
            if path != settings.WITHDRAWALS_FILE and not path.is_file():
                raise CommandError(f"{path} n’existe pas : rien n’a été changé.")
        done = restoring.restore(source=source, lines_of=files, now=clock.now(), say=self._say)
        self.stdout.write(f"Restauré : la sauvegarde du {_on_the_clock(done.manifest.made_at)}.")
        self.stdout.write(self._withdrawals(done))
        held = [one for one in mail.list_sends() if one.state == "held"]
        self.stdout.write("À faire maintenant :")
        if not done.manifest.files:
            self.stdout.write("  - remettez médias et fichiers privés : cette sauvegarde ne les avait pas ;")
        for one in held:
            self.stdout.write(
                f"  - envoi {one.send_id} ({one.slug or one.kind}), retenu : comparez avec le journal du relais ; "
                f"si rien n’est parti depuis, « manage.py send_control {one.send_id} release », sinon « cancel » ;"
            )
        self.stdout.write(
            "  - ce que la sauvegarde ne sait pas : inscriptions, contributions et bulletins reçus depuis ; les "
            "rappels envoyés depuis peuvent repartir ;\n"
            "  - démarrez les travailleurs, puis le web, et regardez « État du site »."
        )

    def _withdrawals(self, done: restoring.Restored) -> str:
        if done.last_line is None:
            return (
                "Aucun fichier de retraits n’a été lu : qui s’est désabonné, plaint ou fait effacer depuis est de "
                "nouveau là. Si ce fichier existe quelque part, ne démarrez rien : videz la base et recommencez avec "
                "--withdrawals."
            )
        whole = f", complet jusqu’au {_on_the_clock(done.complete_until)}" if done.complete_until else ""
        return (
            f"Retraits demandés depuis, refaits : {french.number(sum(done.replayed.values()))} (dernière ligne lue : "
            f"{_on_the_clock(done.last_line)}{whole})."
        )


def _on_the_clock(at: datetime) -> str:
    """On the operator's clock: files keep theirs in UTC."""
    return french.moment(timezone.localtime(at))
