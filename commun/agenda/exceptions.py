"""What the agenda refuses."""

from __future__ import annotations

from commun.common.errors import AppError


class AgendaError(AppError):
    """Base of this room's refusals."""

    code = "agenda"


class AgendaSectionMissing(AgendaError):
    """The index page under which a page should be made does not exist."""

    code = "agenda_section_missing"
