"""What groups of the team may do: each room gives its own permissions as soon as its tables exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.apps import AppConfig


def give_permissions(*, app: AppConfig, grants: Mapping[str, Iterable[str]]) -> None:
    """`grants`: the permissions of this app, by their codenames, for each group. Idempotent.

    For a receiver of `post_migrate`: the library's own receiver may come later, so permissions are made here.
    """
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(app, verbosity=0)
    for name, codenames in grants.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*Permission.objects.filter(content_type__app_label=app.label, codename__in=codenames))
