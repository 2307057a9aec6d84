"""What each group of the team may do with votes. Nobody is given the right to see a ballot: there is none to give."""

from __future__ import annotations

from typing import Any

from commun.accounts.api import MODERATION, REDACTION, VALIDATION

_GRANTS = {
    REDACTION: ("view_vote", "add_vote", "change_vote"),
    VALIDATION: ("view_vote", "add_vote", "change_vote", "schedule_vote"),
    MODERATION: ("view_vote", "strike_elector"),
}


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app. The library's own receiver may come later: permissions are made here."""
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(sender, verbosity=0)
    for name, codenames in _GRANTS.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label="votes", codename__in=codenames))
