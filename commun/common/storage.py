"""Files that a view hands over after asking who is there: they are kept apart from what is served by its address."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateStorage(FileSystemStorage):
    """Under `PRIVATE_ROOT`, readable by the application alone; no address leads to what it holds."""

    def __init__(self) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700)

    # Properties, not Django's cached ones: the place is the settings', whenever it is asked for.
    @property
    def base_location(self) -> str:  # type: ignore[override]
        return str(settings.PRIVATE_ROOT)

    @property
    def location(self) -> str:  # type: ignore[override]
        return os.path.abspath(self.base_location)

    def url(self, name: str | None) -> str:
        # What Django and Wagtail expect of a storage that serves nothing.
        raise NotImplementedError("a private file has no address")


def private_storage() -> Storage:
    """`storage=private_storage` on a `FileField`: migrations then name this function, not a place."""
    return storages["private"]


def unguessable(instance: Any, filename: str) -> str:
    """`upload_to` of files given by people: the name they had is kept in a column, never on the disk."""
    return f"private/{secrets.token_hex(16)}"


def is_public(path: str) -> bool:
    """Whether `path`, under `/media/`, is spelt in the one way there is and stands in a folder that everybody may read.

    An allow list: what a library adds to the media one day (`wagtail_uploads`: files of forms being filled in) is
    closed until somebody opens it.
    """
    folder, *inside = path.split("/")
    if not inside or "\\" in path or any(part in {"", ".", ".."} for part in inside):
        return False
    return folder in settings.PUBLIC_MEDIA


def misplaced() -> list[Path]:
    """Private files that an earlier version left where files are served from."""
    return [place for name in ("private", "documents") if (place := Path(settings.MEDIA_ROOT) / name).is_dir()]


def unreachable() -> tuple[type[Exception], ...]:
    """What is raised where a storage does not answer, or refuses: its server's trouble, and nobody else's."""
    if settings.MEDIA_BUCKET is None and settings.PRIVATE_BUCKET is None:
        return ()
    from botocore.exceptions import BotoCoreError, ClientError

    return BotoCoreError, ClientError
