"""Addresses of pages, with the words that name them, and what each is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

from commun.contributions.understanding.result import Field, Reason, Span, Suggestion, Where, Writing
from commun.contributions.understanding.text import fold

MOST_LINKS = 30
MOST_HTML = 300_000
_ADDRESS = re.compile(r"\b(?:https?://|www\.)[^\s<>\"'»”]{3,1000}", re.IGNORECASE)
_DULL = re.compile(
    r"(?:cliquez )?(?:ici|sur (?:ce|le) lien|ce lien|le lien|lien|en savoir plus|lire la suite|voir|plus d'infos?"
    r"|telecharger|cliquez|here|link|site|page|suivre ce lien|s'inscrire|inscription|lire|decouvrir|consulter)[\s.:!>→]*"
)
_UNWANTED = re.compile(
    r"unsubscribe|desabonn|desinscri|/optout|view(?:_|-)?in(?:_|-)?browser|facebook\.com|twitter\.com|//x\.com|linkedin\.com"
    r"|instagram\.com|aka\.ms/|go\.microsoft\.com|apps\.apple\.com|play\.google\.com|avast\.com|avg\.com|youtube\.com/(?:c/|@|user)"
)
_VIDEO = re.compile(
    r"zoom\.us/|teams\.microsoft\.com|teams\.live\.com|webex\.com|meet\.google\.com|meet\.jit\.si|/b/[a-z0-9-]{6,}"
    r"|visio[.-]|bigbluebutton|livestorm\.co|rdv\.|whereby\.com|gotomeet"
)
_REGISTRATION = re.compile(
    r"inscri|register|registration|helloasso\.com|eventbrite|framaforms|framadate|forms\.gle|forms\.office|evento|sondage"
    r"|billetweb|weezevent|grist|typeform|docs\.google\.com/forms|limesurvey"
)
_VIDEO_WORDS = re.compile(r"visio|se connecter|connexion|rejoindre|reunion en ligne|en direct")


def read(writing: Writing) -> Iterator[Suggestion]:
    anchors = _anchors(writing.html) if writing.html else {}
    seen: set[str] = set()
    for where, text in ((Where.BODY, writing.body), (Where.SIGNATURE, writing.signature)):
        for found in _ADDRESS.finditer(text):
            address, end = _trim(found[0], found.start())
            key = _key(address)
            if key in seen or _UNWANTED.search(address.lower()) or not urlsplit(address).hostname:
                continue
            seen.add(key)
            if len(seen) > MOST_LINKS:
                return
            span = Span(where, found.start(), end)
            yield _suggest(address=address, anchor=anchors.get(key, ""), text=text, span=span)


def _trim(raw: str, start: int) -> tuple[str, int]:
    """Without the punctuation of the sentence around it; a closing bracket stays where it was opened inside."""
    bare = raw.rstrip(".,;:!?…*_'\"")
    while bare.endswith((")", "]", "}")) and bare.count(bare[-1]) > bare.count(
        {")": "(", "]": "[", "}": "{"}[bare[-1]]
    ):
        bare = bare[:-1].rstrip(".,;:!?…*_")
    try:
        urlsplit(bare).port  # noqa: B018 (asked for what it raises)
    except ValueError:
        return "", start + len(bare)
    return (bare if "://" in bare else f"https://{bare}"), start + len(bare)


def _key(address: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", address.lower()).rstrip("/")


def _suggest(*, address: str, anchor: str, text: str, span: Span) -> Suggestion:
    before = text[max(0, span.start - 160) : span.start].rsplit("\n\n", 1)[-1]
    beside = _words_before(before)
    if anchor and not _DULL.fullmatch(fold(anchor)) and "://" not in anchor:
        title, reason, confidence = anchor, Reason.ANCHOR, 0.9
    elif beside:
        title, reason, confidence = beside, Reason.BESIDE, 0.7
    else:
        title, reason, confidence = "", Reason.ALONE, 0.7
    context = fold(f"{before[-90:]} {anchor}")
    lower = address.lower()
    field = Field.LINK
    if _VIDEO.search(lower) or (_VIDEO_WORDS.search(context) and not _REGISTRATION.search(context)):
        field = Field.VIDEO
    elif _REGISTRATION.search(lower) or re.search(r"inscri[a-z]*[^.\n]{0,60}$", context):
        field = Field.REGISTRATION
    if span.where is Where.SIGNATURE:
        confidence = 0.3
    return Suggestion(
        field=field, value=address, label=title[:160], confidence=confidence, reason=reason, evidence=(span,)
    )


def _words_before(before: str) -> str:
    """« Le guide des budgets participatifs : https://… » names its link; so does a line that stands just above."""
    line = before.rstrip().rstrip("<(").rstrip().removesuffix("\n")
    line = line.rsplit("\n", 1)[-1].strip()
    sentence = re.split(r"(?<=[.!?])\s", line)[-1].strip(" \t-–—•*>:→(<")
    if not 3 <= len(sentence) <= 140 or _ADDRESS.search(sentence) or not re.search(r"[^\W\d_]{3}", sentence):
        return ""
    return "" if _DULL.fullmatch(fold(sentence)) else sentence


class _Anchors(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, str] = {}
        self._href = ""
        self._words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href, self._words = dict(attrs).get("href") or "", []

    def handle_data(self, data: str) -> None:
        if self._href:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href.startswith("http"):
            words = " ".join("".join(self._words).split())[:160]
            if words and len(self.found) < 10 * MOST_LINKS:
                self.found.setdefault(_key(self._href), words)
        if tag == "a":
            self._href = ""


def _anchors(html: str) -> dict[str, str]:
    parser = _Anchors()
    parser.feed(html[:MOST_HTML])
    parser.close()
    return parser.found
