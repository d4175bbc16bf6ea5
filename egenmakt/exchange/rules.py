"""How a row of a file becomes a day's count: what is read, what is refused, nothing is guessed."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from egenmakt.kit.calendar import service_day

Cell = str | float | date

BLANK = r"[ \u00a0\u2009\u202f]"
WHOLE = re.compile(rf"([0-9]{{1,3}}(?:{BLANK}[0-9]{{3}})+|[0-9]+)(?:[.,]0{{1,2}})?")
NEGATIVE = re.compile(rf"[-\u2212]{BLANK}*[0-9](?:[0-9.,]|{BLANK})*")
FRACTION = re.compile(rf"[0-9](?:[0-9]|{BLANK})*[.,][0-9]+")
DAY_FORMS = (
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<y>[0-9]{4})/(?P<m>[0-9]{1,2})/(?P<d>[0-9]{1,2})"),
    re.compile(r"(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})"),
    re.compile(r"(?P<d>[0-9]{1,2})/(?P<m>[0-9]{1,2})[ -](?P<y>[0-9]{4})"),
)
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.,]+(?:Z|[+-][0-9:]+)?")
MOST = 1_000_000
MARKERS = ("NA", "N/A", "-", "–", "x", "saknas", "null")  # what others write for no report


class Reason(StrEnum):
    """Why a row cannot be taken in."""

    WIDE = "wide"
    NO_DATE = "no_date"
    DATE = "date"
    FUTURE = "future"
    BEFORE = "before"
    AFTER = "after"
    NO_VALUE = "no_value"
    VALUE = "value"
    NEGATIVE = "negative"
    FRACTION = "fraction"
    LARGE = "large"
    TWICE = "twice"


class Faulty(Exception):
    """This row cannot be taken in."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Row:
    """A row with its number as a spreadsheet shows it; empty cells are empty text."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Sheet:
    """A table as it stood in the file: headings, each once, and the rows under them."""

    columns: tuple[str, ...]
    rows: list[Row]


@dataclass(frozen=True)
class Plan:
    """Which columns say what; `where` keeps only rows where a column says exactly that."""

    date: str
    value: str
    where: tuple[str, str] | None = None
    missing: tuple[str, ...] = ()
    zero_is_missing: bool = False


@dataclass(frozen=True)
class Counted:
    """What is counted in a file, how that is known, and who says so."""

    measure: str
    known: str
    source: str


@dataclass(frozen=True)
class Span:
    """The days that can be true: from when the site opened until it closed for good, or today."""

    opened_on: date
    closed_on: date | None  # the first day it no longer exists
    today: date


@dataclass(frozen=True)
class Said:
    """What a row says of a day; no value is a missing report."""

    row: Row
    day: date
    value: int | None


@dataclass(frozen=True)
class Judged:
    """A whole sheet, judged: the rows that were meant, the days, repetitions, and what is wrong."""

    rows: int
    days: list[Said]
    repeated: int
    faults: list[tuple[Row, Reason]]


def text_of(cell: Cell) -> str:
    """A cell as people read it: 366.0 is *366*, a day is ISO 8601."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    return cell.strip() if isinstance(cell, str) else cell.isoformat()


def cell_of(row: Row, at: int) -> Cell:
    """The cell in a column; a row that ends early is empty there."""
    return row.cells[at] if at < len(row.cells) else ""


def day_of(cell: Cell) -> date:
    """The day that a cell names, in a form that can mean one day only.

    2024-01-31, 2024/01/31, 20240131, 31/1 2024, a date of the spreadsheet, or a moment, whose day
    is the one in Stockholm when it says its zone. 1/2/2024 is two days, and none here.
    """
    if isinstance(cell, datetime):
        return service_day(cell) if cell.tzinfo else cell.date()
    if isinstance(cell, date):
        return cell
    said = text_of(cell)
    if not said:
        raise Faulty(Reason.NO_DATE)
    try:
        for form in DAY_FORMS:
            if match := form.fullmatch(said):
                return date(int(match["y"]), int(match["m"]), int(match["d"]))
        if MOMENT.fullmatch(said):
            return day_of(datetime.fromisoformat(said))
    except (ValueError, OverflowError) as other:
        raise Faulty(Reason.DATE) from other
    raise Faulty(Reason.DATE)


