"""The antivirus of this site, where one is set: asked before any transaction, and once of the same bytes."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings

from commun.contributions.files.clamd import ScannerAway, is_infected
from commun.inbound.exceptions import TryLater
from commun.inbound.types import Attachment, Incoming, ParsedMessage

MOST_REMEMBERED = 500
_known: OrderedDict[tuple[str, bytes], bool] = OrderedDict()
_lock = Lock()


def scanner() -> Callable[[bytes], bool] | None:
    """Whether bytes are infected, as a function for `examine`; None without CLAMAV_URL. It raises `ScannerAway`."""
    return _scan if settings.CLAMAV_ADDRESS else None


def look_at_files(incoming: Incoming) -> None:
    """Before a message is handled: its files are scanned while no transaction is open. Raises `TryLater`."""
    if not settings.CLAMAV_ADDRESS:
        return
    try:
        for file in _files(incoming.message):
            _scan(file.data)
    except ScannerAway:
        raise TryLater("scanner_away") from None


def _files(message: ParsedMessage) -> list[Attachment]:
    return [*message.attachments, *(file for one in message.forwarded for file in _files(one))]


def _scan(data: bytes) -> bool:
    key = (str(settings.CLAMAV_ADDRESS), hashlib.sha256(data).digest())
    with _lock:
        if key in _known:
            return _known[key]
    infected = is_infected(data=data, address=settings.CLAMAV_ADDRESS)
    with _lock:
        _known[key] = infected
        while len(_known) > MOST_REMEMBERED:
            _known.popitem(last=False)
    return infected
