"""Export and erasure of what this room holds: who cast a ballot, who made a vote."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from commun.accounts.models import User
from commun.votes import tokens
from commun.votes.models import Ballot, InvitationRefusal, Invited, Vote


def export(*, email: str) -> dict[str, Any]:
    """What the person did. Not the answers: they are the collectivité's, and sealed until closing."""
    key = tokens.key_of(address=email)
    user = User.objects.filter(email=email).first()
    invited = {
        "invité à voter pour": [
            f"{one.elector.label} : {one.elector.vote.title}"
            for one in Invited.objects.filter(recipient_key=key).select_related("elector__vote").order_by("pk")
        ],
        "ne veut plus d’invitation à voter depuis": list(
            InvitationRefusal.objects.filter(recipient_key=key).values_list("refused_at", flat=True)
        ),
    }
    found = invited if user is None else {**invited, **_deeds_of(user)}
    return {kind: rows for kind, rows in found.items() if rows}


def _deeds_of(user: User) -> dict[str, list[Any]]:
    return {
        "bulletins déposés": [
            {
                "vote": ballot.vote.title,
                "au nom de": ballot.elector.label,
                "numéro": ballot.number,
                "empreinte": ballot.commitment,
                "date": ballot.cast_at,
            }
            for ballot in Ballot.objects.filter(cast_by=user).select_related("vote", "elector").order_by("cast_at")
        ],
        "votes préparés": list(Vote.objects.filter(created_by=user).values_list("title", flat=True)),
        "votes programmés": list(Vote.objects.filter(scheduled_by=user).values_list("title", flat=True)),
        "votes annulés": list(Vote.objects.filter(cancelled_by=user).values_list("title", flat=True)),
    }


def erase(*, email: str, now: datetime) -> dict[str, int]:
    """The ballots stay: they are the collectivités'. Who cast them goes. So does who was invited, but not a refusal."""
    done = {"adresse invitée à voter": Invited.objects.filter(recipient_key=tokens.key_of(address=email)).delete()[0]}
    if user := User.objects.filter(email=email).first():
        done["auteur de bulletins"] = Ballot.objects.filter(cast_by=user).update(cast_by=None)
    return {what: count for what, count in done.items() if count}
