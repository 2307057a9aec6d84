"""Every address that everybody may read, for machines: by lots, so that none grows with how much there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import BigIntegerField, ExpressionWrapper, F, Max

from commun.finding.models import Entry

# Entries keep their number, so a lot keeps its entries: nobody reads the others again when one changes.
LOT = 500


@dataclass(frozen=True, kw_only=True)
class Lot:
    number: int
    changed_at: datetime


def address_lots() -> list[Lot]:
    """One query."""
    lot = ExpressionWrapper(F("pk") / LOT, output_field=BigIntegerField())
    rows = Entry.objects.order_by().values_list(lot).annotate(changed=Max("fresh_at")).order_by(lot)
    return [Lot(number=number, changed_at=_moment(changed)) for number, changed in rows]


def addresses(*, lot: int) -> list[tuple[str, datetime]]:
    """Paths, each with when it last changed: one query."""
    found = Entry.objects.filter(pk__gte=lot * LOT, pk__lt=(lot + 1) * LOT).order_by("pk")
    return [(address, _moment(at)) for address, at in found.values_list("address", "fresh_at")]


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
