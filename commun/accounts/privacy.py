"""Export and erasure of what this room holds."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts import services
from commun.accounts.models import User


def export(*, email: str) -> dict[str, Any]:
    user = User.objects.filter(email=email).first()
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
        }
    }


def erase(*, email: str, now: datetime) -> dict[str, int]:
    user = User.objects.filter(email=email).first()
    if user is None:
        return {}
    services.blank_user(user=user, now=now)
    return {"compte": 1}
