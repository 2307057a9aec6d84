"""What public pages read of this room."""

from __future__ import annotations

from wagtail.models import Page

from commun.common.errors import LinkError
from commun.freshness import tokens
from commun.freshness.models import Report, Watch
from commun.library.api import ResourcePage, SheetPage


def reportable(*, page_id: int) -> Page:
    """A page on line of which a reader may say that something is wrong. Raises `Page.DoesNotExist`."""
    return Page.objects.live().type(ResourcePage, SheetPage).get(pk=page_id)


def report_by_token(*, token: str) -> Report:
    """Raises `ForgedLink`, `Report.DoesNotExist`."""
    return Report.objects.select_related("page").get(reference=tokens.read_report(token))


def report_of_address(*, token: str) -> tuple[Report, str]:
    """The report, and the address that the link was sent to. Raises `LinkError`, `Report.DoesNotExist`."""
    reference, address = tokens.read_address(token)
    return Report.objects.select_related("page").get(reference=reference), address


def watch_by_token(*, token: str) -> Watch:
    """The page asked about, by that very question. Raises `LinkError`, `Watch.DoesNotExist`."""
    reference, asked_at = tokens.read_still_true(token)
    found = Watch.objects.select_related("page").get(reference=reference)
    if found.question != asked_at or not found.page.live:
        raise LinkError
    return found
