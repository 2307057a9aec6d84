"""What this room refuses. Codes are stable; views and commands word them in French."""

from __future__ import annotations

from commun.common.errors import AppError


class SubscribersError(AppError):
    code = "subscribers"


class UnreadableFile(SubscribersError):
    """A file of subscribers that cannot be read at all; `str(error)` says why, in French."""

    code = "subscribers_file_unreadable"


class FileTooLarge(SubscribersError):
    """More than an import takes."""

    code = "subscribers_file_too_large"


class NotTheNumber(SubscribersError):
    """Not as many people as whoever acts was told."""

    code = "subscribers_not_the_number"


class NameTaken(SubscribersError):
    """Another segment has this name."""

    code = "subscribers_name_taken"


class WorkMoved(SubscribersError):
    """An import, or an act on many people, is no longer where that may be done: somebody else decided, or a worker is
    at it."""

    code = "subscribers_work_moved"


class PersonLeft(SubscribersError):
    """She left, or must not be written to: only she may come back, or the suppression be lifted first."""

    code = "subscribers_person_left"


class AddressTaken(SubscribersError):
    """Another reader has this address, or nobody may be written to there."""

    code = "subscribers_address_taken"
