"""French typography, put on plain typewriter text: apostrophes, dashes of dialogue left alone, non-breaking spaces."""

from __future__ import annotations

import re

NBSP = "\u00a0"
THIN = "\u202f"

_INSIDE_TAG_OR_URL = re.compile(r"(<[^>]*>|https?://[^\s<>\"')\]]+)")


def french(text: str) -> str:
    """Return `text` with French typography; HTML tags and addresses are left as they are. Idempotent."""
    parts = _INSIDE_TAG_OR_URL.split(text)
    return "".join(part if index % 2 else _plain(part) for index, part in enumerate(parts))


def _plain(text: str) -> str:
    text = text.replace("'", "’").replace("...", "…")
    text = re.sub(r"«[ \u00a0]?", f"«{NBSP}", text)
    text = re.sub(r"[ \u00a0]?»", f"{NBSP}»", text)
    text = re.sub(r"[ \u00a0]:(?=\s|$)", f"{NBSP}:", text)
    text = re.sub(r"[ \u00a0\u202f]([;!?])", rf"{THIN}\1", text)
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", THIN, text)
    text = re.sub(r"(?<=\d) (?=(?:%|€|h\b|ans\b|habitant))", NBSP, text)
    return re.sub(r"\b(n[o°]|p\.|M\.|Mme) (?=\S)", rf"\1{NBSP}", text)
