from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commun.common.privacy import export_person


class Command(BaseCommand):
    help = "Exporte en JSON tout ce que le site garde d’une personne."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        data = export_person(email=options["email"].strip().lower())
        self.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str))
