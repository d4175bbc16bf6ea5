"""XLSX workbooks, read cell by cell: a part is never unpacked whole, nor a sheet laid out empty.

The parser that would do it in one call lays out every cell between the first and the last: a file
of five kilobytes with two cells far apart ends the server. Here nothing in the file decides how
much memory it takes.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import IO, TypeVar
from xml.parsers import expat

from egenmakt.exchange.bounds import (
    MAX_COLUMNS,
    MAX_PARTS,
    MAX_UNPACKED,
    Trouble,
    Unreadable,
)
from egenmakt.exchange.parts import EPOCH, UNSEEN, Contents, Part, Relations, Shared, Styles, Texts
from egenmakt.exchange.rules import Cell, Row

OLD_CONTAINER = bytes.fromhex("d0cf11e0a1b11ae1")  # XLS, and XLSX behind a password
LOCKED = "EncryptedPackage".encode("utf-16-le")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
FIRST_SOUND = 61  # Excel believes in the 29th of February 1900
P = TypeVar("P", bound="Part")


def is_container(content: bytes) -> bool:
    """Whether the file is a ZIP or an old Office file, whatever it is called."""
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06", OLD_CONTAINER))


def letters(column: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class Grid(Texts):
    """The cells of a sheet, row by row; cells and rows that hold nothing do not exist."""

    def __init__(self, book: "Workbook") -> None:
        super().__init__()
        self.book = book
        self.done: list[Row] = []
        self.number, self.column = 0, -1
        self.cells: dict[int, Cell] = {}
        self.kind = self.style = self.value = ""

    def begin(self, name: str, given: dict[str, str]) -> None:
        super().begin(name, given)
        if name == "c":
            self.column = column_of(given["r"]) if "r" in given else self.column + 1
            self.kind, self.style = given.get("t", "n"), given.get("s", "0")
            self.value = ""
        elif name == "v":
            self.listen()
        elif name == "row":
            self.number = number_of(given.get("r", str(self.number + 1)), most=LAST_ROW)
            self.column, self.cells = -1, {}

    def finish(self, name: str) -> None:
        super().finish(name)
        if name == "v":
            self.value = self.heard()
        elif name == "is":
            self.value = self.text()
        elif name == "c":
            self.put(self.book.cell(self.value, kind=self.kind, style=self.style))
        elif name == "row" and self.cells:
            width = max(self.cells) + 1
            cells = tuple(self.cells.get(at, "") for at in range(width))
            self.done.append(Row(self.number, cells))

    def put(self, cell: Cell) -> None:
        """Keep a cell that holds something."""
        if cell == "":
            return
        if self.column >= MAX_COLUMNS:
            raise Unreadable(Trouble.COLUMNS)
        self.cells[self.column] = cell

    def rows(self) -> list[Row]:
        """The rows that have ended since last asked."""
        done, self.done = self.done, []
        return done


def number_of(text: str, *, most: int) -> int:
    """A whole number in the file's own bookkeeping. Raises Unreadable beyond `most`."""
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) > most:
        raise Unreadable(Trouble.BROKEN)
    return int(text)


def column_of(reference: str) -> int:
    """The column of a reference such as AB12, from 0."""
    name = reference.rstrip("0123456789")
    if not re.fullmatch("[A-Z]{1,3}", name):
        raise Unreadable(Trouble.BROKEN)
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > LAST_COLUMN:
        raise Unreadable(Trouble.BROKEN)
    return number - 1


class Workbook:
    """An XLSX, opened: `sheets` are the visible ones that hold cells, with their addresses."""

    def __init__(self, container: zipfile.ZipFile) -> None:
        self.container = container
        self.names = {name.lower(): name for name in container.namelist()}
        self.weight = 0
        main = self.main()
        links = self.relations(main)
        contents = self.followed(Contents(), main)
        if not contents.is_book:
            raise Unreadable(Trouble.OTHER_KIND)
        self.epoch = contents.epoch
        self.sheets = {
            name: links[link][1]
            for name, link in contents.sheets.items()
            if links.get(link, ("", ""))[0] == "worksheet"
        }
        address = dict(links.values())
        self.dates, self.shared = Styles(), Shared()
        if "styles" in address:
            self.followed(self.dates, address["styles"])
        if "sharedStrings" in address:
            self.followed(self.shared, address["sharedStrings"])

    def main(self) -> str:
        """The address of the workbook within the file."""
        kinds = dict(self.relations("").values())
        address = kinds.get("officeDocument", "")
        if address.endswith(".bin"):
            raise Unreadable(Trouble.OTHER_KIND)
        return address

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """What a part points to, addresses counted from the root of the file."""
        folder, name = posixpath.split(part)
        found = self.followed(Relations(), posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            key: (kind, posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"))
            for key, (kind, target) in found.targets.items()
        }

    def followed(self, part: P, address: str) -> P:
        """The part at this address, read to its end."""
        with self.part(address) as source:
            for _ in part.follow(source):
                pass
        return part

    def part(self, address: str) -> IO[bytes]:
        """A part to read, weighed first.

        Reading stops at the size that the directory states, so that a false one shows as broken.
        """
        found = self.container.getinfo(self.names[address.lower()])
        self.weight += found.file_size
        if self.weight > MAX_UNPACKED:
            raise Unreadable(Trouble.BIG)
        return self.container.open(found)

    def rows(self, sheet: str) -> Iterator[Row]:
        """The rows of a sheet that hold something, as they are read."""
        grid = Grid(self)
        with self.part(self.sheets[sheet]) as source:
            for _ in grid.follow(source):
                yield from grid.rows()

    def cell(self, value: str, *, kind: str, style: str) -> Cell:
        """What a cell holds: text, a number, or a day where its style shows one."""
        if kind == "s":
            at = number_of(value, most=len(self.shared.items) - 1) if value else -1
            return self.shared.items[at] if value else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        if kind != "n" or not value:
            return UNSEEN.sub(" ", value).strip()
        try:
            number = float(value)
        except ValueError:
            return value.strip()
        at = number_of(style, most=len(self.dates.dates) - 1) if self.dates.dates else -1
        return self.day(number) if at >= 0 and self.dates.dates[at] else number

    def day(self, serial: float) -> Cell:
        """The day, or moment, that a serial number shows as; one that is none stays a number."""
        first = FIRST_SOUND if self.epoch == EPOCH else 1
        try:
            at = datetime.combine(self.epoch, time()) + timedelta(seconds=round(serial * 86_400))
        except (OverflowError, ValueError):
            return serial
        if serial < first:
            return serial
        return at.date() if at.time() == time() else at


@contextmanager
def opened(content: bytes) -> Iterator[Workbook]:
    """The workbook in these bytes. Raises Unreadable."""
    if content.startswith(OLD_CONTAINER):
        raise Unreadable(Trouble.LOCKED if LOCKED in content else Trouble.OTHER_KIND)
    if content.count(b"PK\x01\x02") > MAX_PARTS:
        raise Unreadable(Trouble.BIG)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as container:
            weigh(container)
            yield Workbook(container)
    except (zipfile.BadZipFile, expat.ExpatError, zlib.error, KeyError, EOFError) as broken:
        raise Unreadable(Trouble.BROKEN) from broken


def weigh(container: zipfile.ZipFile) -> None:
    """Refuse what is locked, packed in unusual ways, or no workbook."""
    parts = container.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(Trouble.LOCKED)
    names = {part.filename for part in parts}
    if "mimetype" in names or "_rels/.rels" not in names:
        raise Unreadable(Trouble.OTHER_KIND)
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Unreadable(Trouble.BROKEN)
