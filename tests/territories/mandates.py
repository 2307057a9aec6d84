"""What tests of mandates share: an instant, a piece, the words of a code."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from commun.territories import api

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"


def declare(user, organisation, now=NOW):
    return api.declare_membership(user=user, organisation=organisation, role="Adjointe", now=now)


def words_in(mail) -> str:
    return re.search(r"^ {4}(\S+)$", mail.body, re.MULTILINE)[1]


def proved(user, organisation, level=api.MandateLevel.M1, now=NOW):
    return api.prove_membership(
        membership=declare(user, organisation, now), level=level, method=api.MandateMethod.CODE, now=now
    )
