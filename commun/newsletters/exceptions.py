"""Expected refusals of this room; the edge words them (`wording.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commun.common.errors import AppError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commun.newsletters.rendering import Finding


class NewslettersError(AppError):
    code = "newsletters"


class BrokenTemplate(NewslettersError):
    """A template of the letter asks for something that does not exist."""

    code = "broken_template"

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail)
        self.detail = detail


class ArchiveMissing(NewslettersError):
    """There is no archive to put an issue in: `ensure_sections` makes it."""

    code = "newsletters_archive_missing"


class NotAllowed(NewslettersError):
    """This person may not do this; `action` is the permission that is missing."""

    code = "newsletters_not_allowed"

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


class NotReady(NewslettersError):
    """Something stops the submission; `findings` says what, blocking first."""

    code = "newsletters_not_ready"

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(", ".join(finding.code for finding in findings))
        self.findings = tuple(findings)


class AlreadySubmitted(NewslettersError):
    """What is submitted is locked: it is withdrawn before it changes."""

    code = "newsletters_already_submitted"


class NothingMended(NewslettersError):
    """What was refused is submitted again word for word, and nobody answered the refusal."""

    code = "newsletters_nothing_mended"


class NothingToTake(NewslettersError):
    """No section was chosen, or none is there any more."""

    code = "newsletters_nothing_to_take"


class NotSubmitted(NewslettersError):
    """Nothing is frozen: there is nothing to approve, withdraw or send."""

    code = "newsletters_not_submitted"


class ChangedSince(NewslettersError):
    """The issue was edited, or submitted again, since what one agreed to."""

    code = "newsletters_changed_since"


class OwnWork(NewslettersError):
    """Whoever edited an issue does not approve it, superusers included."""

    code = "newsletters_own_work"


class NotApproved(NewslettersError):
    """Not enough people agreed."""

    code = "newsletters_not_approved"

    def __init__(self, *, have: int, need: int) -> None:
        super().__init__(f"{have}/{need}")
        self.have, self.need = have, need


class WordsMissing(NewslettersError):
    """Whoever refuses or takes an issue back says why."""

    code = "newsletters_words_missing"


class NotPlanned(NewslettersError):
    """Its send is not planned, or has begun: its date does not move any more."""

    code = "newsletters_not_planned"


class AlreadySent(NewslettersError):
    """Its send has begun, or is planned: what is frozen does not move any more."""

    code = "newsletters_already_sent"


class SendCancelled(NewslettersError):
    """The planned send was cancelled before it began: the issue has to be submitted again."""

    code = "newsletters_send_cancelled"


class UnknownIssue(NewslettersError):
    code = "newsletters_unknown_issue"


class PassageNotFound(NewslettersError):
    """The passage to correct is not in the web edition as it stands."""

    code = "newsletters_passage_not_found"


class NotSentYet(NewslettersError):
    """Nobody received this issue, or it is leaving at this very moment: it is paused first."""

    code = "newsletters_not_sent_yet"


class StillLeaving(NewslettersError):
    """What it puts right has not ended: whoever receives the letter after it would not receive the correction."""

    code = "newsletters_still_leaving"


class NothingCorrected(NewslettersError):
    """The web edition says what was wrong before anybody is written to."""

    code = "newsletters_nothing_corrected"


class NoErratum(NewslettersError):
    """No message stands that would put this issue right, or it has left."""

    code = "newsletters_no_erratum"


class NotPublished(NewslettersError):
    """Only what was sent is corrected: a draft is simply edited."""

    code = "newsletters_not_published"
