"""What people decide of mail operators and of the overall pace. What their servers answer decides too (`returns`)."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from commun.accounts.api import InvalidAddress, normalise_email
from commun.mailing.exceptions import DomainTaken, InvalidDomain
from commun.mailing.models import Operator, OperatorDomain, Policy

logger = logging.getLogger("commun.mailing")


def normalise_domain(text: str) -> str:
    """As the addresses of the ledger write it. Raises InvalidDomain."""
    try:
        return normalise_email(f"x@{text.strip().lstrip('@')}").rpartition("@")[2]
    except InvalidAddress:
        raise InvalidDomain(text.strip()) from None


def save_operator(
    *, operator: Operator | None, name: str, domains: Iterable[str], limits: Mapping[str, int | None], by: Any
) -> Operator:
    """Create or change; `limits`: `rate_per_minute` and `daily_cap`. Its domains become exactly these, in the audiences
    written down from now on. Raises InvalidDomain, DomainTaken."""
    wanted = {normalise_domain(domain) for domain in domains}
    with transaction.atomic():
        if operator is None:
            operator = Operator.objects.create(slug=_free_slug(name), name=name, **limits)
        else:
            Operator.objects.filter(pk=operator.pk).update(name=name, **limits)
        taken = OperatorDomain.objects.filter(domain__in=wanted).exclude(operator=operator).select_related("operator")
        if (other := taken.first()) is not None:
            raise DomainTaken(other.domain, other.operator.name)
        OperatorDomain.objects.filter(operator=operator).exclude(domain__in=wanted).delete()
        OperatorDomain.objects.bulk_create(
            (OperatorDomain(domain=domain, operator=operator) for domain in sorted(wanted)), ignore_conflicts=True
        )
    logger.info("operator changed operator=%s by=%s", operator.pk, by.pk if by else None)
    return operator


def _free_slug(name: str) -> str:
    base = slugify(name)[:28] or "operateur"
    taken = set(Operator.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return base if base not in taken else next(s for n in range(2, 1000) if (s := f"{base}-{n}") not in taken)


def pause_operator(*, operator: Operator, until: datetime, by: Any) -> None:
    """Nothing leaves for its people before then; their rows wait. Workers obey within a second."""
    Operator.objects.filter(pk=operator.pk).update(paused_until=until, pause_reason="person")
    logger.info("operator paused operator=%s by=%s", operator.pk, by.pk if by else None)


def reopen_operator(*, operator: Operator, by: Any) -> None:
    """End a pause, whoever asked for it, and the alarm: somebody has looked."""
    Operator.objects.filter(pk=operator.pk).update(paused_until=None, pause_reason="", alarm="", alarm_at=None)
    logger.info("operator reopened operator=%s by=%s", operator.pk, by.pk if by else None)


def save_policy(*, values: Mapping[str, Any], by: Any) -> Policy:
    policy, _ = Policy.objects.update_or_create(pk=1, defaults=dict(values))
    logger.info("overall pace changed by=%s", by.pk if by else None)
    return policy
