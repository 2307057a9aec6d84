"""The lists under which the library's pages stand."""

from __future__ import annotations

from django.db import transaction
from wagtail.models import Page

from commun.library.models import ConceptIndexPage, ResourceIndexPage, ThemeIndexPage

_SECTIONS: tuple[tuple[type[Page], str, str], ...] = (
    (ThemeIndexPage, "thematiques", "Thématiques"),
    (ResourceIndexPage, "ressources", "Ressources"),
    (ConceptIndexPage, "concepts", "Concepts"),
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
