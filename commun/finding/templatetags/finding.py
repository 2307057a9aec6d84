"""What editing screens show of this room."""

from __future__ import annotations

from django import template
from django.db import models

from commun.finding.sources.pages import read_in
from commun.library import api as library

register = template.Library()
_WORDS: dict[str, type[models.TextChoices]] = {
    "audience": library.Audience,
    "obstacle": library.Obstacle,
    "stage": library.Stage,
}


@register.simple_tag
def read_in_text(page: library.ResourcePage) -> dict[str, str]:
    """What the search reads in a page, a draft too, as people say it: for facets where its editor chose nothing."""
    found = read_in(library.resource_text(page=page))
    return {name: ", ".join(_WORDS[name](value).label for value in values) for name, values in found.items()}
