"""Signed addresses of this room."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from commun.common import signing

REPORT = "freshness.report"
ADDRESS = "freshness.address"
STILL_TRUE = "freshness.still_true"
ADDRESS_GOOD_FOR = timedelta(days=7)


def report_token(*, reference: str) -> str:
    return signing.sign(purpose=REPORT, value=reference)


def report_url(*, reference: str) -> str:
    """Where whoever reported something comes back to. It lives as long as the report."""
    return settings.SITE_URL + reverse("freshness:reported", args=[report_token(reference=reference)])


def read_report(token: str) -> str:
    """Raises `ForgedLink`."""
    return str(signing.unsign(purpose=REPORT, token=token))


def address_url(*, reference: str, address: str) -> str:
    """Where one address says that it is hers, for one report."""
    token = signing.sign(purpose=ADDRESS, value=[reference, address])
    return settings.SITE_URL + reverse("freshness:address", args=[token])


def read_address(token: str) -> tuple[str, str]:
    """Reference and address; raises `ForgedLink`, `ExpiredLink`."""
    reference, address = signing.unsign(purpose=ADDRESS, token=token, max_age=ADDRESS_GOOD_FOR)
    return str(reference), str(address)


def still_true_path(*, reference: str, asked_at: str) -> str:
    """Bound to the very question: a later one has its own, and this one then says that it is over."""
    return reverse("freshness:still_true", args=[signing.sign(purpose=STILL_TRUE, value=[reference, asked_at])])


def read_still_true(token: str) -> tuple[str, str]:
    """Raises `ForgedLink`."""
    reference, asked_at = signing.unsign(purpose=STILL_TRUE, token=token)
    return str(reference), str(asked_at)
