"""Who keeps which mailboxes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from commun.mailing.models import Operator, OperatorDomain


def operator_names() -> list[tuple[int, str]]:
    """(primary key, name), by name."""
    return list(Operator.objects.order_by("name").values_list("pk", "name"))


def domains_of(*, operators: Collection[int]) -> QuerySet[Any, str]:
    """The domains whose mailboxes these keep, to be asked inside another query."""
    return OperatorDomain.objects.filter(operator__in=operators).values_list("domain", flat=True)
