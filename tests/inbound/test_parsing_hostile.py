"""Whatever comes in: no exception (`read_message` has no net), bounded time, bounded memory."""

from __future__ import annotations

import base64
import random
import time
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commun.inbound.parsing import parse
from commun.inbound.parsing.identity import fingerprint
from commun.inbound.parsing.message import read_message
from tests.inbound import corpus
from tests.mailing.returns.corpus import entries

HEAD = corpus.head().encode()
MEGABYTE = 1_000_000
# Far over what they take (the slowest, two seconds), far under what quadratic time would.
MOST_SECONDS = 20


def _nested(depth: int) -> bytes:
    return b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (n, n) for n in range(depth))


def _html(body: bytes) -> bytes:
    return HEAD + b"Content-Type: text/html\r\n\r\n" + body


def _text(body: bytes) -> bytes:
    return HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + body


HOSTILE = {
    "ten thousand nested parts": lambda: HEAD + _nested(10_000) + b"\r\nfin",
    "ten thousand parts side by side": lambda: corpus.mixed(*[b"\r\nx"] * 10_000),
    "a chain of attached messages": lambda: (HEAD + b"Content-Type: message/rfc822\r\n\r\n") * 10_000,
    "a header of a megabyte": lambda: b"Subject: " + b"x" * MEGABYTE + b"\r\n" + HEAD + b"\r\nbonjour",
    "a hundred thousand headers": lambda: b"X-A: b\r\n" * 100_000 + b"\r\nbonjour",
    "no header at all": lambda: b"aaaa\r\n" * 200_000,
    "NULs": lambda: b"\0" * MEGABYTE,
    "nothing": lambda: b"",
    "a quarter of a million entities": lambda: _html(b"&" * 250_000),
    "two hundred thousand open elements": lambda: _html(b"<div>" * 200_000),
    "open elements of every kind": lambda: _html(b"<a><b><i><u><font><em>" * 30_000 + b"<p>" * 20_000),
    "quotes in quotes": lambda: _html(b"<blockquote>" * 90_000),
    "half-open tags": lambda: _html(b"<" * MEGABYTE),
    "headings without an end": lambda: _text(b"le lundi 3 a \r\n" * 70_000),
    "twenty thousand telephones": lambda: _text(b"Envoy\xc3\xa9 de mon iPhone\r\n" * 20_000),
    "closings": lambda: _text(b"Cordialement\r\n" * 60_000),
    "one line of quotes": lambda: _text(b">" * MEGABYTE),
    "parentheses in an address": lambda: b"To: " + b"(" * 16_000 + b"\r\n\r\nx",
    "a hundred thousand recipients": lambda: b"To: " + b"a@b.example, " * 100_000 + b"\r\n\r\nx",
    "parameters": lambda: b"Content-Type: text/plain; " + b"".join(b"name*%d*=x; " % n for n in range(2000)),
    "a date of digits": lambda: b"Date: " + b"9" * 16_000 + b"\r\n\r\nx",
    "unknown charsets": lambda: b"Subject: =?../etc?q?x?= =?zlib?b?eJw=?= =?utf-7?q?+2AA-?=\r\n\r\nx",
}


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_hostile_messages_take_neither_the_process_nor_its_time(make):
    raw = make()
    started = time.process_time()
    message = read_message(raw)
    fingerprint(raw, recipient="a@example.org")

    assert time.process_time() - started < MOST_SECONDS
    message.text.encode("utf-8")
    assert "\0" not in message.text + message.subject


def test_thirty_megabytes_take_little_more_than_their_size():
    data = base64.encodebytes(bytes(21_000_000)).replace(b"\n", b"\r\n")
    raw = b"Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n" + data
    tracemalloc.start()
    try:
        message = read_message(raw)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert len(message.attachments[0].data) == 21_000_000
    assert peak < 4 * len(raw)


SEEDS = [
    *[entry.raw for entry in entries()][::6],
    corpus.written(subject="Été", body="Bonjour", attachments=((corpus.PNG, "image/png", "é.png"),)),
    corpus.html("<p>Bonjour <blockquote>x</blockquote>"),
    corpus.text(
        "Oui.\n\nLe 3 mars 2026 à 10:12, Équipe a écrit :\n> x\n-- \nC", parameters="; format=flowed; delsp=yes"
    ),
    corpus.mixed(b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.b64encode(HEAD)),
]
TOKENS = (
    b'\r\n\r\n|--=limite|=?utf-8?q?|?=|\0|\xff\xfe|Content-Type: |boundary=|base64|;|"|<|>|(|=\r\n|multipart/mixed|'
    b"message/rfc822|charset=utf-7|From: |Subject: |-----"
).split(b"|")


@settings(max_examples=300)
@given(seed=st.sampled_from(SEEDS), number=st.integers(0, 2**32), times=st.integers(1, 12))
def test_damaged_messages_never_raise(seed, number, times):
    chance, raw = random.Random(number), bytearray(seed)
    for _ in range(times):
        at = chance.randrange(len(raw) + 1)
        act = chance.randrange(4)
        if act == 0:
            raw[at:at] = chance.choice(TOKENS)
        elif act == 1:
            del raw[at : at + chance.randrange(1, 60)]
        elif act == 2:
            raw[at:at] = raw[chance.randrange(len(raw) + 1) :][:200]
        elif raw:
            raw[at % len(raw)] = chance.randrange(256)
    message = read_message(bytes(raw), authserv_id="mx.example.org")

    f"{message.text}{message.subject}{message.sender.name}{message.html}".encode()


@settings(max_examples=200)
@given(st.binary(max_size=2000))
def test_any_bytes_are_a_message(raw):
    read_message(raw)


def test_the_net_is_there_should_all_else_fail(monkeypatch):
    monkeypatch.setattr("commun.inbound.parsing.message._read_part", lambda root: 1 / 0)

    assert parse(b"From: a@example.org\r\n\r\nx").defects == ("unreadable",)
