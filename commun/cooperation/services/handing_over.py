"""A person no longer acts for a collectivité: what she stated in its name stays with it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from commun.accounts.models import User
from commun.cooperation.models import Need
from commun.cooperation.services.lifecycle import OPEN, move
from commun.cooperation.types import NeedAct


@transaction.atomic
def hand_needs_over(*, user_id: int, organisation_id: int, heir: User | None, now: datetime) -> int:
    """Open needs she stated in its name are followed by `heir`; by nobody, and unasked for news, where there is none.

    Answers by mail no longer lead there: the address they came to was hers alone.
    """
    held = Need.objects.filter(user=user_id, organisation=organisation_id, in_its_name=True, state__in=list(OPEN))
    ids = list(held.order_by("pk").values_list("pk", flat=True))
    for need_id in ids:
        row = Need.objects.select_for_update(of=("self",)).get(pk=need_id)
        move(
            need_id=need_id,
            act=NeedAct.HAND_OVER,
            now=now,
            user=heir,
            name=heir.get_full_name()[:120] if heir else "",
            address=heir.email if heir else "",
            answer_to="",
            remind_at=row.remind_at if heir else None,
        )
    return len(ids)
