"""Characters out of bytes, whatever the charset says and whatever is wrong with it."""

from __future__ import annotations

import codecs
import re

from commun.common.characters import clean_text

# Codecs of Python that are no charset of mail; some take quadratic time.
_NOT_CHARSETS = {"punycode", "idna", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "palmos"}
# One byte a character: valid UTF-8 with accents is hardly ever written in one of these by accident.
_SINGLE = re.compile(r"ascii|cp\d+|iso8859-\d+|mac-.*|koi8-.*|tis-620|hp-roman8|latin.*|windows-.*")
_WESTERN = {"iso8859-1", "cp1252", "ascii"}
_WINDOWS_ONLY = re.compile(rb"[\x80-\x9f]")  # controls in ISO 8859: whoever writes them writes Windows' own
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = bytes(range(0x80, 0x100))
_FORGIVE = "commun.strays"
_CUT = re.compile(rb"(?:[\xc2\xc3]|\xe2[\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{1,2})\Z")


def decode_text(data: bytes, charset: str) -> str:
    """Text, its line ends and characters cleaned; never raises."""
    codec = _codec(charset)
    if (codec.startswith("utf-16") and b"\0" not in data) or (codec.startswith("utf-32") and b"\0\0" not in data):
        codec = ""
    if not codec or codec == "utf-8" or _SINGLE.fullmatch(codec):
        return clean_text(_utf8(data) or _single(data, codec))
    try:
        return clean_text(data.decode(codec))
    except (UnicodeError, ValueError, LookupError):
        return clean_text(_utf8(data) or data.decode(codec, "replace"))


def _utf8(data: bytes) -> str:
    """As UTF-8, a character cut at the end and a few stray bytes forgiven; "" where it is none."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    cut = _CUT.sub(b"", data)
    try:
        return cut.decode("utf-8") + "\ufffd"
    except UnicodeDecodeError:
        pass
    whole, rest = len(_SEQUENCE.findall(data)), _SEQUENCE.sub(b"", data)
    strays = len(rest) - len(rest.translate(None, _HIGH))
    # Two programs wrote this: what is not UTF-8 is read as the other's Latin letters, unless it is most of it.
    return data.decode("utf-8", _FORGIVE) if strays <= whole else ""


def _forgive(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.start + 1]
    return (stray.decode("cp1252", "replace") if stray >= b"\xe0" else "\ufffd"), error.start + 1


codecs.register_error(_FORGIVE, _forgive)


def _single(data: bytes, codec: str) -> str:
    if codec in _WESTERN or not codec or codec == "utf-8":
        return data.decode("cp1252", "replace")
    if codec.startswith("iso8859") and _WINDOWS_ONLY.search(data):
        text = data.decode("cp1252", "replace")
        return text.replace("¤", "€") if codec == "iso8859-15" else text
    return data.decode(codec, "replace")


def _codec(charset: str) -> str:
    """Python's name of a charset; "" where it is none."""
    name = charset.strip().strip("\"'").lower()
    if not re.fullmatch(r"[a-z0-9_.:-]{2,40}", name):
        return ""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    if not getattr(info, "_is_text_encoding", True) or info.name in _NOT_CHARSETS:
        return ""
    return info.name
