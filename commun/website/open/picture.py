"""The picture that goes with a link shown elsewhere, for a page without one: what it is, its title, who publishes."""

from __future__ import annotations

from functools import cache
from io import BytesIO

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_INK, _PAPER, _QUIET, _BAND = "#ffffff", "#14315f", "#c8d6f0", "#f5b942"
_SIZES = (76, 66, 56, 48, 42)
_MOST_LINES = 5


def draw(*, kind: str, title: str, publisher: str) -> bytes:
    """A PNG. The title as large as it fits, cut with « … » beyond five lines of the smallest."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    brush = ImageDraw.Draw(image)
    brush.rectangle((0, 0, 18, HEIGHT), fill=_BAND)
    brush.text((_MARGIN, 70), kind, font=_font("Regular", 34), fill=_QUIET)
    font, lines = _fitted(title)
    step = int(font.size * 1.18)
    top = 140 + max(0, (380 - step * len(lines)) // 2)
    for at, line in enumerate(lines):
        brush.text((_MARGIN, top + at * step), line, font=font, fill=_INK)
    brush.text((_MARGIN, HEIGHT - 92), publisher, font=_font("Regular", 34), fill=_QUIET)
    made = BytesIO()
    image.quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


def _fitted(title: str) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    for size in _SIZES:
        font = _font("ExtraBold", size)
        lines = _lines(title, font=font)
        if len(lines) * size * 1.18 <= 380 and len(lines) <= _MOST_LINES:
            return font, lines
    return font, [*lines[: _MOST_LINES - 1], f"{lines[_MOST_LINES - 1].rstrip(' ,;:.')} …"]


def _lines(title: str, *, font: ImageFont.FreeTypeFont) -> list[str]:
    lines: list[str] = [""]
    for word in title.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= WIDTH - 2 * _MARGIN or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    """Spectral (SIL Open Font License), which the design system brings."""
    path = finders.find(f"dsfr/dist/fonts/Spectral-{weight}.woff")
    assert isinstance(path, str)
    return ImageFont.truetype(path, size)
