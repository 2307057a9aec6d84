"""Rooms above that keep something of what pages say, told in the transaction that changes a page.

Wagtail's own signals come once it is over: a process killed in between would leave them nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

# Given a page that was saved, moved or deleted: in the base or in its own table, live or not.
Listener = Callable[[Page], None]

_listeners: list[Listener] = []


def register_page_listener(listener: Listener) -> None:
    """Called from a room's `AppConfig.ready()`."""
    if listener not in _listeners:
        _listeners.append(listener)


def tell(page: Page) -> None:
    for listener in _listeners:
        listener(page)


def bare_page_saved(sender: Any, instance: Page, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `post_save` of `Page` alone: some doors save it without the table of its type."""
    if not raw and type(instance) is Page:
        tell(instance)


def page_deleted(sender: Any, instance: Page, **kwargs: Any) -> None:
    tell(instance)


def page_moved(sender: Any, instance: Page, **kwargs: Any) -> None:
    tell(instance)
