"""What was sent, to how many, agreed to by whom: a document that nobody can change without its seal breaking."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.crypto import constant_time_compare

from commun.common import signing
from commun.mailing.models import Message
from commun.mailing.registry import proof_of_kind
from commun.mailing.selectors.sends import SendDetail, send_detail

PURPOSE = "mailing.proof"
FORMAT = 1


def send_proof(*, send_id: int, now: datetime) -> dict[str, Any]:
    """JSON-ready, without any address of a recipient. `sceau` covers everything else. Raises UnknownSend."""
    detail = send_detail(send_id=send_id, now=now)
    content = {
        "preuve": FORMAT,
        "site": settings.SITE_URL,
        "etablie_le": _moment(now),
        "envoi": _send(detail),
        "message": _message(detail.send.message_id),
        "accords": proof_of_kind(detail.send.kind, send_id=send_id),
        "destinataires": _recipients(detail),
        "reponses": [
            {"etat": one.state, "raison": one.reason, "code": one.code, "etendu": one.enhanced, "nombre": one.count}
            for one in detail.answers
        ],
        "retours": [{"nature": kind, "conclusion": verdict, "nombre": n} for kind, verdict, n in detail.returns],
        "decisions": [
            {"action": one["action"], "le": _moment(one["at"]), "par": one["by_name"], "nombre": one["count"]}
            for one in detail.decisions
        ],
    }
    return {**content, "sceau": _seal(content)}


def is_genuine(proof: Any) -> bool:
    """Whether this document was made here and is as it was."""
    if not isinstance(proof, dict) or not isinstance(proof.get("sceau"), str):
        return False
    content = {name: value for name, value in proof.items() if name != "sceau"}
    return constant_time_compare(_seal(content), proof["sceau"])


def _seal(content: dict[str, Any]) -> str:
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return signing.keyed_hash(purpose=PURPOSE, value=canonical)


def _moment(value: datetime | None) -> str | None:
    return None if value is None else value.isoformat(timespec="seconds")


def _send(detail: SendDetail) -> dict[str, Any]:
    send = detail.send
    return {
        "numero": send.pk,
        "nature": send.kind,
        "nom": send.slug,
        "etat": send.state,
        "cree_le": _moment(send.created_at),
        "demande_par": str(send.created_by or ""),
        "commence_le": _moment(send.started_at),
        "fini_le": _moment(send.finished_at),
    }


def _message(message_id: int) -> dict[str, Any]:
    """The hash is what was approved; it is computed again from the bytes that left."""
    message = Message.objects.get(pk=message_id)
    raw = bytes(message.raw)
    return {
        "objet": message.subject,
        "scelle_le": _moment(message.sealed_at),
        "empreinte_sha256": message.hash,
        "empreinte_verifiee": hashlib.sha256(raw).hexdigest() == message.hash,
        "octets": len(raw),
    }


def _recipients(detail: SendDetail) -> dict[str, Any]:
    progress = detail.progress
    return {
        "liste_figee": progress.total,
        "par_etat": progress.counts,
        "somme": sum(progress.counts.values()),
        "somme_egale_a_la_liste": progress.consistent,
        "tenus_pour_remis_par_decision": detail.decided,
    }
