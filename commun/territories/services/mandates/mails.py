"""Mails about mandates. Django's backend queues each one in the transaction of whoever calls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from commun.common import french, signing
from commun.common.mails import post
from commun.territories.models import Membership
from commun.territories.selectors.proofs import official_address_of, verified_addresses

RENEWAL_PURPOSE = "territories.renew"


def send_code(*, membership: Membership, to: str, code: str, until: datetime) -> None:
    """To the collectivité itself: who asks, for what, until when, what happens if nothing is done."""
    who = membership.user.get_full_name() or membership.user.email
    _send(
        "code",
        f"Code pour agir au nom {french.of(membership.organisation.name)}, demandé par {who}",
        membership,
        to,
        code=code,
        until=until,
    )


def ask_approval(*, membership: Membership, referent: Membership) -> None:
    _send(
        "approval_asked",
        f"{_name(membership)} : une personne attend votre accord",
        membership,
        referent.user.email,
    )


def tell_approved(*, membership: Membership) -> None:
    _send("approved", f"Vous agissez au nom {french.of(membership.organisation.name)}", membership)


def tell_refused(*, membership: Membership) -> None:
    _send("refused", f"{_name(membership)} : votre demande n’a pas été acceptée", membership)


def tell_proof_refused(*, membership: Membership, reason: str) -> None:
    _send(
        "proof_refused",
        f"{_name(membership)} : il manque quelque chose",
        membership,
        reason=reason,
    )


def tell_proof_accepted(*, membership: Membership) -> None:
    """She may act at once, or still waits for the référent·e: the mail says which."""
    _send("proof_accepted", f"{_name(membership)} : votre preuve est acceptée", membership)


def tell_suspended(*, membership: Membership) -> None:
    """Her own address is dead: to her other verified ones, and to the collectivité, which knows how to reach her."""
    subject = f"{_name(membership)} : un mandat est suspendu, le courrier revient"
    official = official_address_of(organisation=membership.organisation)
    dead = membership.user.email
    others = verified_addresses(membership.user) - {dead}
    for address in sorted(others):
        _send("suspended", subject, membership, address, official=False)
    if official is not None and official.email not in {dead, *others}:
        _send("suspended", subject, membership, official.email, official=True)


def tell_expiry(*, membership: Membership) -> None:
    token = renewal_token(membership)
    link = settings.SITE_URL + reverse("territories:renew", args=[token])
    _send("expiring", f"{_name(membership)} : votre mandat expire bientôt", membership, link=link)


def _name(membership: Membership) -> str:
    return french.name(membership.organisation.name)


def renewal_token(membership: Membership) -> str:
    """Bound to this expiry: once renewed, the same link says that it is done."""
    assert membership.expires_at is not None
    value = [membership.pk, membership.expires_at.isoformat()]
    return signing.sign(purpose=RENEWAL_PURPOSE, value=value)


def _send(name: str, subject: str, membership: Membership, to: str = "", **more: Any) -> None:
    post(
        template=f"territories/mail/{name}.txt",
        to=to or membership.user.email,
        subject=subject,
        membership=membership,
        person=membership.user.get_full_name(),
        organisation=membership.organisation,
        url=settings.SITE_URL + reverse("territories:mandates"),
        **more,
    )
