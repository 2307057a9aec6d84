"""Names of the groups: what a person of the team may do. What asking for a code gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import models

REDACTION = "rédaction"
VALIDATION = "validation"
MODERATION = "modération"
EXPLOITATION = "exploitation"
GROUPS = (REDACTION, VALIDATION, MODERATION, EXPLOITATION)


class CodePurpose(models.TextChoices):
    """What a code opens: having read one must not serve for the other."""

    ENTER = "enter", "entrer"
    CONFIRM = "confirm", "confirmer une adresse"


@dataclass(frozen=True, kw_only=True)
class AskedCode:
    """The code that is good. `mailed`: it leaves now; otherwise it is already there, since `sent_at`."""

    code: str
    mailed: bool
    sent_at: datetime
