"""Where in the editing form one mends what a check found.

A place is written as the form's own marks lead to it: the name of a field of the page, then the identifier of a
section, of an item in it, the name of a field: `("body", "3f2a…", "items", "81c0…", "summary")`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.urls import reverse

from commun.newsletters.models import IssuePage
from commun.newsletters.rendering import Finding
from commun.newsletters.rendering.checks import SENDER

Place = tuple[str, ...]

# What findings call a field, and what forms do; the first that a section has.
_OF_ISSUE = {"objet": "subject", "texte d’aperçu": "preheader", "mot d’accueil": "welcome", "titre": "title"}
_OF_SECTION = {
    "titre": ("title",),
    "surtitre": ("kicker",),
    "introduction": ("intro",),
    "texte": ("text",),
    "en bref": ("lead",),
    "résumé": ("summary",),
    "légende": ("caption",),
    "citation": ("words",),
    "auteur": ("author",),
    "fonction": ("role",),
    "question": ("question",),
    "date limite": ("deadline",),
    "adresse": ("url",),
    "texte du lien": ("link_label", "label", "links", "text"),
    "lien": ("links", "url", "text", "intro", "page"),
    "texte de remplacement": ("image", "page"),
    "image": ("image", "page"),
    "page": ("page",),
    "lieu": ("who",),
}
# Findings that give the place itself.
_POINTED = frozenset(("remark_open", "section_hidden"))
# Lists that a section may hold, whose items are known by their title.
_LISTS = ("items", "stories", "lines", "links")


def place_of(*, finding: Finding, issue: IssuePage) -> Place:
    """Empty where nothing in the form mends it: who sends is said in the settings."""
    if finding.code in _POINTED:
        return tuple(finding.field.split("."))
    if not finding.position:
        return () if finding.field == SENDER else (_OF_ISSUE.get(finding.field, "body"),)
    sections = issue.sections
    if finding.position > len(sections):
        return ()
    section = sections[finding.position - 1]
    return ("body", section.id, *_inside(value=section.value, finding=finding))


def address_of(*, place: Place, issue: IssuePage) -> str:
    """The form, open at that place: `checks.js` finds the field, and without it a browser finds the section."""
    if not place:
        return ""
    edit = reverse("wagtailadmin_pages:edit", args=[issue.pk])
    section = f"#block-{place[1]}-section" if place[0] == "body" and len(place) > 1 else ""
    return f"{edit}?{urlencode({'champ': '.'.join(place)})}{section}"


def pointed(*, findings: Iterable[Finding], issue: IssuePage) -> list[tuple[Finding, str]]:
    """Each with the address where one mends it, or nothing."""
    return [(one, address_of(place=place_of(finding=one, issue=issue), issue=issue)) for one in findings]


def _inside(*, value: Any, finding: Finding) -> Place:
    word = finding.field.partition(" de « ")[0]
    said = f"{finding.field} {finding.message}"
    for name in _LISTS:
        for item in _items(value, name):
            if any(f"« {title} »" in said for title in _titles(item.value)):
                return (name, item.id, *_field(item.value, word))
    return _field(value, word) or next(((name,) for name in _LISTS if _items(value, name)), ())


def _items(value: Any, name: str) -> Any:
    children = getattr(value, "block", None)
    if children is None or name not in children.child_blocks:
        return ()
    return value[name].bound_blocks


def _titles(value: Any) -> Iterator[str]:
    """How a finding may name it: by what was typed, or by the page it was taken from."""
    if not hasattr(value, "block"):
        yield str(getattr(value, "title", "") or getattr(value, "name", "") or value or "")
        return
    for name in ("title", "page", "text"):
        if value.block.child_blocks.get(name) is not None and value[name]:
            yield str(getattr(value[name], "title", value[name]))


def _field(value: Any, word: str) -> Place:
    known = value.block.child_blocks if hasattr(value, "block") else ()
    return next(((name,) for name in _OF_SECTION.get(word, ()) if name in known), ())


def refused(*, error: ValidationError, value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    """What a form says of a field holding `value`, down to the field of a section that each word is about."""
    inner: dict[Any, ValidationError] = getattr(error, "block_errors", None) or {}
    for key, below in inner.items():
        if isinstance(key, str):
            yield from refused(error=below, value=value[key], place=(*place, key))
        else:
            child = getattr(value, "bound_blocks", value)[key]
            yield from refused(error=below, value=child.value, place=(*place, str(child.id)))
    others = getattr(error, "non_block_errors", None)
    if others is None:
        yield from ((place, message) for message in error.messages)
    else:
        yield from ((place, str(message)) for message in others)
