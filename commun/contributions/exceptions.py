"""What this room refuses. Codes are stable; views and commands word them in French."""

from __future__ import annotations

from commun.common.errors import AppError


class ContributionsError(AppError):
    code = "contributions"


class WrongState(ContributionsError):
    """The contribution is not where this can be asked; `state` says where it is."""

    code = "contributions_wrong_state"

    def __init__(self, state: str):
        super().__init__(self.code)
        self.state = state


class NothingToUndo(ContributionsError):
    """Nothing was decided, or it cannot be taken back (a mail has told of it, the page is published)."""

    code = "contributions_nothing_to_undo"


class NotYours(ContributionsError):
    """This person may not see this contribution."""

    code = "contributions_not_yours"


class NobodyToAnswer(ContributionsError):
    """No address to write to: a robot, or an address that was erased."""

    code = "contributions_nobody_to_answer"


class FormGone(ContributionsError):
    """The form under way was given, deleted, or is too old."""

    code = "contributions_form_gone"


class FormIncomplete(ContributionsError):
    """A step is still to be filled; `step` says which."""

    code = "contributions_form_incomplete"

    def __init__(self, step: str):
        super().__init__(self.code)
        self.step = step


class FilesWaiting(ContributionsError):
    """Files are still being examined: what is made now would be made without them."""

    code = "contributions_files_waiting"


class FieldMissing(ContributionsError):
    """A draft cannot be made without it; `field` is a key of `shapes.Fields`."""

    code = "contributions_field_missing"

    def __init__(self, field: str):
        super().__init__(self.code)
        self.field = field


class DraftEdited(ContributionsError):
    """The draft was worked on, or is online: nobody's work is thrown away by undoing."""

    code = "contributions_draft_edited"


class CannotMerge(ContributionsError):
    """Into itself, or into what was itself merged or closed."""

    code = "contributions_cannot_merge"


class NothingToSplit(ContributionsError):
    """Neither text nor file was given to the new part."""

    code = "contributions_nothing_to_split"
