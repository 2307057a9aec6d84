"""What each group of the team may do with this room's rows. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION

_GRANTS = {
    REDACTION: ("add_organisation", "change_organisation", "view_organisation"),
    MODERATION: ("add_organisation", "change_organisation", "view_organisation", "check_mandate"),
    EXPLOITATION: ("view_organisation",),
}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app. The library's own receiver may come later: permissions are made here."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, verbosity=0)
    for name, codenames in _GRANTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="territories", codename__in=codenames))
