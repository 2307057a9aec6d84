"""Where an answer to a trial of a letter comes back: the address names the issue, and cannot be forged."""

from __future__ import annotations

import hmac
import re

from django.conf import settings

from commun.common.signing import keyed_hash

_LOCAL = "essai"
_SEAL = 16
_READ = re.compile(rf"{_LOCAL}\+(\d{{1,9}})-([0-9a-f]{{{_SEAL}}})")


def answers_to(*, issue_id: int) -> str:
    """ "" where no mail comes in."""
    if not settings.INBOUND_DOMAIN:
        return ""
    return f"{_LOCAL}+{issue_id}-{_seal(str(issue_id))}@{settings.INBOUND_DOMAIN}"


def read(address: str) -> int | None:
    """Primary key of the issue that an answer is about; None where the address is not ours, or forged."""
    local, _, host = address.lower().rpartition("@")
    found = _READ.fullmatch(local)
    if not settings.INBOUND_DOMAIN or host != settings.INBOUND_DOMAIN or not found:
        return None
    return int(found[1]) if hmac.compare_digest(found[2], _seal(found[1])) else None


def _seal(value: str) -> str:
    return keyed_hash(purpose="newsletters.trial", value=value)[:_SEAL]
