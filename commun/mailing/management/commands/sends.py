from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commun.mailing import api
from commun.mailing.types import SendProgress


class Command(BaseCommand):
    help = "Chaque envoi : numéro, nom, état, nombre de destinataires, et le compte de chaque état de remise."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="une liste JSON, pour un programme")

    def handle(self, *args: Any, **options: Any) -> None:
        found = api.list_sends()
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(one) for one in found], ensure_ascii=False))
            return
        if not found:
            self.stdout.write("Aucun envoi.")
        for one in found:
            counts = ", ".join(f"{state} {count}" for state, count in one.counts.items() if count) or "personne encore"
            why = f" ({one.state_reason or one.waiting_for})" if one.state_reason or one.waiting_for else ""
            total = "?" if one.total is None else one.total
            self.stdout.write(f"{one.send_id}  {one.slug or one.kind}  {one.state}{why}  sur {total} : {counts}")


def _as_json(one: SendProgress) -> dict[str, Any]:
    return {
        "id": one.send_id,
        "slug": one.slug,
        "kind": one.kind,
        "state": str(one.state),
        "state_reason": one.state_reason,
        "waiting_for": one.waiting_for,
        "total": one.total,
        "consistent": one.consistent,
        **one.counts,
    }
