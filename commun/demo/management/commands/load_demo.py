from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from commun.common import clock
from commun.demo.services.load import load_demo


class Command(BaseCommand):
    help = "Charge le contenu de démonstration. Relancée, elle ne change rien à ce qui existe."

    def handle(self, *args: Any, **options: Any) -> None:
        issue = load_demo(now=clock.now(), say=self.stdout.write)
        self.stdout.write(f"Démonstration chargée : « {issue.title} », lettre n° {issue.number}.")
