"""Who of the team keeps pages true. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import MODERATION, REDACTION


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app. The library's own receiver may come later: permissions are made here."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, verbosity=0)
    for name in (REDACTION, MODERATION):
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="freshness", codename="keep_true"))
