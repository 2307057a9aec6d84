"""Pictures of pages, at the two sizes that pages show: AVIF where it has been made, WebP (or the original's format)
otherwise. The worker makes them (`services.pictures`); a view makes at most the second, where it comes first."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from wagtail.images.models import Filter
from wagtail.images.shortcuts import get_rendition_or_not_found

from commun.cms.models import CommunImage, CommunRendition
from commun.common.memory import remember

SMALL, LARGE = "fill-600x338-c75", "fill-1200x675-c75"
WHOLE_SMALL, WHOLE_LARGE = "width-600", "width-1200"  # of a text: as it is, never cropped


def lighter(spec: str) -> str:
    """Of the same size, in AVIF."""
    return f"{spec}|format-avif"


@dataclass(frozen=True, slots=True)
class Shown:
    """`url`, `width` and `height` (pixels) of what every browser shows; `avif`: address of the lighter one, or ""."""

    url: str
    width: int
    height: int
    avif: str


def show(image: CommunImage, spec: str, *, request: HttpRequest | None) -> Shown:
    return remember(request=request, key=f"picture:{image.pk}:{spec}", compute=lambda: _read(image, spec))


def _read(image: CommunImage, spec: str) -> Shown:
    made = get_rendition_or_not_found(image, spec)
    try:
        avif = image.find_existing_rendition(Filter(spec=lighter(spec))).url
    except CommunRendition.DoesNotExist:
        avif = ""
    return Shown(url=made.url, width=made.width, height=made.height, avif=avif)
