"""`docs/images/architecture.svg`, from the layers that import-linter holds. `python -m tools.draw.rooms` writes it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURE = ROOT / "docs" / "images" / "architecture.svg"

INK, QUIET, ARROW = "#1b2a49", "#3a4763", "#b34a2c"
# What a room is about, and its colour: what stands around, what people see, what it is about, mail.
AROUND, SEEN, SUBJECT, MAIL = "#e8edf6", "#dcebe6", "#f6ecd9", "#f3dfda"
ROOMS = {
    "config": (AROUND, "settings, checks"),
    "demo": (AROUND, "content, mailbox"),
    "upkeep": (AROUND, "back up, restore"),
    "website": (SEEN, "home, theme page, lists, feeds"),
    "newsletters": (SEEN, "compose, render, approve, archive"),
    "freshness": (SEEN, "still true? reports, dead links"),
    "contributions": (SEEN, "intake → moderation → draft"),
    "peers": (SEEN, "introductions, network, self-assessment"),
    "cooperation": (SEEN, "needs, proposals, shared projects"),
    "finding": (SEEN, "one index: words, facets, places"),
    "agenda": (SUBJECT, "events, partner news"),
    "votes": (SUBJECT, "ballot box, tally"),
    "library": (SUBJECT, "themes, resources, concepts"),
    "subscribers": (MAIL, "consent, preferences, import"),
    "mailing": (MAIL, "messages, sends, ledger, returns"),
    "inbound": (MAIL, "LMTP, IMAP, pipe; raw store"),
    "territories": (SUBJECT, "register, organisations, mandates"),
    "cms": (AROUND, "base page, blocks, images"),
    "accounts": (AROUND, "users, sign-in, groups"),
    "common": (AROUND, "clock, signing, guard, registries"),
}
STEPS = [
    ("Theme, call for contributions", "library → newsletters"),
    ("An e-mail or a form comes in", "inbound → contributions"),
    ("Moderated, becomes a draft", "contributions → library, agenda"),
    ("On line, and found", "library, agenda → finding → website"),
    ("Composed, copied, frozen, rendered", "newsletters"),
    ("Approved by a second person, on the hash", "newsletters"),
    ("Sealed message, audience written down", "subscribers → mailing: Message, Send, Delivery"),
    ("Spliced per person, over SMTP", "mailing worker → relay → mailbox"),
    ("Bounces, complaints, unsubscriptions", "inbound → mailing → subscribers"),
    ("Read on the web; needs, votes", "website, cooperation, votes"),
    ("Shared project, experience given back", "cooperation → contributions"),
]
TOP, ROW, HIGH = 70, 68, 58
LEFT, WIDE, GAP = 60, 520, 12


def layers() -> list[list[str]]:
    """From the top: rooms of one layer know nothing of each other."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (ours,) = (one for one in contracts if one["id"] == "layers")
    return [re.findall(r"\w+", layer) for layer in ours["layers"]]


def draw() -> str:
    """The whole picture. Raises KeyError where a room has no description."""
    rows = layers()
    height = TOP + ROW * len(rows) + 20
    words = 'font-family="system-ui, Segoe UI, Roboto, Helvetica, Arial, sans-serif"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 {height}" role="img" aria-labelledby="t d" {words}>',
        '<title id="t">Rooms of Territoires en Commun and the way of the data through them</title>',
        (
            f'<desc id="d">Left: {len(rows)} layers of rooms, imports go down only. Right: the loop, from a theme to an '
            "experience given back, with the rooms that do each step.</desc>"
        ),
        f'<rect width="1200" height="{height}" fill="#ffffff"/>',
        _text(LEFT, 40, "Rooms: imports go down, never up, never sideways", size=18, bold=True),
        *_rooms(rows),
        (
            f'<path d="M36 {TOP} V{height - 24}" stroke="{INK}" stroke-width="3" fill="none"/>'
            f'<path d="M28 {height - 36} L36 {height - 20} L44 {height - 36}" fill="none" stroke="{INK}" stroke-width="3"/>'
        ),
        _text(660, 40, "The way of the data", size=18, bold=True),
        *_way(height),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _text(x: float, y: float, said: str, *, size: int, bold: bool = False) -> str:
    look = f'font-size="{size}" font-weight="700" fill="{INK}"' if bold else f'font-size="{size}" fill="{QUIET}"'
    return f'<text x="{x:g}" y="{y:g}" {look}>{escape(said)}</text>'


def _rooms(rows: list[list[str]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        width = (WIDE - GAP * (len(row) - 1)) / len(row)
        for place, room in enumerate(row):
            colour, about = ROOMS[room]
            x, y = LEFT + place * (width + GAP), TOP + ROW * number
            yield (
                f'<rect x="{x:g}" y="{y}" width="{width:g}" height="{HIGH}" rx="8" fill="{colour}" stroke="{INK}" '
                'stroke-opacity=".25"/>'
            )
            yield _text(x + 14, y + 25, room, size=17, bold=True)
            yield _text(x + 14, y + 45, about, size=13)


def _way(height: int) -> Iterator[str]:
    yield (
        '<defs><marker id="m" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        f'orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" fill="{ARROW}"/></marker></defs>'
    )
    down = (height - 20 - TOP - HIGH) / (len(STEPS) - 1)
    for number, (step, where) in enumerate(STEPS):
        y = TOP + down * number
        yield f'<rect x="660" y="{y:g}" width="480" height="{HIGH}" rx="8" fill="#fff" stroke="{ARROW}" stroke-width="1.5"/>'
        yield _text(676, y + 25, step, size=16, bold=True)
        yield _text(676, y + 45, where, size=13)
        if number:
            yield (
                f'<path d="M900 {y - down + HIGH:g} V{y - 2:g}" stroke="{ARROW}" stroke-width="2" marker-end="url(#m)"/>'
            )
    last = TOP + down * (len(STEPS) - 1) + HIGH / 2
    yield (
        f'<path d="M1140 {last:g} H1170 V{TOP + HIGH / 2:g} H1142" fill="none" stroke="{ARROW}" stroke-width="2" '
        'stroke-dasharray="6 5" marker-end="url(#m)"/>'
    )


if __name__ == "__main__":
    PICTURE.write_text(draw(), encoding="utf-8")
