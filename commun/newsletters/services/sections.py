"""The archive under which issues stand."""

from __future__ import annotations

from wagtail.models import Page

from commun.cms import api as cms
from commun.newsletters.models import IssueIndexPage


def ensure_sections(*, home: Page) -> list[Page]:
    return cms.ensure_sections(home=home, sections=[(IssueIndexPage, "lettre", "La lettre")])
