"""Export and erasure of what this room holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts import services
from commun.accounts.addresses import InvalidAddress, normalise_email
from commun.accounts.models import User
from commun.common import withdrawals
from commun.common.signing import address_hash


def _account(email: str) -> User | None:
    try:
        return User.objects.filter(email=normalise_email(email)).first()
    except InvalidAddress:
        return None


def export(*, email: str) -> dict[str, Any]:
    from allauth.socialaccount.models import SocialAccount
    from allauth.usersessions.models import UserSession

    user = _account(email)
    if user is None:
        return {}
    return {
        "compte": {
            "adresse": user.email,
            "prénom": user.first_name,
            "nom": user.last_name,
            "inscription": user.date_joined,
            "dernière connexion": user.last_login,
            "groupes": list(user.groups.values_list("name", flat=True)),
            "ProConnect": [
                {"adresse": one.uid, "SIRET": one.extra_data.get("siret", ""), "depuis": one.date_joined}
                for one in SocialAccount.objects.filter(user=user).order_by("pk")
            ],
            "sessions": [
                {"depuis": one.created_at, "vue": one.last_seen_at, "adresse IP": one.ip, "navigateur": one.user_agent}
                for one in UserSession.objects.filter(user=user).order_by("created_at")
            ],
        }
    }


def erase(*, email: str, now: datetime) -> dict[str, int]:
    try:
        # Whatever the other rooms held, and whether it was anything: a backup may know more than today.
        withdrawals.note(kind=withdrawals.ERASED, who=address_hash(normalise_email(email)), now=now)
    except InvalidAddress:
        return {}
    erased = {"codes": services.forget_codes_of(email=email)}
    user = _account(email)
    if user is not None:
        services.blank_user(user=user, now=now)
        erased["compte"] = 1
    return {name: count for name, count in erased.items() if count}
