"""What somebody may do with a page: Wagtail asks it for every button, and again behind every door.

Rights say who may; decisions that bind everybody (`publication`) are looked at too, so that nobody is offered what
would be refused. `docs/permissions.md` is the result, compared with the code by a test.
"""

from __future__ import annotations

from typing import Any

from wagtail.models import Page, PagePermissionTester

from commun.cms.publication import publication_refusal


class PageRights(PagePermissionTester):
    def can_publish(self) -> bool:
        return super().can_publish() and not publication_refusal(page=self.page)

    def can_copy(self) -> bool:
        """A copy would carry past the decision what may not be on line."""
        return super().can_copy() and (self.page.live or not publication_refusal(page=self.page))


class FixedRights(PageRights):
    """A page of the frame (home, sections, texts the law asks for): it stays where `migrate` made it, for superusers
    too, because the code and every letter already sent lead to its address. Whoever publishes it edits it."""

    def can_edit(self) -> bool:
        return super().can_edit() and self.can_publish()

    def can_unpublish(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_move_to(self, destination: Page) -> bool:
        """Its place among its neighbours only: the order of the menu."""
        return self.page.is_child_of(destination) and destination.permissions_for_user(self.user).can_reorder_children()

    def can_copy(self) -> bool:
        return False


_rights: dict[type[Page], type[PageRights]] = {}


def register_rights(model: type[Page], rights: type[PageRights]) -> None:
    """Called from a room's `AppConfig.ready()`: rights of that type of page that need to know more than the page."""
    _rights[model] = rights


def rights_of(*, page: Any, user: Any) -> PageRights:
    own = _rights.get(type(page))
    if own is None:
        own = FixedRights if page.is_fixed else PageRights
    return own(user, page)
