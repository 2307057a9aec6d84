"""Official addresses come from a file: the State's directory, extracted; invented ones in the demonstration."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from commun.accounts.api import InvalidAddress, normalise_email
from commun.territories.exceptions import AddressFileRefused
from commun.territories.models import OfficialAddress, Territory
from commun.territories.types import TerritoryKind

COLUMNS = ("kind", "code", "email", "source", "date")


@dataclass(frozen=True, kw_only=True)
class RefusedLine:
    """`reason`: "kind", "code", "email", "source", "date", "twice", "older", "columns"."""

    line: int
    reason: str


@dataclass(kw_only=True)
class AddressesOutcome:
    added: int = 0
    changed: int = 0
    same: int = 0
    refused: list[RefusedLine] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class _Line:
    kind: str
    code: str
    email: str
    source: str
    dated: date


class _Refused(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def import_official_addresses(*, lines: Iterable[str], now: datetime) -> AddressesOutcome:
    """Read `kind,code,email,source,date` (comma or semicolon, a header). Good lines are kept, others are told.

    A line older than what is known is refused; an address that changes can receive codes again.
    Raises `AddressFileRefused` (reason: "empty", "header", "encoding") and changes nothing.
    """
    outcome = AddressesOutcome()
    try:
        with transaction.atomic():
            seen: set[tuple[str, str]] = set()
            for number, row in _rows(lines):
                try:
                    _keep(_read(row, now=now), seen=seen, outcome=outcome)
                except _Refused as refusal:
                    outcome.refused.append(RefusedLine(line=number, reason=refusal.reason))
    except (UnicodeDecodeError, csv.Error):
        raise AddressFileRefused(reason="encoding") from None
    return outcome


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    iterator = iter(lines)
    first = next(iterator, "").lstrip("\ufeff").strip()
    if not first:
        raise AddressFileRefused(reason="empty")
    separator = ";" if ";" in first else ","
    header = tuple(name.strip().lower() for name in first.split(separator))
    if header != COLUMNS:
        raise AddressFileRefused(reason="header")
    reader = csv.reader(iterator, delimiter=separator)
    for row in reader:
        if any(cell.strip() for cell in row):
            yield reader.line_num + 1, [cell.strip() for cell in row]


def _read(row: list[str], *, now: datetime) -> _Line:
    if len(row) != len(COLUMNS):
        raise _Refused("columns")
    kind, code, email, source, dated = row
    if kind not in TerritoryKind.values:
        raise _Refused("kind")
    if not source:
        raise _Refused("source")
    try:
        address = normalise_email(email)
    except InvalidAddress:
        raise _Refused("email") from None
    try:
        day = date.fromisoformat(dated)
    except ValueError:
        raise _Refused("date") from None
    if day > timezone.localdate(now):
        raise _Refused("date")
    return _Line(kind=kind, code=code.upper(), email=address, source=source[:200], dated=day)


def _keep(line: _Line, *, seen: set[tuple[str, str]], outcome: AddressesOutcome) -> None:
    if (line.kind, line.code) in seen:
        raise _Refused("twice")
    place = Territory.objects.filter(kind=line.kind, code=line.code).select_related("successor").first()
    if place is None:
        raise _Refused("code")
    seen.add((line.kind, line.code))
    if place.obsolete:  # a merged commune's mailbox is not that of its successor
        raise _Refused("code")
    known = OfficialAddress.objects.filter(territory=place).first()
    if known is not None and known.dated > line.dated:
        raise _Refused("older")
    if known is not None and known.email == line.email:
        outcome.same += 1
        OfficialAddress.objects.filter(pk=known.pk).update(source=line.source, dated=line.dated)
        return
    OfficialAddress.objects.update_or_create(
        territory=place,
        defaults={
            "email": line.email,
            "domain": line.email.rpartition("@")[2],
            "source": line.source,
            "dated": line.dated,
            "bounced_at": None,
        },
    )
    if known is None:
        outcome.added += 1
    else:
        outcome.changed += 1
