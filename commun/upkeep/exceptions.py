"""What this room refuses. `code` is stable; `wording` says it in French with `detail`."""

from __future__ import annotations

from commun.common.errors import AppError


class UpkeepError(AppError):
    code = "upkeep"

    def __init__(self, detail: str = ""):
        super().__init__(detail or self.code)
        self.detail = detail


class TargetExists(UpkeepError):
    code = "target_exists"


class NotWritten(UpkeepError):
    """The system did not take what was to be written."""

    code = "not_written"


class StorageUnreachable(UpkeepError):
    """The server of files does not answer, or refuses."""

    code = "storage_unreachable"


class NotABackup(UpkeepError):
    code = "not_a_backup"


class Truncated(UpkeepError):
    """It stops before its end: the manifest, written last, is not there."""

    code = "truncated"


class Altered(UpkeepError):
    """A byte of it is not what was written; `detail` names the file."""

    code = "altered"


class OtherKey(UpkeepError):
    """Made under another `SECRET_KEY`."""

    code = "other_key"


class OtherEngine(UpkeepError):
    code = "other_engine"


class Newer(UpkeepError):
    """Made by a version that knows tables which this one does not."""

    code = "newer"


class WorkerLives(UpkeepError):
    code = "worker_lives"


class SiteHasPeople(UpkeepError):
    code = "site_has_people"


class ToolMissing(UpkeepError):
    """A client tool of PostgreSQL; `detail` names it."""

    code = "tool_missing"


class ToolFailed(UpkeepError):
    """`detail` is what it said."""

    code = "tool_failed"


class Differs(UpkeepError):
    """What was restored is not what was backed up."""

    code = "differs"


class LibrariesMissing(UpkeepError):
    """`detail`: which, of which versions."""

    code = "libraries_missing"


class Jump(UpkeepError):
    """The database is older than what this version upgrades; `detail` is the migration it lacks."""

    code = "jump"


class ChecksFailed(UpkeepError):
    """`detail` is what the system checks said."""

    code = "checks_failed"


class Locked(UpkeepError):
    """Somebody held the tables for too long."""

    code = "locked"
