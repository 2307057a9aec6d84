"""Pictures of pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from commun.cms.models import CommunImage
from commun.cms.pictures import LARGE, SMALL, WHOLE_LARGE, WHOLE_SMALL, Shown, show

register = template.Library()


@register.simple_tag(takes_context=True)
def small_picture(context: Any, image: CommunImage) -> Shown:
    """600 pixels wide, 16 by 9."""
    return show(image, SMALL, request=_request(context))


@register.simple_tag(takes_context=True)
def large_picture(context: Any, image: CommunImage) -> Shown:
    """1200 pixels wide, 16 by 9."""
    return show(image, LARGE, request=_request(context))


@register.simple_tag(takes_context=True)
def small_whole_picture(context: Any, image: CommunImage) -> Shown:
    """600 pixels wide at most, as high as it is."""
    return show(image, WHOLE_SMALL, request=_request(context))


@register.simple_tag(takes_context=True)
def large_whole_picture(context: Any, image: CommunImage) -> Shown:
    """1200 pixels wide at most, as high as it is."""
    return show(image, WHOLE_LARGE, request=_request(context))


def _request(context: Any) -> HttpRequest | None:
    """Also in a part that is given nothing else."""
    return getattr(context, "request", None) or context.get("request") or None
