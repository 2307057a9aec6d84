"""Finished bytes: whatever is written and to whomever it goes, each copy is the letter, and nothing but the letter."""

from __future__ import annotations

import re
from email import message_from_bytes, policy

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from commun.mailing import finished
from commun.mailing.types import PERSONAL_TOKEN, PREFERENCES_TOKEN, UNSUBSCRIBE_TOKEN

TOKENS = (UNSUBSCRIBE_TOKEN, PREFERENCES_TOKEN, PERSONAL_TOKEN)
_readable = st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029\x85") | st.just("\n")
texts = st.lists(
    st.text(_readable, max_size=120) | st.sampled_from([*TOKENS, ".", "\n.", "From ", "=3D", " "]), max_size=12
)
addresses = st.from_regex(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,60}@[a-z0-9-]{1,40}\.example", fullmatch=True
) | st.sampled_from(["é@exemple.example", "a" * 64 + "@example.org", '"a..b"@example.org', "\u4e2d@\u4e2d.example"])
keys = st.from_regex(r"[A-Za-z0-9_-]{32}", fullmatch=True)


def values(*, address: str, key: str) -> dict[str, str]:
    return {
        finished.RECIPIENT: address,
        finished.DATE: "Tue, 24 Nov 2026 09:00:00 +0100",
        finished.MESSAGE_ID: f"<{key[:24].lower()}@example.org>",
        UNSUBSCRIBE_TOKEN: key,
        PREFERENCES_TOKEN: key[::-1],
        PERSONAL_TOKEN: key.swapcase(),
    }


def template(*, text: str, html: str, subject: str = "La lettre n° 2") -> finished.Template:
    headers = [
        ("From", finished.mailbox("Territoires en Commun <lettre@example.org>")),
        ("To", finished.RECIPIENT),
        ("Subject", subject),
        ("Date", finished.DATE),
        ("Message-ID", finished.MESSAGE_ID),
        ("List-Unsubscribe", f"<https://lettre.example.org/desabonnement/{UNSUBSCRIBE_TOKEN}/>"),
    ]
    return finished.Template.cut(
        finished.build(headers=headers, text=text, html=html), constant={finished.CAMPAIGN: "c"}
    )


def personal(text: str, *, address: str, key: str) -> str:
    for token, value in values(address=address, key=key).items():
        text = text.replace(token, value)
    return text


def as_sent(text: str) -> list[str]:
    """Lines, as any mail program shows them."""
    return [line.rstrip(" ") for line in re.split(r"\r\n|\r|\n", text.rstrip("\r\n"))]


@settings(max_examples=250)
@given(text=texts.map("".join), html=texts.map("".join), address=addresses, key=keys)
@example(text="." * 200, html="\n.\n..\n", address="a@b.example", key="A" * 32)
@example(text="é" * 300, html=UNSUBSCRIBE_TOKEN * 5, address="é@b.example", key="-" * 32)
def test_each_copy_says_what_was_written_with_its_own_tokens(text, html, address, key):
    try:
        cut = template(text=text, html=html)
    except finished.Damaged:
        return  # half a placeholder was written: nothing leaves
    copy = cut.splice(values(address=address, key=key))
    assert len(copy) == cut.size(values(address=address, key=key))

    head, _, body = copy.partition(b"\r\n\r\n")
    assert b"\n" not in copy.replace(b"\r\n", b"")
    assert b"\r" not in copy.replace(b"\r\n", b"")
    assert not re.search(rb"(^|\r\n)\.", copy), "DATA and BDAT carry the same bytes"
    assert body.isascii()
    assert max(map(len, copy.split(b"\r\n"))) <= 998
    assert all(slot.encode() not in copy for slot in finished.SLOTS if slot not in {key, key[::-1], key.swapcase()})

    parsed = message_from_bytes(copy, policy=policy.compat32)
    assert not any(part.defects for part in parsed.walk())
    plain, rich = parsed.get_payload()
    for part, written in ((plain, text), (rich, html)):
        said = part.get_payload(decode=True).decode("utf-8")
        assert as_sent(said) == as_sent(personal(written, address=address, key=key))
    assert f"/desabonnement/{key}/>".encode() in head


@given(keys, keys, addresses)
def test_two_copies_to_one_address_have_one_length_and_differ_in_their_tokens_alone(one, other, address):
    cut = template(text=f"Bonjour {UNSUBSCRIBE_TOKEN}", html=f"<p>{PREFERENCES_TOKEN} {PERSONAL_TOKEN}</p>")
    first, second = (cut.splice(values(address=address, key=key)) for key in (one, other))
    assert len(first) == len(second)
    for token in {finished.MESSAGE_ID, *TOKENS}:
        mine, theirs = values(address=address, key=one)[token], values(address=address, key=other)[token]
        assert mine.encode() in first
        assert theirs.encode() in second


@given(st.text(max_size=40), st.sampled_from(["\r", "\n", "\r\n", "\x00", "\x7f", "\x0b"]), st.text(max_size=40))
def test_no_header_takes_a_control_character_wherever_it_stands(before, control, after):
    with pytest.raises(finished.Unsafe):
        finished.encode_header("Subject", f"{before}{control}Bcc: x@example.org{after}")
    with pytest.raises(finished.Unsafe):
        finished.encode_header(f"X-{control}", "x")


@given(st.text(_readable.filter(lambda one: one != "\n"), max_size=300))
def test_a_header_stays_one_header_and_says_what_was_written(subject):
    encoded = finished.encode_header("Subject", subject)
    lines = encoded.split(b"\r\n")
    assert lines.pop() == b""
    assert all(line.startswith((b" ", b"\t")) for line in lines[1:])
    assert max(map(len, lines)) <= 998
    parsed = message_from_bytes(encoded + b"\r\n", policy=policy.default)
    assert list(parsed.keys()) == ["Subject"]


def test_a_slot_without_value_is_an_error_never_a_hole():
    cut = template(text=UNSUBSCRIBE_TOKEN, html="x")
    known = values(address="a@example.org", key="k" * 32)
    del known[UNSUBSCRIBE_TOKEN]
    with pytest.raises(KeyError):
        cut.splice(known)
