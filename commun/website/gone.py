"""What was on line and is no longer: said as such, with what is close to it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from wagtail.models import Page, Site

from commun.common import clock
from commun.finding import api as finding
from commun.finding.analysis import read_question

_LONGEST = 500
_SHOWN = 5
# Of an address made of words: robots try others.
_WORDS = re.compile(r"[a-z0-9]{2,30}([-_][a-z0-9]{1,30}){1,14}")


def gone(*, path: str) -> Sequence[finding.Shown] | None:
    """None unless a page that was published stood at this path. Its title is not given: it may be why it went."""
    slug = path.strip("/").rpartition("/")[2]
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if not slug or len(path) > _LONGEST or "\x00" in path or site is None:
        return None
    stood = Page.objects.filter(slug=slug, url_path=f"{site.root_page.url_path}{path.strip('/')}/", live=False)
    page = stood.filter(first_published_at__isnull=False).first()
    if page is None:
        return None
    asked = finding.Asked(question=read_question(page.title), now=clock.now(), kinds=finding.kind_labels())
    return finding.show(entries=finding.find(asked).found[:_SHOWN])


def guesses(*, path: str) -> Sequence[finding.Shown]:
    """What the last words of an address that leads nowhere may have meant."""
    last = path.strip("/").rpartition("/")[2].partition(".")[0]
    if not path.endswith("/") or not _WORDS.fullmatch(last):
        return ()
    question = read_question(last.replace("-", " ").replace("_", " "))
    asked = finding.Asked(question=question, now=clock.now(), kinds=finding.kind_labels())
    return finding.show(entries=finding.find(asked).found[:_SHOWN])
