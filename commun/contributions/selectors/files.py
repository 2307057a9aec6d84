"""What is known of the files that wait."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Min

from commun.contributions.models import File
from commun.contributions.types import FileState


def oldest_file_waiting() -> datetime | None:
    """When the file came that waits longest to be examined."""
    found: datetime | None = File.objects.filter(state=FileState.WAITING).aggregate(at=Min("came_at"))["at"]
    return found
