"""The lists under which events and news stand."""

from __future__ import annotations

from wagtail.models import Page

from commun.agenda.models import AgendaIndexPage, NewsIndexPage
from commun.cms import api as cms

_SECTIONS = ((AgendaIndexPage, "agenda", "Agenda"), (NewsIndexPage, "actualites", "Actualités"))


def ensure_sections(*, home: Page) -> list[Page]:
    return cms.ensure_sections(home=home, sections=_SECTIONS)
