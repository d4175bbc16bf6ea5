"""The parts of a workbook file that cells lean on: addresses, sheets, styles and shared texts."""

import re
from collections.abc import Iterator
from datetime import date
from typing import IO
from xml.parsers import expat

from egenmakt.exchange.bounds import MAX_CELLS, MAX_TEXT, Trouble, Unreadable

CHUNK = 64 * 1024
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
NOT_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(50, 59)})
EPOCH, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


class Part:
    """Follows the elements of one XML part; a part with a document type is refused."""

    def __init__(self) -> None:
        self.said: list[str] | None = None
        self.length = 0

    def begin(self, name: str, given: dict[str, str]) -> None:
        """An element begins."""

    def finish(self, name: str) -> None:
        """An element ends."""

    def listen(self) -> None:
        """Keep the text from here on."""
        self.said, self.length = [], 0

    def heard(self) -> str:
        """The text since `listen`, which ends."""
        said, self.said = "".join(self.said or ()), None
        return said

    def hear(self, text: str) -> None:
        """Some text, kept if somebody listens."""
        if self.said is not None:
            self.length += len(text)
            if self.length > MAX_TEXT:
                raise Unreadable(Trouble.LONG)
            self.said.append(text)

    def refuse(self, *_declared: object) -> None:
        """A document type declares entities, and nothing that counts visits needs those."""
        raise Unreadable(Trouble.BROKEN)

    def follow(self, source: IO[bytes]) -> Iterator[None]:
        """Read piece by piece, pausing after each."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse
        parser.StartElementHandler = lambda name, given: self.begin(local(name), given)
        parser.EndElementHandler = lambda name: self.finish(local(name))
        parser.CharacterDataHandler = self.hear
        while piece := source.read(CHUNK):
            parser.Parse(piece, False)
            yield
        parser.Parse(b"", True)
        yield


def local(name: str) -> str:
    """An element's or attribute's name without its prefix."""
    return name.rpartition(":")[2]


class Relations(Part):
    """What a part points to: kind and address by id."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, tuple[str, str]] = {}

    def begin(self, name: str, given: dict[str, str]) -> None:
        if name == "Relationship":
            kind = given.get("Type", "").rpartition("/")[2]
            self.targets[given.get("Id", "")] = (kind, given.get("Target", ""))


class Contents(Part):
    """The workbook itself: its visible sheets in order, and which day it counts from."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: dict[str, str] = {}  # name → id of the relation
        self.epoch = EPOCH
        self.is_book = False

    def begin(self, name: str, given: dict[str, str]) -> None:
        self.is_book = self.is_book or name == "workbook"
        if name == "workbookPr" and given.get("date1904", "0") in {"1", "true"}:
            self.epoch = EPOCH_1904
        if name == "sheet" and given.get("state", "visible") == "visible":
            link = [value for key, value in given.items() if key.endswith(":id")]
            self.sheets[given.get("name", "")[:100]] = link[0] if link else ""


class Styles(Part):
    """Which cell styles show a number as a day."""

    def __init__(self) -> None:
        super().__init__()
        self.custom: dict[str, bool] = {}
        self.dates: list[bool] = []
        self.within = False

    def begin(self, name: str, given: dict[str, str]) -> None:
        if name == "numFmt":
            shown = NOT_LETTERS.sub("", given.get("formatCode", ""))
            self.custom[given.get("numFmtId", "")] = bool(re.search(r"[dy]", shown, re.IGNORECASE))
        elif name == "cellXfs":
            self.within = True
        elif name == "xf" and self.within:
            number = given.get("numFmtId", "0")
            usual = number.isascii() and number.isdigit() and int(number[:4]) in DATE_FORMATS
            self.dates.append(self.custom.get(number, usual))

    def finish(self, name: str) -> None:
        if name == "cellXfs":
            self.within = False


class Texts(Part):
    """Cell texts: runs put together, readings of Japanese characters left out."""

    def __init__(self) -> None:
        super().__init__()
        self.runs: list[str] = []
        self.spoken = False

    def begin(self, name: str, given: dict[str, str]) -> None:
        if name in {"si", "is"}:
            self.runs = []
        elif name == "rPh":
            self.spoken = True
        elif name == "t" and not self.spoken:
            self.listen()

    def finish(self, name: str) -> None:
        if name == "t" and not self.spoken:
            self.runs.append(self.heard())
        elif name == "rPh":
            self.spoken = False

    def text(self) -> str:
        """The text of the item that ended, its escapes read, nothing unseen in it."""
        whole = ESCAPED.sub(unescaped, "".join(self.runs))
        if len(whole) > MAX_TEXT:
            raise Unreadable(Trouble.LONG)
        return UNSEEN.sub(" ", whole).strip()


def unescaped(match: re.Match[str]) -> str:
    """`_x000D_` is a character; half of one stays as it was written."""
    number = int(match[1], 16)
    return match[0] if 0xD800 <= number <= 0xDFFF else chr(number)


class Shared(Texts):
    """The texts that cells share, in order."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[str] = []

    def finish(self, name: str) -> None:
        super().finish(name)
        if name == "si":
            self.items.append(self.text())
            if len(self.items) > MAX_CELLS:
                raise Unreadable(Trouble.BIG)
