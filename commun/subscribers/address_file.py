"""Reading a CSV of addresses as people make them: any usual encoding and separator, with or without headings.

Pure: bytes in, rows out, one at a time, whatever the size of the file. Nothing in a file makes it
die: what cannot be read is a refused line with its number, and reading goes on after it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

CHUNK = 1 << 16
LONGEST_LINE = 1 << 16  # an address file has no such line; one without line ends must not fill memory
LONGEST_RECORD_LINES = 50  # beyond, a quotation mark was opened by mistake
# In order: « adresse » may well be a postal one when a column says « courriel ».
HEADINGS = (
    "email", "adresseemail", "emailaddress", "mail", "adressemail", "courriel", "adressecourriel", "mel",
    "adresseelectronique", "adressedemessagerie", "messagerie", "adresse", "address",
)  # fmt: skip
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Unreadable(ValueError):
    """The file as a whole cannot be read; `str(error)` says why, in French."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: what stands where the address should, or why it could not be read."""

    line: int
    address: str
    problem: str = ""


class AddressFile:
    """Iterate over it to get rows. `truncated` and `position` (bytes read) are true as it goes.

    `stream` is binary and seekable; it is read from its beginning.
    """

    def __init__(self, stream: BinaryIO):
        self._stream = stream
        self.truncated = False
        self.encoding = self._detect_encoding()
        stream.seek(0)
        self._text = io.TextIOWrapper(stream, encoding=self.encoding, errors="replace", newline="")
        self._pending: deque[tuple[int, str]] = deque()
        self._line = 0
        self._delimiter = ","

    @property
    def position(self) -> int:
        return self._stream.tell()

    def __iter__(self) -> Iterator[Row]:
        try:
            yield from self._rows()
        finally:
            self._text.detach()  # the stream is its owner's to close

    # --- bytes to lines ---------------------------------------------------------------------------

    def _detect_encoding(self) -> str:
        """UTF-8 if every byte says so (a character cut by the end of the file apart), else Windows' own."""
        self._stream.seek(0)
        head = self._stream.read(4)
        if not head:
            raise Unreadable("Le fichier est vide.")
        if head.startswith(_WORKBOOKS):
            raise Unreadable("C’est un classeur, pas un fichier CSV : enregistrez-le au format « CSV UTF-8 ».")
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        decoder = codecs.getincrementaldecoder("utf-8")()
        chunk = head
        try:
            while chunk:
                decoder.decode(chunk)
                chunk = self._stream.read(CHUNK)
        except UnicodeDecodeError:
            return "cp1252"
        if decoder.getstate()[0]:
            self.truncated = True
        return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"

    def _next_line(self) -> tuple[int, str] | None:
        """(number, text with its line end), or None at the end; too long a line is cut to `LONGEST_LINE`."""
        if self._pending:
            return self._pending.popleft()
        text = self._text.readline(LONGEST_LINE)
        if not text:
            return None
        self._line += 1
        if len(text) == LONGEST_LINE and not text.endswith(("\n", "\r")):
            while (rest := self._text.readline(LONGEST_LINE)) and not rest.endswith(("\n", "\r")):
                pass
        return self._line, text

    # --- lines to records -------------------------------------------------------------------------

    def _records(self) -> Iterator[tuple[int, list[str], bool, str]]:
        """(line number, fields, whether the line has its end, problem)."""
        while (first := self._next_line()) is not None:
            number, text = first
            if not text.strip():
                continue
            if len(text) >= LONGEST_LINE:
                yield number, [], True, "ligne trop longue pour être une adresse"
                continue
            taken = [first]
            fields, problem = self._parse(taken)
            ended = taken[-1][1].endswith(("\n", "\r"))
            if problem:
                # Only its first line is lost: the others may be whole ones, swallowed by a stray quotation mark.
                self._pending.extendleft(reversed(taken[1:]))
            yield number, fields, ended, problem

    def _parse(self, taken: list[tuple[int, str]]) -> tuple[list[str], str]:
        """Fields of one record; lines it spreads over are added to `taken`."""
        only = taken[0][1]
        if '"' not in only:
            return only.rstrip("\r\n").split(self._delimiter), ""

        def lines() -> Iterator[str]:
            yield only
            while len(taken) < LONGEST_RECORD_LINES and (line := self._next_line()) is not None:
                taken.append(line)
                yield line[1]

        try:
            return next(csv.reader(lines(), delimiter=self._delimiter, strict=True), []), ""
        except csv.Error as error:
            if "unexpected end" not in str(error):
                return [], "guillemets mal placés"
            # Either the file stops inside the quotation marks, or one was opened by mistake far above.
            self.truncated = self.truncated or len(taken) < LONGEST_RECORD_LINES
            return [], "guillemet ouvert et jamais refermé"

    # --- records to addresses ---------------------------------------------------------------------

    def _rows(self) -> Iterator[Row]:
        first = self._next_line()
        while first is not None and not first[1].strip():
            first = self._next_line()
        if first is None:
            raise Unreadable("Le fichier est vide.")
        self._delimiter = sniff_delimiter(first[1])
        self._pending.appendleft(first)
        records = self._records()
        number, headings, ended, problem = next(records)
        column, has_headings = find_column(headings)
        width = len(headings)
        if not has_headings:
            yield self._row(number, headings, ended, problem, column=column, width=width)
        for number, fields, ended, problem in records:
            yield self._row(number, fields, ended, problem, column=column, width=width)

    def _row(self, number: int, fields: list[str], ended: bool, problem: str, *, column: int, width: int) -> Row:
        if problem:
            return Row(number, "", problem)
        raw = fields[column].strip() if column < len(fields) else ""
        if not ended and (len(fields) < width or not _ADDRESS.fullmatch(bare(raw))):
            # The last line stops before its end: what follows was lost on the way.
            self.truncated = True
            if column >= len(fields) - 1:  # the address itself may be cut
                return Row(number, raw, "ligne coupée : le fichier s’arrête ici")
        return Row(number, bare(raw), "" if raw else "pas d’adresse sur cette ligne")


def sniff_delimiter(line: str) -> str:
    """Of the usual separators, the one most frequent outside quotation marks; a comma for a single column."""
    outside = re.sub(r'"[^"]*"', "", line)
    return max(",;\t|", key=outside.count) if any(mark in outside for mark in ",;\t|") else ","


def find_column(first: Iterable[str]) -> tuple[int, bool]:
    """(where addresses stand, whether the first line is one of headings). Raises `Unreadable`."""
    cells = [cell.strip() for cell in first]
    for index, cell in enumerate(cells):
        if _ADDRESS.fullmatch(bare(cell)):
            return index, False
    words = [_word(cell) for cell in cells]
    for heading in HEADINGS:
        if heading in words:
            return words.index(heading), True
    if len(cells) == 1:
        return 0, True
    seen = ", ".join(f"« {cell[:30]} »" for cell in cells[:8])
    raise Unreadable(f"Aucune colonne d’adresse électronique. Colonnes lues : {seen}. Nommez-en une « courriel ».")


def bare(cell: str) -> str:
    """`Camille Roux <camille@example.org>` → the address alone."""
    cell = cell.strip()
    if cell.endswith(">") and "<" in cell:
        return cell[cell.rindex("<") + 1 : -1].strip()
    return cell.removeprefix("mailto:")


def _word(heading: str) -> str:
    plain = unicodedata.normalize("NFKD", heading.casefold())
    return "".join(letter for letter in plain if letter.isalnum() and letter.isascii())
