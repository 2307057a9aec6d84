from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession

from commun.accounts import api, services
from commun.accounts.models import User
from commun.common import clock, privacy

pytestmark = pytest.mark.django_db
LONG = timedelta(days=3 * 365 + 1)


def test_an_account_unused_for_three_years_is_blanked_and_others_are_not():
    for name, joined, seen in (("ancien", LONG, LONG), ("revenu", LONG, timedelta(days=900)), ("jamais", LONG, None)):
        user = api.create_member(email=f"{name}@example.org")
        now = clock.now()
        User.objects.filter(pk=user.pk).update(
            date_joined=now - joined, last_login=None if seen is None else now - seen
        )
    assert services.forget_inactive(now=clock.now()) == 2
    assert list(User.objects.filter(is_active=True).values_list("email", flat=True)) == ["revenu@example.org"]
    assert services.forget_inactive(now=clock.now()) == 0


def test_sessions_are_exported_and_forgotten_once_over(client):
    user = api.create_member(email="camille@example.org")
    client.force_login(user)
    values = {"user": user, "ip": "192.0.2.1", "user_agent": "essai", "data": {}}
    UserSession.objects.create(session_key=client.session.session_key, **values)
    UserSession.objects.create(session_key="finie", **values)
    assert len(privacy.export_person(email="Camille@example.org")["accounts"]["compte"]["sessions"]) == 2
    assert services.forget_sessions(now=clock.now()) == 1
    assert services.forget_sessions(now=clock.now() + timedelta(days=15)) == 1
