"""What each group of the team may do with pages, images and documents. Given as soon as the tables exist."""

from __future__ import annotations

from typing import Any

from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from commun.accounts.api import EXPLOITATION, MODERATION, REDACTION, VALIDATION

_EDIT = ("add_page", "change_page", "publish_page", "lock_page", "unlock_page")
_PAGES = {REDACTION: _EDIT, VALIDATION: _EDIT}
_MODERATION = ("add_page", "change_page")
_FILES = ("add", "change", "choose")
_COLLECTIONS = (REDACTION, VALIDATION, MODERATION)
_SETTINGS = (EXPLOITATION, VALIDATION)


def let_moderation_in(*, section: Page) -> None:
    """Moderation writes drafts where what is given is published, and nowhere else. Idempotent."""
    from django.apps import apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    create_permissions(apps.get_app_config("wagtailcore"), verbosity=0)
    group, _ = Group.objects.get_or_create(name=MODERATION)
    wanted = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=_MODERATION)
    for permission in wanted:
        GroupPagePermission.objects.get_or_create(group=group, page=section, permission=permission)


def grant_permissions(*, sender: Any, **kwargs: Any) -> None:
    """Receiver of `post_migrate` for this app. Libraries' own receivers may come later: permissions are made here."""
    from django.apps import apps
    from django.contrib.auth.management import create_permissions
    from django.contrib.auth.models import Group, Permission

    for label in ("wagtailcore", "wagtailimages", "wagtaildocs", "cms"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in {*_PAGES, *_COLLECTIONS, *_SETTINGS}}
    root = Page.objects.filter(depth=1).first()
    if root is not None:
        for name, codenames in _PAGES.items():
            for permission in Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=codenames):
                GroupPagePermission.objects.get_or_create(group=groups[name], page=root, permission=permission)
    collection = Collection.objects.filter(depth=1).first()
    if collection is not None:
        names = [f"{act}_{kind}" for act in _FILES for kind in ("image", "document")]
        wanted = Permission.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=names
        )
        for name in _COLLECTIONS:
            for permission in wanted:
                GroupCollectionPermission.objects.get_or_create(
                    group=groups[name], collection=collection, permission=permission
                )
    change_settings = Permission.objects.filter(content_type__app_label="cms", codename="change_networksettings")
    for name in _SETTINGS:
        groups[name].permissions.add(*change_settings)
