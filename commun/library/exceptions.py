"""What the library refuses."""

from __future__ import annotations

from commun.common.errors import AppError


class LibraryError(AppError):
    """Base of this room's refusals."""

    code = "library"


class SectionMissing(LibraryError):
    """The index page under which a page should be made does not exist."""

    code = "library_section_missing"


class CallEndsLater(LibraryError):
    """The call of a theme runs beyond the month in which its issue would appear."""

    code = "library_call_ends_later"


class NotPlanner(LibraryError):
    """This person may not change that page, or not what is on line of it."""

    code = "library_not_planner"
