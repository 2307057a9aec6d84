"""The SMTP dialogue byte by byte: where the network cuts, merges or stops must change nothing but what is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commun.mailing.wire.replies import MAX_LINE, MAX_REPLY, ProtocolViolation, ReplyReader
from commun.mailing.wire.session import Fate, Features, Session
from tests.mailing.test_wire_session import ALL, Server, message

codes = st.sampled_from([220, 250, 251, 354, 421, 450, 451, 452, 550, 552, 554])
words = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=60)


@st.composite
def replies(draw) -> bytes:
    code, lines = draw(codes), draw(st.lists(words, min_size=1, max_size=4))
    end = draw(st.sampled_from(["\r\n", "\n"]))
    head = [f"{code}-{line}{end}" for line in lines[:-1]]
    return "".join([*head, f"{code} {lines[-1]}{end}"]).encode()


def read_in_pieces(data: bytes, cuts: list[int]) -> list:
    reader, found, start = ReplyReader(), [], 0
    for cut in [*sorted(cut % (len(data) + 1) for cut in cuts), len(data)]:
        found += reader.feed(data[start:cut])
        start = max(start, cut)
    return found


@given(st.lists(replies(), min_size=1, max_size=8), st.lists(st.integers(0, 5000), max_size=20))
def test_replies_are_the_same_however_the_network_cuts_them(said, cuts):
    whole = ReplyReader().feed(b"".join(said))
    assert len(whole) == len(said)
    assert read_in_pieces(b"".join(said), cuts) == whole
    assert read_in_pieces(b"".join(said), list(range(len(b"".join(said))))) == whole


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_any_bytes_are_replies_or_a_violation_and_never_held_without_bound(pieces):
    reader = ReplyReader()
    try:
        for piece in pieces:
            for reply in reader.feed(piece):
                assert 200 <= reply.code <= 599
                assert len(reply.text) <= 500
                assert reply.text.isprintable()
    except ProtocolViolation:
        return
    assert len(reader._buffer) <= MAX_LINE


def test_a_megabyte_of_reply_is_refused_before_it_is_held():
    line = b"250-" + b"x" * 500 + b"\r\n"
    reader = ReplyReader()
    for _ in range(MAX_REPLY // len(line)):
        reader.feed(line)
    with pytest.raises(ProtocolViolation):
        reader.feed(line * 4)


def _until(features: Features, *, count: int, most_out: int, most_in: int) -> tuple[dict, Server]:
    """A dialogue cut when the client has written `most_out` bytes, or heard `most_in`."""
    server, session = Server(), Session(features=features, on_wire=lambda _: None)
    waiting, outcomes, out, heard = [message(key) for key in range(count)], [], 0, 0
    while True:
        while waiting and session.ready:
            session.submit(waiting.pop(0))
        data = session.take()[: most_out - out]
        out += len(data)
        said = server.feed(data)[: most_in - heard]
        heard += len(said)
        session.receive(said)
        outcomes += session.outcomes()
        if not data or out >= most_out or heard >= most_in:
            break
    outcomes += session.lost()
    assert len({one.key for one in outcomes}) == len(outcomes)
    return {one.key: one.fate for one in outcomes} | {one.key: Fate.UNTOUCHED for one in waiting}, server


@pytest.mark.parametrize("features", ALL, ids=str)
def test_cut_after_any_byte_in_either_direction_nothing_the_server_took_is_sent_again(features):
    whole, _ = _until(features, count=3, most_out=10**9, most_in=10**9)
    assert set(whole.values()) == {Fate.ACCEPTED}
    for cut in range(700):
        for limits in ({"most_out": cut, "most_in": 10**9}, {"most_out": 10**9, "most_in": cut}):
            fates, server = _until(features, count=3, **limits)
            taken = {int(line.split(b"<p")[1].split(b"@")[0]) for line in server.accepted}
            again = {key for key, fate in fates.items() if fate in {Fate.UNTOUCHED, Fate.DEFERRED, Fate.REFUSED}}
            assert not taken & again
            assert {key for key, fate in fates.items() if fate is Fate.ACCEPTED} <= taken
            assert sum(fate is Fate.UNCERTAIN for fate in fates.values()) <= 1
