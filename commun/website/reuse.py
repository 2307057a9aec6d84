"""What one takes away of a resource: its text alone, and all of it in one file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from commun.cms.api import Licence
from commun.library.api import ExperiencePage, ResourcePage
from commun.website.listings import reuse_of
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
    """UTF-8 lines; headings underlined, lists with dashes; what to write of its author comes last."""
    parts = [f"{page.title}\n{'=' * len(page.title)}", page.summary]
    parts += [text for text in map(to_text, _told(page)) if text]
    said = reuse_of(page)
    parts.append(f"{'-' * 40}\nÀ écrire sous ce que vous reprenez :\n{said.attribution}")
    if said.licence_url:
        parts.append(f"Licence : {Licence(page.licence).label}\n{said.licence_url}")
    return "\n\n".join(parts) + "\n"


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
    names: set[str] = set()
    for item in page.documents.select_related("document"):
        name = item.document.filename
        while name in names:
            name = f"bis-{name}"
        names.add(name)
        yield name, item.document


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
            f"<li>{escape(one.value)} {escape(one.label)} ({escape(one.source)})</li>" for one in page.figures.all()
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
