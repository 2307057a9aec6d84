"""Opaque S/MIME (RFC 8551): the message inside a signature (CMS SignedData, RFC 5652). Nothing is verified here.

Only the way to the content is read, tag by tag: a handful of steps whatever the bytes, and no certificate is opened.
"""

from __future__ import annotations

_TYPES = {"application/pkcs7-mime", "application/x-pkcs7-mime"}
_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE, _OCTETS, _EXPLICIT = 0x30, 0x04, 0xA0
_CONSTRUCTED_OCTETS = 0x24
MOST_PIECES = 100_000  # of a content that was written as it came; OpenSSL writes pieces of a thousand bytes

# Signatures beside what they sign: no file of anybody.
SIGNATURES = {
    "application/pkcs7-signature",
    "application/x-pkcs7-signature",
    "application/pgp-signature",
    "application/pgp-keys",
}
_SIGNATURE_NAMES = ("smime.p7s", "signature.asc", "openpgp_digital_signature.asc", "publickey.asc")


class _Unreadable(ValueError):
    pass


def is_envelope(content_type: str, name: str) -> bool:
    return content_type in _TYPES or (content_type == "application/octet-stream" and name.lower().endswith(".p7m"))


def is_signature(content_type: str, name: str) -> bool:
    return content_type in SIGNATURES or name.lower() in _SIGNATURE_NAMES


def signed_content(data: bytes) -> bytes:
    """What was signed; b"" where it is encrypted, or no such thing."""
    try:
        outer, end = _enter(data, 0, len(data), _SEQUENCE)
        if not data.startswith(_SIGNED_DATA, outer):
            return b""
        position, end = _enter(data, outer + len(_SIGNED_DATA), end, _EXPLICIT)
        position, end = _enter(data, position, end, _SEQUENCE)
        position = _skip(data, position, end)  # version
        position = _skip(data, position, end)  # digests
        position, end = _enter(data, position, end, _SEQUENCE)
        position = _skip(data, position, end)  # its type
        position, end = _enter(data, position, end, _EXPLICIT)
        return _octets(data, position, end)
    except (_Unreadable, IndexError):
        return b""


def _tag(data: bytes, at: int, end: int) -> tuple[int, int, int]:
    """(tag, where its content begins, where it ends); -1 as end where the length is not said (BER)."""
    if at + 2 > end:
        raise _Unreadable
    tag, length = data[at], data[at + 1]
    at += 2
    if length == 0x80:
        return tag, at, -1
    if length > 0x80:
        size = length & 0x7F
        if size > 5:
            raise _Unreadable
        length = int.from_bytes(data[at : at + size], "big")
        at += size
    return tag, at, min(at + length, end)


def _enter(data: bytes, at: int, end: int, wanted: int) -> tuple[int, int]:
    tag, start, stop = _tag(data, at, end)
    if tag != wanted:
        raise _Unreadable
    return start, end if stop < 0 else stop


def _skip(data: bytes, at: int, end: int) -> int:
    """After one value; those without a length are left at their end mark, by counting what is open."""
    _, start, stop = _tag(data, at, end)
    if stop >= 0:
        return stop
    depth, position = 1, start
    for _ in range(MOST_PIECES):
        if data[position : position + 2] == b"\0\0":
            depth, position = depth - 1, position + 2
            if not depth:
                return position
            continue
        _, start, stop = _tag(data, position, end)
        depth, position = (depth + 1, start) if stop < 0 else (depth, stop)
    raise _Unreadable


def _octets(data: bytes, at: int, end: int) -> bytes:
    tag, start, stop = _tag(data, at, end)
    if tag == _OCTETS and stop >= 0:
        return data[start:stop]
    if tag != _CONSTRUCTED_OCTETS:
        raise _Unreadable
    pieces, position, stop = [], start, end if stop < 0 else stop
    for _ in range(MOST_PIECES):
        if position >= stop or data[position : position + 2] == b"\0\0":
            break
        tag, start, position = _tag(data, position, stop)
        if tag != _OCTETS or position < 0:
            raise _Unreadable
        pieces.append(data[start:position])
    return b"".join(pieces)
