"""Errors that cross rooms carry a stable code; only the edge words them in French."""

from __future__ import annotations

from typing import ClassVar


class AppError(Exception):
    """Base of every expected refusal. `code` is stable: tests, logs and the API rely on it."""

    code: ClassVar[str] = "error"


class LinkError(AppError):
    """A signed link cannot be honoured."""

    code = "link"


class ForgedLink(LinkError):
    code = "link_forged"


class ExpiredLink(LinkError):
    code = "link_expired"


class RateLimited(AppError):
    """Too many requests; `retry_after` in seconds."""

    code = "rate_limited"

    def __init__(self, *, retry_after: int):
        super().__init__(self.code)
        self.retry_after = retry_after


class SealedForEver(AppError):
    """A row that is written once (a sealed message, a proof, a ballot box) cannot be changed; `str(error)` names it."""

    code = "sealed"
