"""The antivirus of this site, where one is set."""

from __future__ import annotations

from django.conf import settings

from commun.contributions.files import clamd


def is_infected(*, data: bytes) -> bool:
    """False without CLAMAV_URL. Asks the network: outside any transaction. Raises `ScannerAway`."""
    return bool(settings.CLAMAV_ADDRESS) and clamd.is_infected(data=data, address=settings.CLAMAV_ADDRESS)
