"""Pages, for the team's search: as readers find them, then drafts by their title; what one may not open is left out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page

from commun.accounts.api import Hit
from commun.accounts.models import User
from commun.common import clock
from commun.finding.analysis import read_question
from commun.finding.api import Asked, find, keys_of
from commun.library.types import ResourceKind

_LOOKED_AT = 60
_KINDS = (*ResourceKind.values, "sheet", "theme", "event", "news")  # what `finding` calls by the number of a page


def pages(user: User, words: str, most: int) -> Sequence[Hit]:
    question = read_question(words, typing=True)
    answers = find(Asked(question=question, now=clock.now(), kinds=_KINDS, typing=True))
    ordered = [int(key) for key in keys_of(entries=answers.found[:_LOOKED_AT])]
    others = Page.objects.filter(title__icontains=words).exclude(pk__in=ordered).order_by("-latest_revision_created_at")
    ordered += list(others.values_list("pk", flat=True)[:_LOOKED_AT])
    known, finder = Page.objects.in_bulk(ordered), AdminURLFinder(user)
    hits = (_hit(known[pk], finder) for pk in ordered if pk in known)
    return list(islice((hit for hit in hits if hit is not None), most))


def _hit(page: Page, finder: AdminURLFinder) -> Hit | None:
    url = finder.get_edit_url(page.specific_deferred) if page.depth > 1 else None
    kind = page.cached_content_type.name.capitalize()
    detail = kind if page.live else f"{kind}, brouillon"
    return Hit(label=page.get_admin_display_title(), url=url, detail=detail) if url else None
