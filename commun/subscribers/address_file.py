"""Reading a CSV of addresses as people make them: any usual encoding and separator, with or without headings.

Pure: bytes in, rows out, one at a time, whatever the size of the file. Nothing in a file makes it
die: what cannot be read is a refused line with its number, and reading goes on after it.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from commun.common.characters import clean_name
from commun.subscribers.address_columns import ADDRESS, Columns, KeptOut, bare, by_contents, by_headings, of_sympa, seen
from commun.subscribers.address_values import Other, guessed

CHUNK = 1 << 16
LONGEST_LINE = 1 << 16  # an address file has no such line; one without line ends must not fill memory
LONGEST_RECORD_LINES = 50  # beyond, a quotation mark was opened by mistake
LONGEST_CELL = 500  # of another column: beyond, it is no value
MOST_ABOVE = 20  # title lines above the headings
_SEP = re.compile(r"\ufeff?\W?sep=(\\t|.)\W*$", re.IGNORECASE)
_SYMPA = re.compile(r"email \S+@\S+\s*$")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


_NOTHING: Mapping[Other, str] = {}


class Unreadable(ValueError):
    """The file as a whole cannot be read; `str(error)` says why, in French."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: what stands where the address should, or why it could not be read. `kept_out`: the tool it
    comes from says that she left, or put her out. `others`: what the other columns that are read say, as it is written.
    """

    line: int
    address: str
    problem: str = ""
    kept_out: KeptOut = KeptOut.NO
    others: Mapping[Other, str] = field(default_factory=dict)


class AddressFile:
    """Iterate over it to get rows. `truncated` and `position` (bytes read) are true as it goes.

    `stream` is binary and seekable; it is read from its beginning. `column`: where the addresses stand, counted from
    0, whatever the headings say; `others`: which columns say more of a person, None to guess by headings. `headings`
    and `others` hold what was read as such, once the first row is.
    """

    def __init__(
        self, stream: BinaryIO, *, column: int | None = None, others: Mapping[Other, int] | None = None
    ) -> None:
        self._column, self._others = column, others
        self.others: Mapping[Other, int] = {}
        self.headings: tuple[str, ...] = ()
        self.addresses_in: tuple[int, ...] = ()
        self.cells_seen: tuple[str, ...] = ()
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
            raise Unreadable("C’est un classeur, pas un fichier CSV : enregistrez-le au format « CSV UTF-8 ».")
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if len(head) == 4 and (head[1] == head[3] == 0 or head[0] == head[2] == 0) and any(head):
            return "utf-16-le" if head[1] == 0 else "utf-16-be"  # without its mark, as some programs write it
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
        above: list[tuple[int, str]] = []
        while len(above) < MOST_ABOVE and (line := self._next_line()) is not None:
            if above or line[1].strip():
                above.append(line)
        if not above:
            raise Unreadable("Le fichier est vide.")
        if _SYMPA.match(above[0][1]):
            self._pending.extendleft(reversed(above))
            yield from self._sympa()
            return
        start, columns, width = self._headings(above)
        if self._column is not None:
            columns = replace(columns, addresses=(self._column,))
        self.addresses_in = columns.addresses
        self.others = guessed(self.headings, addresses=columns.addresses) if self._others is None else self._others
        self._pending.extendleft(reversed(above[start:]))
        for number, fields, ended, problem in self._records():
            yield self._row(number, fields, ended, problem, columns=columns, width=width)

    def _headings(self, above: list[tuple[int, str]]) -> tuple[int, Columns, int]:
        """(which of these lines is the first record, its columns, how many there are). Raises `Unreadable`."""
        if marked := _SEP.match(above[0][1]):
            above[0] = (above[0][0], "\n")
        before: list[str] = []
        for at, (_, text) in enumerate(above):
            if not text.strip():
                continue
            self._delimiter = marked[1].replace("\\t", "\t") if marked else sniff_delimiter(text)
            cells = self._cells(text)
            self.cells_seen = tuple(cells)
            if not any(ADDRESS.fullmatch(bare(cell)) for cell in cells):
                columns = by_headings(cells)
                if columns is None and self._column is not None and self._column < len(cells) > 1:
                    columns = Columns((self._column,))  # headings of words we do not know
                if columns is not None:
                    self.headings = tuple(cells)
                    return at + 1, columns, len(cells)
                before = cells
                continue
            # Here addresses begin; the line above them, where it has as many cells, names them.
            self.headings = tuple(before) if len(before) == len(cells) else ()
            columns = by_contents(cells, self.headings)
            assert columns is not None
            return at, columns, len(cells)
        first = next(text for _, text in above if text.strip())
        self._delimiter = marked[1] if marked else sniff_delimiter(first)
        return self._unnamed(self._cells(first), above)

    def _unnamed(self, cells: list[str], above: list[tuple[int, str]]) -> tuple[int, Columns, int]:
        if len(cells) == 1:
            return next(at for at, (_, text) in enumerate(above) if text.strip()) + 1, Columns((0,)), 1
        seen = ", ".join(f"« {clean_name(cell)[:30]} »" for cell in cells[:8])
        raise Unreadable(f"Aucune colonne d’adresse électronique. Colonnes lues : {seen}. Nommez-en une « courriel ».")

    def _cells(self, text: str) -> list[str]:
        try:
            return [cell.strip() for cell in next(csv.reader([text], delimiter=self._delimiter), [])]
        except csv.Error:
            return []

    def _row(self, number: int, fields: list[str], ended: bool, problem: str, *, columns: Columns, width: int) -> Row:
        if problem:
            return Row(number, "", problem)
        others = self._said(fields)
        raw = columns.address(fields)
        if not ended and (len(fields) < width or not ADDRESS.fullmatch(bare(raw))):
            # The last line stops before its end: what follows was lost on the way.
            self.truncated = True
            if max(columns.addresses) >= len(fields) - 1:  # the address itself may be cut
                return Row(number, raw, "ligne coupée : le fichier s’arrête ici", others=others)
        problem = "" if raw else "pas d’adresse sur cette ligne"
        return Row(number, bare(raw), problem, columns.kept_out(fields), others)

    def _said(self, fields: list[str]) -> Mapping[Other, str]:
        if not self.others:
            return _NOTHING
        cells = ((other, seen(fields[at])[:LONGEST_CELL]) for other, at in self.others.items() if at < len(fields))
        return {other: cell for other, cell in cells if cell}

    def _sympa(self) -> Iterator[Row]:
        """A dump of Sympa: one field a line, an empty line between two people."""
        fields: dict[str, str] = {}
        number = 0
        while True:
            line = self._next_line()
            name, _, value = (line[1].strip() if line else "").partition(" ")
            if name == "email" and not fields:
                number = line[0] if line else 0
            if name:
                fields.setdefault(name, value.strip())
            elif fields:
                who = bare(fields.get("email", ""))
                yield Row(number, who, "" if who else "pas d’adresse sur cette ligne", of_sympa(fields))
                fields = {}
            if line is None:
                return


def sniff_delimiter(line: str) -> str:
    """Of the usual separators, the one most frequent outside quotation marks; a comma for a single column."""
    outside = re.sub(r'"[^"]*"', "", line)
    return max(",;\t|", key=outside.count) if any(mark in outside for mark in ",;\t|") else ","
