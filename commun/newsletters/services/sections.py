"""The archive under which issues stand."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page

from commun.newsletters.models import IssueIndexPage


def ensure_sections(*, home: Page) -> list[Page]:
    """Make the published archive if it does not exist yet under `home`; one that exists is left as it is."""
    with transaction.atomic():
        page = IssueIndexPage.objects.first()
        if page is None:
            page = home.add_child(instance=IssueIndexPage(slug="lettre", title="La lettre", show_in_menus=True))
            page.save_revision().publish()
    return [page]
