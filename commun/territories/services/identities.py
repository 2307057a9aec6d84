"""What the moderation decides about a body: that it was looked at, and what it is. Each decision leaves its line."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from commun.accounts.models import User
from commun.territories import former_addresses
from commun.territories.exceptions import (
    EvidenceMissing,
    IdentityMissing,
    IdentityMixed,
    NotModeration,
    OrganisationExists,
    SirenInvalid,
)
from commun.territories.models import Organisation, OrganisationChange, Territory
from commun.territories.siren import clean_siren
from commun.territories.types import OrganisationKind

MODERATE = "territories.check_mandate"


def correct_identity(
    *,
    organisation_id: int,
    kind: OrganisationKind,
    territory: Territory | None,
    siren: str,
    reason: str,
    by: User | None,
    now: datetime,
) -> OrganisationChange | None:
    """Change what a body is, frozen or not; None where nothing changes. Ballots already cast stay those of the elector
    they were cast for. `by` is None for a command of the operator.

    Raises `NotModeration`, `EvidenceMissing`, `SirenInvalid`, `IdentityMissing`, `IdentityMixed`, `OrganisationExists`.
    """
    _require_moderation(by)
    if not reason.strip():
        raise EvidenceMissing
    number = _check(kind=kind, territory=territory, siren=siren)
    with transaction.atomic():
        row = _locked(organisation_id)
        before = _said(kind=row.kind, territory=row.territory, siren=row.siren)
        after = _said(kind=kind, territory=territory, siren=number)
        if before == after:
            return None
        try:
            with transaction.atomic():
                Organisation.objects.filter(pk=row.pk).update(kind=kind, territory=territory, siren=number)
        except IntegrityError:
            raise OrganisationExists from None
        changed = [name for name in before if before[name] != after[name]]
        return note_change(
            row,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
            reason=reason,
            by=by,
            now=now,
        )


def check_organisation(*, organisation_id: int, checked: bool, by: User | None, now: datetime) -> bool:
    """It was looked at, or it must be again: its members act in its name only meanwhile. False where it is so already.

    Raises `NotModeration`.
    """
    _require_moderation(by)
    with transaction.atomic():
        row = _locked(organisation_id)
        if row.is_checked == checked:
            return False
        Organisation.objects.filter(pk=row.pk).update(is_checked=checked)
        if checked:
            former_addresses.take(slug=row.slug)
        else:
            former_addresses.leave(slug=row.slug)
        note_change(row, before={"checked": not checked}, after={"checked": checked}, reason="", by=by, now=now)
    return True


def note_change(
    organisation: Organisation,
    *,
    before: dict[str, Any],
    after: dict[str, Any],
    reason: str,
    by: User | None,
    now: datetime,
) -> OrganisationChange:
    return OrganisationChange.objects.create(
        organisation=organisation, before=before, after=after, reason=reason.strip()[:500], by=by, at=now
    )


def _require_moderation(by: User | None) -> None:
    if by is not None and not by.has_perm(MODERATE):
        raise NotModeration


def _locked(organisation_id: int) -> Organisation:
    """Mandates of a body are decided under the same lock."""
    return Organisation.objects.select_for_update(of=("self",)).select_related("territory").get(pk=organisation_id)


def _check(*, kind: OrganisationKind, territory: Territory | None, siren: str) -> str:
    try:
        number = clean_siren(siren) if siren.strip() else ""
    except ValueError:
        raise SirenInvalid from None
    if kind == OrganisationKind.COLLECTIVITE and territory is None and not number:
        raise IdentityMissing
    if number:
        named = Territory.objects.current().filter(siren=number).first()
        if named is not None and named != territory:
            raise IdentityMixed
        if territory is not None and territory.siren not in {"", number}:
            raise IdentityMixed
    return number


def _said(*, kind: str, territory: Territory | None, siren: str) -> dict[str, Any]:
    return {"kind": kind, "territory": territory.key if territory else None, "siren": siren}
