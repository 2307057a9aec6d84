"""Log lines: ids only. What code must not write (an address, a token) is taken out here too, also out of tracebacks."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from commun.common.redaction import redact

_FIELD = re.compile(r"(?<![\w.])([a-z_]{2,30})=([^\s,;]+)")
_RESERVED = {"time", "level", "logger", "message", "error", "traceback"}


class LineFormatter(logging.Formatter):
    """For people: one line, then the traceback."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class JsonFormatter(logging.Formatter):
    """For programs: one JSON object per line. `send=7` in a message is also the field `send`."""

    def format(self, record: logging.LogRecord) -> str:
        message = redact(record.getMessage())
        found = {name: value for name, value in _FIELD.findall(message) if name not in _RESERVED}
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message,
            **found,
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["traceback"] = redact(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


class WithoutTracebackOfOthers(logging.Filter):
    """A request that Django refuses (an unknown `Host`, a path that leads out) is a line: nothing of ours broke."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security."):
            record.exc_info, record.exc_text = None, None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def redact_event(event: Any, hint: Any = None) -> Any:
    """What leaves for a Sentry server, all of it, as our own lines are."""
    if isinstance(event, str):
        return redact(event)
    if isinstance(event, dict):
        return {key: redact_event(value) for key, value in event.items()}
    if isinstance(event, list | tuple):
        return [redact_event(value) for value in event]
    return event
