"""Pictures, opened and written again."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps

from commun.contributions.files.result import Refusal, Refused

READ = {"image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp", "image/tiff"}
MOST_PIXELS = 60_000_000  # a camera of 60 megapixels; more is a bomb, or a poster
LONGEST_SIDE = 4000
SMALL = 10 * 1024
FEW_PIXELS = 300 * 150
NARROW = 60  # a rule, a row of buttons


def is_pictogram(data: bytes) -> bool:
    """A logo or a button of a signature: light, and of few pixels. A chart may weigh as little and is none."""
    if len(data) >= SMALL:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP", "GIF", "BMP"]) as opened:
                width, height = opened.size
    except Exception:  # Pillow's decoders raise what they like; what cannot be opened is examined, and told
        return False
    return width * height <= FEW_PIXELS or min(width, height) <= NARROW


def write_again(*, data: bytes, most: int) -> tuple[str, bytes, tuple[int, int], int]:
    """Type, bytes and size of the picture alone: upright, without metadata, at most 4,000 pixels a side; and how many
    pixels were decoded for it. Where that would be more than `most`, none is.

    Transparent pictures become PNG, others stay what they were where that is a web format, else JPEG. Of an animation
    the first frame is kept. Raises `Refused`.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise Refused(Refusal.BOMB)
                opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG alone: decoded at the size that serves
                pixels = opened.width * opened.height
                if pixels > most:
                    raise Refused(Refusal.PIXELS)
                picture = ImageOps.exif_transpose(opened)
                picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                return *_write(picture, was=opened.format or ""), pixels
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise Refused(Refusal.BOMB) from None
    except Exception:  # Pillow's decoders raise what they like on bytes made to hurt them
        raise Refused(Refusal.BROKEN) from None


def _write(picture: Image.Image, *, was: str) -> tuple[str, bytes, tuple[int, int]]:
    transparent = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    target = "PNG" if transparent or was in {"PNG", "GIF"} else "WEBP" if was == "WEBP" else "JPEG"
    picture = picture.convert("RGBA" if transparent else "RGB")
    picture.info.clear()
    out = io.BytesIO()
    picture.save(out, target, quality=88)  # PNG loses nothing and ignores it
    return f"image/{target.lower()}", out.getvalue(), picture.size
