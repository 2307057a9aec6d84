"""What was on line and is no longer: said as such, with what is close to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wagtail.models import Page, Site

from commun.common import clock
from commun.finding import api as finding
from commun.finding.analysis import read_question
from commun.territories.api import was_left

_LONGEST = 500
_SHOWN = 5
# Of an address made of words: robots try others.
_WORDS = re.compile(r"[a-z0-9]{2,30}([-_][a-z0-9]{1,30}){1,14}")


def gone(*, path: str) -> Sequence[finding.Shown] | None:
    """None unless a page that was published, or a body of the directory, stood at this path. Its title is not given: it
    may be why it went."""
    if len(path) > _LONGEST or "\x00" in path:
        return None
    slug = path.strip("/").rpartition("/")[2]
    about = _title_at(path, slug=slug)
    if about is None and was_left(path=path):
        about = slug.replace("-", " ")
    return None if about is None else _close_to(about)


def _title_at(path: str, *, slug: str) -> str | None:
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if not slug or site is None:
        return None
    stood = Page.objects.filter(slug=slug, url_path=f"{site.root_page.url_path}{path.strip('/')}/", live=False)
    return stood.filter(first_published_at__isnull=False).values_list("title", flat=True).first()


def guesses(*, path: str) -> Sequence[finding.Shown]:
    """What the last words of an address that leads nowhere may have meant."""
    last = path.strip("/").rpartition("/")[2].partition(".")[0]
    if not path.endswith("/") or not _WORDS.fullmatch(last):
        return ()
    return _close_to(last.replace("-", " ").replace("_", " "))


def _close_to(words: str) -> Sequence[finding.Shown]:
    asked = finding.Asked(question=read_question(words), now=clock.now(), kinds=finding.kind_labels())
    return finding.show(entries=finding.find(asked).found[:_SHOWN])
