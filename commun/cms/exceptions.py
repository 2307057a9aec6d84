"""Expected refusals of this room."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied

from commun.common.errors import AppError


class CmsError(AppError):
    code = "cms"


class NotToBeOnline(CmsError, PermissionDenied):
    """A decision keeps this page off line, whoever publishes it and by whatever door; `reason` is the guard's code.

    A `PermissionDenied` too: every screen of Wagtail turns that into a refusal, not a crash.
    """

    code = "cms_not_to_be_online"

    def __init__(self, *, page_id: int | None, reason: str) -> None:
        super().__init__(f"page {page_id}: {reason}")
        self.page_id, self.reason = page_id, reason
