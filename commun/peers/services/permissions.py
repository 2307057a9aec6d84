"""Who of the team sees which introductions wait. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import MODERATION, REDACTION

_GRANTS = {REDACTION: ("follow_introductions",), MODERATION: ("follow_introductions",)}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app. The library's own receiver may come later: permissions are made here."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, verbosity=0)
    for name, codenames in _GRANTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="peers", codename__in=codenames))
