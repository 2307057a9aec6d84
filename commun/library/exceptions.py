"""What the library refuses."""

from __future__ import annotations

from commun.common.errors import AppError


class LibraryError(AppError):
    """Base of this room's refusals."""

    code = "library"


class SectionMissing(LibraryError):
    """The index page under which a page should be made does not exist."""

    code = "library_section_missing"
