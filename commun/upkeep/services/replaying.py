"""Who left, complained, was put aside or erased since a backup is so again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.apps import apps
from django.db import models

from commun.common import privacy, withdrawals
from commun.common.signing import address_hash
from commun.common.withdrawals import Line
from commun.mailing import api as mail
from commun.mailing.types import SuppressionReason
from commun.subscribers import api as readers

_ADDRESS = 254  # the longest there is (RFC 5321), and the length of every column that holds one


def replay(*, lines: list[Line]) -> Counter[str]:
    """How many acts were done again, by kind. Doing one twice changes nothing."""
    known = _addresses({line.who for line in lines})
    done: Counter[str] = Counter()
    for line in lines:
        kind, _, reason = line.kind.partition(":")
        if kind in {withdrawals.UNSUBSCRIBED, withdrawals.COMPLAINED}:
            readers.leave(address_hash=line.who, kind=kind, now=line.at)
        elif kind == withdrawals.SUPPRESSED:
            _suppress(line=line, reason=SuppressionReason(reason), addresses=known[line.who])
        elif kind == withdrawals.ERASED:
            for address in known[line.who]:
                privacy.erase_person(email=address, now=line.at)
        done[kind] += 1
    return done


def _suppress(*, line: Line, reason: SuppressionReason, addresses: set[str]) -> None:
    evidence = "reprise après restauration"
    for address in addresses:
        mail.suppress(reason=reason, address=address, now=line.at, evidence=evidence)
    if not addresses:
        # Nobody here has heard of her yet: an old file must not bring her back.
        mail.suppress_many(reason=reason, addresses={line.who: ""}, now=line.at, evidence=evidence)


def _addresses(wanted: set[str]) -> dict[str, set[str]]:
    """The addresses behind these hashes, wherever the database holds one."""
    found: dict[str, set[str]] = defaultdict(set)
    if wanted:
        for address in _held():
            if (who := address_hash(address)) in wanted:
                found[who].add(address)
    return found


def _held() -> Iterator[str]:
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.CharField) and field.max_length == _ADDRESS:
                rows = model._default_manager.exclude(**{field.name: ""}).order_by()
                yield from (one for one in rows.values_list(field.name, flat=True).iterator(5000) if one and "@" in one)


def since(*, lines: Iterator[Line], made_at: datetime) -> list[Line]:
    """What a backup of that date cannot know."""
    return withdrawals.standing(line for line in lines if line.at >= made_at - withdrawals.MARGIN)
