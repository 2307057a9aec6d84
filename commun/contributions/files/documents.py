"""Documents: how long, and whether they can be read."""

from __future__ import annotations

import io
import logging

from commun.contributions.files.result import Refusal, Refused

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it quotes what it reads


def count_pages(*, data: bytes, most: int) -> int:
    """Pages of a PDF, as it says. Raises `Refused` where it asks for a password, has more than `most`, or is none."""
    from pypdf import PdfReader  # 10 MB: loaded by the first PDF, not by every process

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Refused(Refusal.LOCKED)
        said = reader.root_object["/Pages"]["/Count"]  # type: ignore[index]
        pages = int(said) if isinstance(said, int) and said > 0 else len(reader.pages)
        if pages > most:
            raise Refused(Refusal.PAGES)
        return pages
    except Refused:
        raise
    except Exception:  # a reader of hostile structures: whatever it raises, the file is not one
        raise Refused(Refusal.BROKEN) from None
