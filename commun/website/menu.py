"""The menu of the administration: it follows the loop, by groups, one icon each, with counts on what waits."""

from __future__ import annotations

import copy
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from commun.common import clock, french
from commun.newsletters.api import IssuePage
from commun.website.today import Wait, waits

# Name of the group, label, icon, and its items in their order: (name, icon, label where another one is wanted).
_GROUPS: tuple[tuple[str, str, str, tuple[tuple[str, str, str], ...]], ...] = (
    ("letter", "La lettre", "mail", (("letter-issues", "list-ol", ""), ("letter-calendar", "calendar-alt", ""))),
    (
        "given",
        "Ce qu’on nous donne",
        "download",
        (
            ("contributions", "form", ""),
            ("besoins", "crosshairs", ""),
            ("propositions", "pick", ""),
            ("flux", "rotate", ""),
            ("a-verifier", "check", ""),
        ),
    ),
    ("explorer", "Bibliothèque et agenda", "folder-open-inverse", ()),
    ("media", "Images et documents", "image", (("images", "media", ""), ("documents", "doc-full-inverse", ""))),
    (
        "bodies",
        "Collectivités et votes",
        "group",
        (
            ("organisations", "site", ""),
            ("mandats", "key", ""),
            ("votes", "tasks", ""),
            ("projets", "link", ""),
            ("rencontres", "group", ""),
        ),
    ),
    ("abonnements", "Abonnés", "user", ()),
    ("sends", "Envois", "upload", ()),
    ("settings", "Réglages", "cogs", ()),
)
_LAST = 10_000


def regroup(*, request: HttpRequest, items: list[Any]) -> list[Any]:
    """Items come already filtered by what this person may open; what no group names comes after, as it was."""
    by_name = {item.name: item for item in items}
    inside = {item.name: item for parent in items if parent.name == "letter" for item in _children(request, parent)}
    counts = {wait.name: wait.number for wait in waits_of(request)}
    made: list[Any] = [MenuItem("Aujourd’hui", reverse("wagtailadmin_home"), name="today", icon_name="home", order=0)]
    made.append(MenuItem("Chercher", reverse("team_search"), name="team-search", icon_name="search", order=1))
    for order, (name, label, icon, names) in enumerate(_GROUPS, start=1):
        found = [(by_name.pop(item, None) or inside.get(item), item_icon, said) for item, item_icon, said in names]
        children = [_item(item, icon=own, label=said, counts=counts) for item, own, said in found if item is not None]
        if name == "letter" and children:
            children += _issue_at(request)
        whole = by_name.pop(name, None)
        if children:
            total = sum(counts.get(item, 0) for item, _, _ in names)
            made.append(_group(name=name, label=_counted(label, total), icon=icon, children=children, order=order * 10))
        elif whole is not None and not names:
            made.append(_renamed(whole, label=label, icon=icon, order=order * 10))
    rest = (
        _renamed(item, label=item.label, icon=item.icon_name, order=_LAST + item.order) for item in by_name.values()
    )
    return [*made, *rest]


def _children(request: HttpRequest, parent: Any) -> list[Any]:
    found: list[Any] = parent.menu.menu_items_for_request(request)
    return found


def _issue_at(request: HttpRequest) -> list[MenuItem]:
    """The issue that one is writing. Wagtail lights the entry with whose address the screen's begins: without this one,
    the library's, where all pages are."""
    match = request.resolver_match
    if match is None or match.namespace != "wagtailadmin_pages":
        return []
    keys = [key for key in (*match.args, *match.kwargs.values()) if str(key).isdigit()]
    issue = IssuePage.objects.filter(pk__in=keys[:1]).first()
    return [] if issue is None else [MenuItem(issue.title, request.path, name="letter-issue", icon_name="edit")]


def _item(item: Any, *, icon: str, label: str, counts: dict[str, int]) -> MenuItem:
    said = _counted(label or item.label, counts.get(item.name, 0))
    return MenuItem(said, item.url, name=item.name, icon_name=icon)


def _group(*, name: str, label: str, icon: str, children: list[MenuItem], order: int) -> SubmenuMenuItem:
    for at, child in enumerate(children):
        child.order = at
    return SubmenuMenuItem(label, Menu(items=children), name=name, icon_name=icon, order=order)


def _renamed(item: Any, *, label: str, icon: str, order: int) -> Any:
    """A copy: Wagtail keeps one of each for everybody."""
    twin = copy.copy(item)
    twin.label, twin.icon_name, twin.order = label, icon, order
    return twin


def _counted(label: str, number: int) -> str:
    return f"{label} ({french.number(number)})" if number else label


def waits_of(request: HttpRequest) -> list[Wait]:
    """Counted once a request: the menu and the screen show the same numbers."""
    found: list[Wait] | None = getattr(request, "_waits", None)
    if found is None:
        found = waits(user=request.user, now=clock.now())
        request._waits = found  # type: ignore[attr-defined]
    return found
