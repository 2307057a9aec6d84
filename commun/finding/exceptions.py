"""What may go wrong in this room."""

from __future__ import annotations

from commun.common.errors import AppError


class FindingError(AppError):
    code = "finding"


class UnknownSource(FindingError):
    """No room registered a source of that name."""

    code = "unknown_source"
