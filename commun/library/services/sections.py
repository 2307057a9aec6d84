"""The lists under which the library's pages stand."""

from __future__ import annotations

from wagtail.models import Page

from commun.cms import api as cms
from commun.library.models import ConceptIndexPage, ResourceIndexPage, ThemeIndexPage

_SECTIONS = (
    (ThemeIndexPage, "thematiques", "Thématiques"),
    (ResourceIndexPage, "ressources", "Ressources"),
    (ConceptIndexPage, "concepts", "Concepts"),
)


def ensure_sections(*, home: Page) -> list[Page]:
    return cms.ensure_sections(home=home, sections=_SECTIONS)