def count_of(cell: Cell, plan: Plan) -> int | None:
    """The whole number in a cell, or None where the plan says that the report is missing.

    *366*, *366,0*, *9 012*. Not *12,5*, and not *1,234* or *1,000*: a thousand here, one there.
    """
    said = text_of(cell)
    if said.casefold() in {marker.strip().casefold() for marker in plan.missing}:
        return None
    if not said:
        raise Faulty(Reason.NO_VALUE)
    if match := WHOLE.fullmatch(said):
        digits = re.sub(BLANK, "", match[1])
        if len(digits) > len(str(MOST)) or int(digits) > MOST:
            raise Faulty(Reason.LARGE)
        return None if plan.zero_is_missing and not int(digits) else int(digits)
    if NEGATIVE.fullmatch(said):
        raise Faulty(Reason.NEGATIVE)
    raise Faulty(Reason.FRACTION if FRACTION.fullmatch(said) else Reason.VALUE)


def check_day(day: date, *, span: Span) -> None:
    """Refuse a day that has not been, or on which the site did not exist."""
    if day > span.today:
        raise Faulty(Reason.FUTURE)
    if day < span.opened_on:
        raise Faulty(Reason.BEFORE)
    if span.closed_on is not None and day >= span.closed_on:
        raise Faulty(Reason.AFTER)


def meant(sheet: Sheet, where: tuple[str, str] | None) -> Iterable[Row]:
    """The rows that the plan speaks of: all, or those where a column says exactly this."""
    if where is None:
        return sheet.rows
    at, wanted = sheet.columns.index(where[0]), where[1].strip()
    return (row for row in sheet.rows if text_of(cell_of(row, at)) == wanted)


def judge(sheet: Sheet, plan: Plan, *, span: Span) -> Judged:
    """Read every row that is meant. The plan's columns are in the sheet.

    A day that is said twice with one value is said once; with two values the later row is a
    fault, because nobody but the one who counted knows which is true.
    """
    at_date, at_value = sheet.columns.index(plan.date), sheet.columns.index(plan.value)
    days: dict[date, Said] = {}
    faults: list[tuple[Row, Reason]] = []
    rows = 0
    for row in meant(sheet, plan.where):
        rows += 1
        try:
            if len(row.cells) > len(sheet.columns):
                raise Faulty(Reason.WIDE)
            day = day_of(cell_of(row, at_date))
            check_day(day, span=span)
            value = count_of(cell_of(row, at_value), plan)
            if days.setdefault(day, Said(row, day, value)).value != value:
                raise Faulty(Reason.TWICE)
        except Faulty as faulty:
            faults.append((row, faulty.reason))
    return Judged(rows, list(days.values()), rows - len(days) - len(faults), faults)


def looks_like_day(cell: Cell) -> bool:
    """Whether a cell can be read as a day."""
    try:
        return bool(day_of(cell))
    except Faulty:
        return False


def looks_like_count(cell: Cell) -> bool:
    """Whether a cell can be read as a whole number."""
    return bool(WHOLE.fullmatch(text_of(cell)))


def guess(sheet: Sheet, *, shown: Sequence[Row]) -> Plan:
    """A proposal to look at on screen: the first column of days, the last of counts elsewhere.

    Made from the rows that are shown beside it, so that whoever decides sees what it rests on.
    """

    def share(at: int, look: Callable[[Cell], bool]) -> int:
        return sum(look(cell_of(row, at)) for row in shown)

    places = range(len(sheet.columns))
    day = max(places, key=lambda at: (share(at, looks_like_day), -at))
    others = [at for at in places if at != day]
    count = max(others, key=lambda at: (share(at, looks_like_count), at))
    held = {text_of(cell_of(row, count)).casefold() for row in sheet.rows}
    markers = tuple(marker for marker in MARKERS if marker.casefold() in held)
    return Plan(sheet.columns[day], sheet.columns[count], missing=markers)


def filters(sheet: Sheet, *, most: int = 30) -> dict[str, list[str]]:
    """The columns that divide the rows in a few kinds, each with its kinds in order.

    A column of days or of many different texts divides nothing that could be chosen on screen.
    """
    found: dict[str, list[str]] = {}
    for at, name in enumerate(sheet.columns):
        kinds: set[str] = set()
        for row in sheet.rows:
            cell = cell_of(row, at)
            said = text_of(cell)
            if not isinstance(cell, str) or len(said) > 100 or WHOLE.fullmatch(said):
                kinds.clear()
                break
            kinds.add(said)
            if len(kinds) > most:
                break
        if 2 <= len(kinds) <= most and not all(looks_like_day(kind) for kind in kinds):
            found[name] = sorted(kinds)
    return found
