"""The lists under which pages stand."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from wagtail.models import Page

Section = tuple[type[Page], str, str]  # model, slug, title


def ensure_sections(*, home: Page, sections: Iterable[Section]) -> list[Page]:
    """Make the published lists that do not exist yet under `home`; those that exist are left as they are."""
    pages = []
    with transaction.atomic():
        for model, slug, title in sections:
            page = model.objects.first()
            if page is None:
                page = home.add_child(instance=model(slug=slug, title=title, show_in_menus=True))
                page.save_revision().publish()
            pages.append(page)
    return pages
