"""What an import brings: a value for each day, each said once, set against what is held already."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

HELD = "held"


@dataclass(frozen=True)
class Reported:
    """What a row of a file says of a day: a count, or that its report is missing (None)."""

    row: int
    day: date
    value: int | None
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """Why a row of a file cannot be taken in: its number there, the reason's code, its cells."""

    row: int
    reason: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Intake:
    """A file, judged: what is counted, how that is known, and what its rows say.

    `rows` were read; `unchanged` of them say what is said already, in the file or before it.
    """

    measure: str
    known: str
    source: str
    columns: tuple[str, ...]
    rows: int
    days: tuple[Reported, ...]
    unchanged: int
    faults: tuple[Fault, ...]

    @property
    def values(self) -> int:
        """How many days have a count."""
        return len(self.days) - self.missing

    @property
    def missing(self) -> int:
        """How many days have no report."""
        return sum(one.value is None for one in self.days)

    def against(self, held: Mapping[date, int | None]) -> "Intake":
        """The same file beside what is held: the same value is nothing new, another is a fault.

        Two figures for one day cannot both be true; the earlier import is undone first
        (`contracts.md`, «Command line»).
        """
        new = tuple(one for one in self.days if one.day not in held)
        clashes = tuple(
            Fault(one.row, HELD, one.cells)
            for one in self.days
            if one.day in held and held[one.day] != one.value
        )
        same = len(self.days) - len(new) - len(clashes)
        faults = tuple(sorted(self.faults + clashes, key=lambda fault: fault.row))
        return replace(self, days=new, unchanged=self.unchanged + same, faults=faults)
