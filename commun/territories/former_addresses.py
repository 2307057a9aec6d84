"""Addresses of the directory that somebody had: each leads to where the body is now, or says that it is there no more.

They are kept among the redirections of pages, which the team sees; one that leads nowhere is that of a body that was
removed.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

_pages = ["territories:organisation"]


def register_page_of_organisation(view: str) -> None:
    """A public page at the organisation's slug, which is its only argument: an address it had leads to the new one, and
    that of a body which was removed says so. Called from a room's `AppConfig.ready()`."""
    if view not in _pages:
        _pages.append(view)


def pages_of_organisation(slug: str) -> list[str]:
    """Their paths, its own page first."""
    return [reverse(view, args=[slug]) for view in _pages]


def lead(*, old: str, new: str) -> None:
    """From one slug to another, for good; addresses that it had before lead there at once."""
    ways = list(zip(pages_of_organisation(old), pages_of_organisation(new), strict=True))
    for was, link in ways:
        Redirect.objects.filter(redirect_link=was).update(redirect_link=link)
    take(slug=new)
    _put(old, links=[link for _, link in ways])


def leave(*, slug: str) -> None:
    """Everybody read it there, and nobody does any more."""
    _put(slug, links=["" for _ in pages_of_organisation(slug)])


def take(*, slug: str) -> None:
    """Somebody is there, again or for the first time."""
    Redirect.objects.filter(old_path__in=_known(slug), site=None).delete()


def was_left(*, path: str) -> bool:
    """Whether a body stood at this path, and was removed."""
    left = Redirect.objects.filter(redirect_page=None, redirect_link="", site=None)
    return left.filter(old_path=Redirect.normalise_path(path)).exists()


def former_slugs(*, beginning: str) -> set[str]:
    """Those that begin so: given to another body, links would lead to the wrong one."""
    own, *_ = _known(beginning)
    known = Redirect.objects.filter(old_path__startswith=own, site=None)
    return {path.rpartition("/")[2] for path in known.values_list("old_path", flat=True)}


def _put(slug: str, *, links: Sequence[str]) -> None:
    take(slug=slug)
    rows = [
        Redirect(old_path=path, redirect_link=link, automatically_created=True)
        for path, link in zip(_known(slug), links, strict=True)
    ]
    for row in rows:  # one by one: what the public sees has changed, says each
        row.save()


def _known(slug: str) -> list[str]:
    return [Redirect.normalise_path(path) for path in pages_of_organisation(slug)]
