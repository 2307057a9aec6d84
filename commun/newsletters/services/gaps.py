"""What a draft still lacks before it can be submitted, in a few words."""

from __future__ import annotations

from dataclasses import dataclass

from commun.common.errors import AppError
from commun.newsletters.models import IssuePage
from commun.newsletters.services.freeze import freeze, latest


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """`empty`: sections that hold nothing, as their editor knows them; `blocking`: all that stops the submission."""

    empty: tuple[str, ...]
    blocking: int


def gaps_of(*, issue: IssuePage) -> Gaps:
    """As the issue's own screen finds them: the whole letter is made, so whoever asks often keeps the answer."""
    draft = latest(issue=issue)
    try:
        blocking = freeze(issue=draft).blocking
    except AppError:
        return Gaps(empty=(), blocking=1)  # its screen says why it cannot be made
    sections = draft.sections
    empty = (sections[one.position - 1] for one in blocking if one.code == "empty_section")
    return Gaps(empty=tuple(section.block.label for section in empty), blocking=len(blocking))
