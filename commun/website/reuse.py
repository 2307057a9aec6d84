"""What one takes away of a resource: its text alone, and all of it in one file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from html.parser import HTMLParser
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from commun.cms.api import Licence
from commun.common import french
from commun.library.api import ExperiencePage, KitPage, ResourcePage, SheetPage, kit_sheets
from commun.website.listings import Reuse, reuse_of, reuse_of_sheet
from commun.website.open import reading

_IN_MEMORY = 4 * 1024 * 1024
_BLOCKS = frozenset({"p", "div", "section", "article", "aside", "ul", "ol", "blockquote", "figure", "figcaption", "dl",
                     "table", "tr", "summary", "details", "footer", "header"})  # fmt: skip
_HEADINGS = {"h2": "=", "h3": "-", "h4": "-"}
_SILENT = frozenset({"script", "style", "svg", "picture"})


def may_be_taken(page: ResourcePage) -> bool:
    """Where some rights are given."""
    return bool(page.licence) and page.licence != Licence.RESERVED


def plain_text(page: ResourcePage) -> str:
    """UTF-8 lines; headings underlined, lists with dashes, the sheets of a kit one after the other; what to write of
    its author comes last."""
    parts = [*_opening(page.title, page.summary), *_words(_told(page))]
    for sheet in _sheets(page):
        parts += [*_opening(sheet.title, sheet.summary), *_words([sheet.body.render_as_block()])]
    return _lines(parts, said=reuse_of(page), licence=page.licence)


def sheet_text(sheet: SheetPage, *, kit: KitPage) -> str:
    """As `plain_text`, of one sheet: its rights are the kit's."""
    parts = [*_opening(sheet.title, sheet.summary), *_words([sheet.body.render_as_block()])]
    return _lines(parts, said=reuse_of_sheet(sheet, kit=kit), licence=kit.licence)


def _opening(title: str, summary: str) -> list[str]:
    return [f"{title}\n{'=' * len(title)}", *([summary] if summary else [])]


def _words(pieces: Iterable[str]) -> list[str]:
    return [text for text in map(to_text, pieces) if text]


def _lines(parts: list[str], *, said: Reuse, licence: str) -> str:
    mention = [f"{'-' * 40}\nÀ écrire sous ce que vous reprenez :\n{said.attribution}"]
    if said.licence_url:
        mention.append(f"Licence : {Licence(licence).label}\n{said.licence_url}")
    return "\n\n".join(parts + mention) + "\n"


def pack(page: ResourcePage) -> IO[bytes]:
    """A zip: the text, what to write, a description for programs, the documents. From its beginning."""
    made = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    said = reuse_of(page)
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("texte.txt", plain_text(page))
        archive.writestr("mention-a-copier.txt", f"{said.attribution}\n")
        told = reading.one(table="resources", identity=str(page.translation_key))
        if told is not None:
            archive.writestr("description.json", json.dumps(told.model_dump(mode="json"), ensure_ascii=False, indent=1))
        for name, document in _documents(page):
            with document.file.open("rb") as source, archive.open(f"documents/{name}", "w", force_zip64=True) as target:
                while part := source.read(1 << 16):
                    target.write(part)
    made.seek(0)
    return made


def _documents(page: ResourcePage) -> Iterator[tuple[str, Any]]:
    """Those beside the text, then those placed in it, each once."""
    found = {item.document.pk: item.document for item in page.documents.select_related("document")}
    for body in (page.body, *(sheet.body for sheet in _sheets(page))):
        for block in body:
            if block.block_type == "documents":
                placed = [item["document"] for item in block.value["items"]]
                found |= {one.pk: one for one in placed if one is not None}
    names: set[str] = set()
    for document in found.values():
        name = document.filename
        while name in names:
            name = f"bis-{name}"
        names.add(name)
        yield name, document


def _sheets(page: ResourcePage) -> list[SheetPage]:
    return kit_sheets(kit=page) if isinstance(page, KitPage) else []


def _told(page: ResourcePage) -> Iterator[str]:
    """Pieces of HTML, in the order of the page."""
    if isinstance(page, ExperiencePage):
        if page.context:
            yield f"<h2>Contexte</h2>{page.context}"
        if page.steps:
            yield f"<h2>Étapes</h2>{page.steps.render_as_block()}"
        means = [("Coût", page.means_cost), ("Temps", page.means_time), ("Personnes", page.means_people)]
        if told := "".join(f"<li>{name} : {escape(text)}</li>" for name, text in means if text):
            yield f"<h2>Moyens</h2><ul>{told}</ul>"
        figures = [
            f"<li>{escape(one.value)} {escape(one.label)} ({escape(one.source)}, {french.day(one.date)})</li>"
            for one in page.figures.all()
        ]
        if figures:
            yield f"<h2>Résultats</h2><ul>{''.join(figures)}</ul>"
    yield page.body.render_as_block()
    if isinstance(page, ExperiencePage) and page.what_failed:
        yield f"<h2>Ce qui n’a pas marché</h2>{page.what_failed}"


class _Reader(HTMLParser):
    """Words of HTML, as lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = [""]
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _HEADINGS:
            self.lines += ["", ""]
        elif tag == "li":
            self.lines.append("- ")
        elif tag == "br":
            self.lines.append("")
        elif tag in _BLOCKS and self.lines[-1] != "- ":
            self.lines += ["", ""]

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _HEADINGS:
            title = self.lines[-1].strip()
            self.lines += [_HEADINGS[tag] * len(title), "", ""]
        elif tag in _BLOCKS:
            self.lines += ["", ""]

    def handle_data(self, data: str) -> None:
        if not self._silent:
            said = re.sub(r"\s+", " ", data)
            self.lines[-1] += said.lstrip() if not self.lines[-1] else said


def to_text(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = "\n".join(line.rstrip() for line in reader.lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()
