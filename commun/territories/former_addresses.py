"""Addresses of the directory that somebody had: each leads to where the body is now, or says that it is there no more.

They are kept among the redirections of pages, which the team sees; one that leads nowhere is that of a body that was
removed.
"""

from __future__ import annotations

from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect


def lead(*, old: str, new: str) -> None:
    """From one slug to another, for good; addresses that it had before lead there at once."""
    Redirect.objects.filter(redirect_link=_path(old)).update(redirect_link=_path(new))
    take(slug=new)
    _put(old, link=_path(new))


def leave(*, slug: str) -> None:
    """Everybody read it there, and nobody does any more."""
    _put(slug, link="")


def take(*, slug: str) -> None:
    """Somebody is there, again or for the first time."""
    Redirect.objects.filter(old_path=_known(slug), site=None).delete()


def was_left(*, path: str) -> bool:
    """Whether a body stood at this path, and was removed."""
    left = Redirect.objects.filter(redirect_page=None, redirect_link="", site=None)
    return left.filter(old_path=Redirect.normalise_path(path)).exists()


def former_slugs(*, beginning: str) -> set[str]:
    """Those that begin so: given to another body, links would lead to the wrong one."""
    known = Redirect.objects.filter(old_path__startswith=_known(beginning), site=None)
    return {path.rpartition("/")[2] for path in known.values_list("old_path", flat=True)}


def _put(slug: str, *, link: str) -> None:
    take(slug=slug)
    Redirect.objects.create(old_path=_known(slug), redirect_link=link, automatically_created=True)


def _path(slug: str) -> str:
    return reverse("territories:organisation", args=[slug])


def _known(slug: str) -> str:
    path: str = Redirect.normalise_path(_path(slug))
    return path
