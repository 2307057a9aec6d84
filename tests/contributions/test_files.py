"""What is kept of a file somebody gives."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from commun.contributions.files import MOST_BYTES, Refusal, Refused, examine


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "navy").save(out, kind, **options)
    return out.getvalue()


def archive(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name.replace("__", "/").replace("_", "."), data)
    return out.getvalue()


def pdf(*, pages: int, password: str = "") -> bytes:
    from pypdf import PdfWriter

    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    if password:
        writer.encrypt(password)
    writer.write(out)
    return out.getvalue()


def refusal(name: str, data: bytes) -> Refusal:
    with pytest.raises(Refused) as caught:
        examine(name=name, data=data)
    return caught.value.reason


def test_a_photograph_loses_what_the_camera_wrote_in_it_and_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x013B] = "Camille Exemple"
    exif.get_ifd(0x8825)[1] = "N"
    kept = examine(name="place.jpg", data=picture(exif=exif))
    opened = Image.open(io.BytesIO(kept.data))
    assert (kept.width, kept.height) == (480, 640) == opened.size
    assert not opened.getexif()
    assert b"Camille" not in kept.data


def test_a_picture_larger_than_a_screen_is_made_smaller_and_a_transparent_one_stays_so():
    assert examine(name="affiche.png", data=picture("PNG", (6000, 3000))).width == 4000
    assert examine(name="logo.png", data=picture("PNG", mode="RGBA")).content_type == "image/png"


def test_a_name_says_what_the_bytes_are():
    assert examine(name="photo.exe", data=picture()).name == "photo.jpg"
    assert examine(name="compte-rendu.jpg", data=pdf(pages=1)).name == "compte-rendu.pdf"
    assert examine(name="../../etc/passwd\x00.png", data=picture("PNG")).name == "passwd.png"


def test_pages_of_a_document_are_counted_and_a_locked_one_is_refused():
    assert examine(name="guide.pdf", data=pdf(pages=3)).pages == 3
    assert refusal("guide.pdf", pdf(pages=1, password="secret")) is Refusal.LOCKED
    assert refusal("guide.pdf", pdf(pages=3)[:300]) is Refusal.BROKEN


def test_office_documents_are_known_by_what_they_hold():
    word = examine(name="bilan.docx", data=archive(word__document_xml=b"<w/>"))
    assert word.content_type.endswith("wordprocessingml.document")
    assert word.name == "bilan.docx"
    assert refusal("bilan.docx", archive(word__document_xml=b"<w/>", word__vbaProject_bin=b"x")) is Refusal.PROGRAM


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("vide.pdf", b"", Refusal.EMPTY),
        ("gros.pdf", b"x" * (MOST_BYTES + 1), Refusal.TOO_BIG),
        ("outil.pdf", b"MZ\x90\x00" + b"x" * 99, Refusal.PROGRAM),
        ("script.txt", b"#!/bin/sh\nrm", Refusal.PROGRAM),
        ("carte.svg", b'<svg xmlns="x"><script>alert(1)</script></svg>', Refusal.DRAWING),
        ("film.mp4", b"\x00\x00\x00\x18ftypmp42" + b"\x00" * 200, Refusal.TYPE),
        ("mystere.bin", bytes(range(1, 200)), Refusal.TYPE),
        ("outils.zip", archive(lisez_txt=b"a", outil_exe=b"b"), Refusal.PROGRAM),
        ("poupees.zip", archive(dedans_zip=b"PK"), Refusal.BOMB),
        ("bombe.zip", archive(zeros_txt=b"\0" * 30_000_000), Refusal.BOMB),
        ("coupe.zip", archive(un_txt=b"a" * 5000)[:60], Refusal.BROKEN),
        ("coupee.jpg", picture()[:200], Refusal.BROKEN),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # an archive holds the hour at which it was made
)
def test_what_cannot_be_published_is_refused_with_its_reason(name, data, reason):
    assert refusal(name, data) is reason


def test_a_picture_of_a_billion_pixels_is_refused_before_it_is_opened():
    import struct
    import zlib

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    assert refusal("bombe.png", bomb) is Refusal.BOMB


@settings(max_examples=150)
@given(
    start=st.sampled_from(
        [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF"]
    ),
    rest=st.binary(max_size=400),
    name=st.text(max_size=40),
)
def test_no_bytes_make_it_raise_anything_but_a_refusal(start, rest, name):
    try:
        kept = examine(name=name, data=start + rest)
    except Refused:
        return
    assert kept.name
    assert "/" not in kept.name
