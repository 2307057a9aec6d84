"""Images of the letter: small, and kept for ever as they left, whatever becomes of the library's."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageOps

from commun.cms.api import CommunImage
from commun.newsletters.models import Submission
from commun.newsletters.rendering.values import Image

COLUMN = 592  # CSS pixels: the letter's column
CARD_HEIGHT = 333
MARK = (260, 88)  # a partner's mark, at twice the size it is shown
MARK_SHOWN = 44
MASTHEAD_SHOWN = 640
TOTAL = 170 * 1024  # the checks refuse over 200 KB in all, masthead and marks included
EACH = 25 * 1024
QUALITIES = (80, 68, 56, 44, 34)
_AT_ONCE = 5  # letters: a turn ends, however many there are
logger = logging.getLogger("commun.newsletters")


@dataclass
class ImageStore:
    """Turns library images into frozen ones, within the weight the letter has left for each.

    `expected`: how many pictures there will be. `names`: what was stored, in order. Not Wagtail's renditions: those go
    with the image they come from, and a letter is read again years later.
    """

    expected: int = 1
    names: list[str] = field(default_factory=list)

    @property
    def budget(self) -> int:
        return min(EACH, TOTAL // max(1, self.expected))

    def picture(self, image: CommunImage, *, cropped: bool = False) -> Image:
        """As wide as the column; `cropped` gives cards the same shape. Raises OSError when the file is gone."""
        for quality in QUALITIES:
            name, size, weight = _stored(
                key=f"{_identity(image)} {'card' if cropped else 'wide'} {quality}",
                suffix="jpg",
                make=lambda quality=quality: _jpeg(image, cropped=cropped, quality=quality),  # type: ignore[misc]
            )
            if weight <= self.budget:
                break
        return self._frozen(
            name=name,
            size=size,
            weight=weight,
            alt="" if image.is_decorative else image.alt_text,
            credit=credit_of(image),
        )

    def mark(self, image: CommunImage, *, alt: str) -> Image:
        """A partner's mark: sharp edges, a white ground in dark mode too. Raises OSError when the file is gone."""
        name, (width, height), weight = _stored(
            key=f"{_identity(image)} mark", suffix="png", make=lambda: _png(image, size=MARK)
        )
        size = (max(1, round(width * MARK_SHOWN / height)), MARK_SHOWN)
        return self._frozen(name=name, size=size, weight=weight, alt=alt)

    def masthead(self) -> Image | None:
        """The drawing under the title; a copy, because static files change with deployments."""
        body = _masthead()
        if not body:
            return None
        name, (width, height), weight = _stored(key=hashlib.sha256(body).hexdigest(), suffix="png", make=lambda: body)
        size = (MASTHEAD_SHOWN, round(height * MASTHEAD_SHOWN / width))
        return self._frozen(name=name, size=size, weight=weight)

    def _frozen(self, *, name: str, size: tuple[int, int], weight: int, alt: str = "", credit: str = "") -> Image:
        if name not in self.names:
            self.names.append(name)
        url = default_storage.url(name)
        address = f"{settings.SITE_URL}{url}" if url.startswith("/") else url
        return Image(address, *size, alt, credit, weight, decorative=not alt)


def make_lighter(*, now: datetime) -> int:
    """Sweep: an AVIF beside each picture of the letters that are on line, the latest first; what was frozen keeps its
    names and its bytes. Of how many letters."""
    waiting = Submission.objects.filter(published_at__isnull=False, lighter__isnull=True).order_by("-pk")
    done = 0
    for submission in waiting[:_AT_ONCE]:
        submission.lighter = [name for name in submission.images if _has_lighter(name)]
        submission.save(update_fields=["lighter"])
        done += 1
    return done


def _has_lighter(name: str) -> bool:
    """Made once, where it is worth it; a drawing of few colours (PNG) gains nothing."""
    stem, _, suffix = name.rpartition(".")
    if suffix != "jpg":
        return False
    other = f"{stem}.avif"
    if not default_storage.exists(other):
        try:
            with default_storage.open(name) as file, Pillow.open(file) as opened:
                made = _encoded(opened.convert("RGB"), "AVIF", quality=settings.WAGTAILIMAGES_AVIF_QUALITY)
        except OSError as error:
            logger.warning("picture %s of a letter cannot be read: %s", name, type(error).__name__)
            return False
        if len(made) >= default_storage.size(name):
            return False
        default_storage.save(other, ContentFile(made))
    return True


def credit_of(image: CommunImage) -> str:
    """`Camille Roux / Ville de Grenoble, CC BY-SA 4.0`"""
    return ", ".join(part for part in (image.credit.strip(), image.licence_short if image.credit else "") if part)


def _identity(image: CommunImage) -> str:
    """Changes with the file and with its focal point, and with nothing else."""
    return f"{image.get_file_hash()} {image.focal_point_x} {image.focal_point_y}"


def _stored(*, key: str, suffix: str, make: Callable[[], bytes]) -> tuple[str, tuple[int, int], int]:
    """Name, size and weight of what `key` stands for; made once, never written over."""
    name = f"lettre/{hashlib.sha256(key.encode()).hexdigest()[:32]}.{suffix}"
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(make()))
    with default_storage.open(name) as file, Pillow.open(file) as opened:
        size = opened.size
    return name, size, default_storage.size(name)


def _jpeg(image: CommunImage, *, cropped: bool, quality: int) -> bytes:
    with _opened(image) as picture:
        if cropped:
            shaped = ImageOps.fit(picture, (COLUMN, CARD_HEIGHT), Pillow.Resampling.LANCZOS, centering=_centre(image))
        else:
            width = min(COLUMN, picture.width)  # never blown up
            height = max(1, round(picture.height * width / picture.width))
            shaped = picture.resize((width, height), Pillow.Resampling.LANCZOS)
        return _encoded(shaped, "JPEG", quality=quality, optimize=True, progressive=True)


def _png(image: CommunImage, *, size: tuple[int, int]) -> bytes:
    with _opened(image) as picture:
        picture.thumbnail(size, Pillow.Resampling.LANCZOS)
        return _encoded(picture.quantize(64), "PNG", optimize=True)


def _opened(image: CommunImage) -> Pillow.Image:
    """Upright, on white, in RGB."""
    with image.file.storage.open(image.file.name, "rb") as file, Pillow.open(file) as raw:
        upright = ImageOps.exif_transpose(raw).convert("RGBA")
    ground = Pillow.new("RGBA", upright.size, "white")
    return Pillow.alpha_composite(ground, upright).convert("RGB")


def _centre(image: CommunImage) -> tuple[float, float]:
    if image.focal_point_x is None or image.focal_point_y is None:
        return 0.5, 0.5
    return min(1.0, image.focal_point_x / image.width), min(1.0, image.focal_point_y / image.height)


def _encoded(picture: Pillow.Image, kind: str, **options: object) -> bytes:
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@cache
def _masthead() -> bytes:
    found = finders.find("newsletters/masthead.png")
    return Path(str(found)).read_bytes() if found else b""
