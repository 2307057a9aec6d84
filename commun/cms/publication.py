"""Decisions that keep a page off line until they are taken, whatever publishes it.

Wagtail publishes through a dozen doors (the editor, bulk with descendants, copies, aliases, a date, a shell), and asks
for the rights of a person at most. All of them end by saving a page that is live: the refusal stands there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wagtail.models import Page

from commun.cms.exceptions import NotToBeOnline

# Given a page and the version that is, or would be, on line: "" where it may be, else a code that says why not.
Guard = Callable[[Page], str]

_guards: list[tuple[type[Page], Guard]] = []


def register_publication_guard(model: type[Page], guard: Guard) -> None:
    """Called from a room's `AppConfig.ready()`. `page.live_revision_id` is the version that goes on line."""
    if (model, guard) not in _guards:
        _guards.append((model, guard))


def publication_refusal(*, page: Page) -> str:
    """Why this page may not be on line; "" where nothing is decided against it."""
    asked = _guards_of(page)
    specific = page.specific_deferred if asked else page
    return next((reason for reason in (guard(specific) for guard in asked) if reason), "")


def refuse_going_online(sender: Any, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Receiver of `pre_save`, of all models: some doors save the bare `Page` of an issue, which a method of the issue
    would not see. What is on line already, in that version, is left alone. Raises `NotToBeOnline`."""
    if raw or not isinstance(instance, Page) or not instance.live or not _guards_of(instance):
        return
    stored = Page.objects.filter(pk=instance.pk).values_list("live", "live_revision_id").first()
    if stored == (True, instance.live_revision_id):
        return
    if reason := publication_refusal(page=instance):
        raise NotToBeOnline(page_id=instance.pk, reason=reason)


def _guards_of(page: Page) -> list[Guard]:
    model = page.specific_class or type(page)
    return [guard for guarded, guard in _guards if issubclass(model, guarded)]
