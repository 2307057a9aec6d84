"""Send an approved issue, or one copy of it, from the command line. The approval rule holds here too."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from commun.common import clock
from commun.common.errors import AppError
from commun.newsletters.selectors.issues import get_issue
from commun.newsletters.services.sending import send_issue
from commun.newsletters.services.trials import send_issue_test
from commun.newsletters.wording import say


class Command(BaseCommand):
    help = "Envoie le numéro approuvé (son nom ou son chiffre) et affiche le numéro de l’envoi."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="nom du numéro (le-passage-a-l-action) ou son chiffre")
        parser.add_argument(
            "--test", metavar="ADRESSE", help="un exemplaire à cette adresse, sans envoi aux abonné·e·s"
        )
        parser.add_argument("--at", metavar="DATE", help="date et heure ISO 8601 (2026-12-01T09:00), heure de Paris")

    def handle(self, *args: Any, slug: str, test: str | None, at: str | None, **options: Any) -> None:
        if test and at:
            raise CommandError("--test part tout de suite : retirez --at.")
        try:
            issue = get_issue(slug=slug)
            if test:
                send = send_issue_test(issue=issue, addresses=[_address(test)], user=None)
            else:
                send = send_issue(issue=issue, user=None, at=_moment(at) if at else None)
        except AppError as error:
            raise CommandError(say(error)) from None
        self.stdout.write(str(send.pk))


def _address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        raise CommandError(f"« {text} » n’est pas une adresse électronique.") from None
    return text


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"« {text} » n’est pas une date : écrivez par exemple 2026-12-01T09:00.")
    moment = moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    if moment <= clock.now():
        raise CommandError(f"« {text} » est passé : donnez une date à venir, ou retirez --at.")
    return moment
