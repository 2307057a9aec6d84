"""The lists under which events and news stand."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page

from commun.agenda.models import AgendaIndexPage, NewsIndexPage

_SECTIONS: tuple[tuple[type[Page], str, str], ...] = (
    (AgendaIndexPage, "agenda", "Agenda"),
    (NewsIndexPage, "actualites", "Actualités"),
)


def ensure_sections(*, home: Page) -> list[Page]:
    """Make the published lists that do not exist yet under `home`; those that exist are left as they are."""
    pages = []
    with transaction.atomic():
        for model, slug, title in _SECTIONS:
            page = model.objects.first()
            if page is None:
                page = home.add_child(instance=model(slug=slug, title=title, show_in_menus=True))
                page.save_revision().publish()
            pages.append(page)
    return pages
