"""Whom a send that is planned or begun was given to: everybody whom the issue concerns, or one segment of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from commun.newsletters.models import IssuePage, Submission
from commun.newsletters.services.topics import topics_of
from commun.subscribers.api import audience_size, conditions_of


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """`conditions`: those the send keeps, whatever became of the segment since; none where it goes to everybody."""

    conditions: tuple[Any, ...] = ()
    name: str = ""

    @property
    def everybody(self) -> bool:
        return not self.conditions


def chosen_audience(*, submission: Submission | None) -> Chosen:
    """What was chosen when « send » was said; everybody as long as nothing was."""
    if submission is None or submission.send is None:
        return Chosen()
    words = submission.send.audience_words
    return Chosen(conditions=conditions_of(words=words), name=words.get("segment_name", ""))


def reached_now(*, issue: IssuePage, chosen: Chosen) -> int:
    """How many would be written down today."""
    return audience_size(topics=topics_of(theme=issue.theme), conditions=chosen.conditions)
