"""The finished message: its weight, what mailboxes drop of it, its contrast in light and in forced dark."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from commun.newsletters.rendering.checks.findings import Finding
from commun.newsletters.rendering.checks.images import kilo
from commun.newsletters.rendering.documents import Documents
from commun.newsletters.rendering.mailboxes import DARK_GROUND, turned_over

HTML_WANTED = 60 * 1024
HTML_MAX = 90 * 1024
CONTRAST = 4.5
_LOST = {
    "video",
    "audio",
    "form",
    "input",
    "button",
    "select",
    "textarea",
    "svg",
    "iframe",
    "object",
    "embed",
    "script",
}
_LOST_STYLE = re.compile(
    r"(?:^|[;\s])(position\s*:\s*(?:fixed|absolute|sticky)|background-image\s*:|display\s*:\s*(?:flex|grid))"
)
_VOID = {"img", "br", "hr", "meta", "link", "input", "col", "wbr"}
_COLOUR = re.compile(r"(?:^|;)\s*(color|background-color|background)\s*:\s*(#[0-9a-f]{3,6})\b", re.IGNORECASE)


def check_documents(documents: Documents) -> Iterator[Finding]:
    weight = len(documents.email.encode())
    if weight > HTML_MAX:
        yield Finding("html_heavy", "blocking", f"Le message pèse {kilo(weight)} sur {kilo(HTML_MAX)}.")
    elif weight > HTML_WANTED:
        yield Finding("html_large", "warning", f"Le message pèse {kilo(weight)} ; visez {kilo(HTML_WANTED)} au plus.")
    reader = _Reader()
    reader.feed(documents.email)
    for lost in sorted(reader.lost):
        yield Finding("mailbox_drops", "blocking", f"Le message contient « {lost} ».")
    for words, ratio in reader.faint:
        yield Finding("contrast_low", "blocking", f"« {words} » se lit mal sur son fond ({_said(ratio)} pour 1).")
    yield from _faint_in_the_dark(documents.email, but={words for words, _ in reader.faint})


def _faint_in_the_dark(email: str, *, but: set[str]) -> Iterator[Finding]:
    """Where an application turns colours over without asking; what is faint in light is said once."""
    reader = _Reader(colour="#ffffff", ground=DARK_GROUND)
    reader.feed(turned_over(email))
    for words, ratio in reader.faint:
        if words not in but:
            said = f"« {words} » se lit mal quand une messagerie retourne les couleurs ({_said(ratio)} pour 1)."
            yield Finding("contrast_low", "blocking", said)


def _said(ratio: float) -> str:
    return f"{ratio:.1f}".replace(".", ",")


class _Reader(HTMLParser):
    """Walks the message as a browser without `<style>` would: inline styles alone."""

    def __init__(self, *, colour: str = "#000000", ground: str = "#ffffff") -> None:
        super().__init__(convert_charrefs=True)
        self.lost: set[str] = set()
        self.faint: list[tuple[str, float]] = []
        self._stack: list[tuple[str, str, str, bool]] = [("", colour, ground, False)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        style = given.get("style", "")
        if tag in _LOST:
            self.lost.add(f"<{tag}>")
        if found := _LOST_STYLE.search(style):
            self.lost.add(found[1].strip())
        if any(given.get(name, "").startswith("data:") for name in ("src", "href")):
            self.lost.add("data:")
        _, colour, ground, hidden = self._stack[-1]
        for name, value in _COLOUR.findall(style):
            if name.lower() == "color":
                colour = value
            else:
                ground = value
        if tag not in _VOID:
            hidden = hidden or "display:none" in style.replace(" ", "") or tag in {"style", "title", "script"}
            self._stack.append((tag, colour, ground, hidden))

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self._stack) - 1, 0, -1):
            if self._stack[at][0] == tag:
                del self._stack[at:]
                return

    def handle_data(self, data: str) -> None:
        _, colour, ground, hidden = self._stack[-1]
        words = data.strip("\u2007\ufeff\u034f \n\u00a0")
        if words and not hidden:
            ratio = contrast(colour, ground)
            if ratio < CONTRAST and not any(ratio == known for _, known in self.faint):
                self.faint.append((words[:40], ratio))


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours written `#rgb` or `#rrggbb`."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits.ljust(6, "0")
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
