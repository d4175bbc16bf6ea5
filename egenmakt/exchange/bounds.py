"""How much of a file is read at most, and what may be wrong with one."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Final

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_UNPACKED: Final = 100 * 1024 * 1024
MAX_PARTS: Final = 5_000
MAX_ROWS: Final = 200_000
MAX_COLUMNS: Final = 1_000
MAX_CELLS: Final = 1_000_000
MAX_TEXT: Final = 32_767


class Trouble(StrEnum):
    """Why a file cannot be read as a table."""

    NOT_A_TABLE = "not_a_table"
    OTHER_KIND = "other_kind"
    LOCKED = "locked"
    BROKEN = "broken"
    EMPTY = "empty"
    BIG = "big"
    ROWS = "rows"
    COLUMNS = "columns"
    LONG = "long"
    ONE_COLUMN = "one_column"
    NO_HEAD = "no_head"
    NO_ROWS = "no_rows"
    SEVERAL = "several"
    NO_SHEET = "no_sheet"


class Unreadable(Exception):
    """The file cannot be read as a table; `names` are the sheets to choose among, if any."""

    def __init__(self, trouble: Trouble, names: Sequence[str] = ()) -> None:
        super().__init__(trouble)
        self.trouble, self.names = trouble, list(names)


class Meter:
    """Counts what has been read and says stop."""

    def __init__(self) -> None:
        self.rows = self.cells = 0

    def count(self, cells: Sequence[object]) -> None:
        """Count a row; raises Unreadable at the first one too many."""
        self.rows += 1
        self.cells += len(cells)
        if len(cells) > MAX_COLUMNS:
            raise Unreadable(Trouble.COLUMNS)
        if self.rows > MAX_ROWS:
            raise Unreadable(Trouble.ROWS)
        if self.cells > MAX_CELLS:
            raise Unreadable(Trouble.BIG)
        if any(isinstance(cell, str) and len(cell) > MAX_TEXT for cell in cells):
            raise Unreadable(Trouble.LONG)
