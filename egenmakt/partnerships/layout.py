"""Lays a draft out for reading: the page and the file show the same cells of the same document."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext

from egenmakt.figures import catalogue
from egenmakt.figures.rules import MEASURES, Amount, Known, Row, Table
from egenmakt.kit.calendar import Period
from egenmakt.partnerships.queries import Draft, parties
from egenmakt.ui import charts, words


@dataclass(frozen=True)
class Figure:
    """One cell: its address in the document, what it says and how that is known."""

    cell: str  # empty for what is no part of the document
    row: Row
    note: str
    short: str  # the note where there is little room: the interval, or how much was reported
    past: "Figure | None" = None  # the same a year earlier

    @property
    def known(self) -> str:
        """How it is known, in words for whoever does not see the mark."""
        return words.known(str(self.row.amount.known), note="" if self.short else self.note)

    @property
    def on_days(self) -> str:
        """*på de 179 dagar som har rapport*."""
        return catalogue.on_reported_days(self.row.amount)

    @property
    def counted_so_far(self) -> str:
        """Where the whole cannot be said, the address of the sum of the reports that came in."""
        amount = self.row.amount
        if amount.value is None and amount.reported_sum:
            return f"{self.cell.rsplit(':', 1)[0]}:reported_sum"
        return ""


@dataclass(frozen=True)
class Line:
    """One measure over the whole period."""

    name: str
    unit: str
    definition: str
    figure: Figure

    @property
    def also(self) -> str:
        """The unit, where the name does not say it already."""
        return "" if self.unit in self.name.lower() else self.unit


@dataclass(frozen=True)
class Breakdown:
    """One measure by one dimension."""

    title: str
    dimension: str
    figures: tuple[Figure, ...]

    @property
    def unheard(self) -> bool:
        """Whether some part of it did not occur a year earlier."""
        return any(figure.past is None for figure in self.figures)


@dataclass(frozen=True)
class Grid:
    """Several measures side by side, by month or by site: their names, and a line of cells each."""

    key: str
    title: str
    dimension: str
    names: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Figure, ...]], ...]


SIDE_BY_SIDE = (
    "visits",
    "visits_per_open_day",
    "people",
    "new_people",
    "households",
    "provisions",
    "food_bags",
    "turned_away",
    "open_days",
)


class Layout:
    """A draft as people read it, beside the same days a year earlier when there are any."""

    def __init__(self, draft: Draft, *, before: Draft | None = None) -> None:
        """`before` is never a part of the document: it stands on the page alone."""
        self.draft = draft
        self.before = before
        self._tables = {table.id: table for table in draft.tables}
        self._past = {table.id: table for table in before.tables} if before else {}

    @property
    def title(self) -> str:
        """What the period is called: *2024*, *juli 2024*, *1 jan 2024 – 30 juni 2024*."""
        return period_name(self.draft.period)

    @property
    def title_before(self) -> str:
        """What the period beside is called, or nothing."""
        return period_name(self.before.period) if self.before else ""

    @property
    def between(self) -> str:
        """The parties: *A, B och C*."""
        return together([party.name for party in parties(self.draft.agreement)])

    @property
    def running(self) -> bool:
        """Whether the period is not over, so that it was cut at yesterday."""
        return self.draft.counted != self.draft.period

    @property
    def outside(self) -> bool:
        """Whether some of the period, or all of it, lies outside the agreement's term."""
        return not self.draft.agreement.holds_throughout(self.draft.period)

    @property
    def overview(self) -> list[Line]:
        """Every measure, in the catalogue's order."""
        return [
            Line(
                name=str(catalogue.NAMES[code]),
                unit=catalogue.unit(code),
                definition=str(catalogue.DEFINITIONS[code]),
                figure=self._figure(self._tables[code], 0),
            )
            for code in MEASURES
            if code in self._tables
        ]

    @property
    def grids(self) -> list[Grid]:
        """Month by month and site by site, where there are several."""
        titles = {"month": gettext("Månad för månad"), "site": gettext("Plats för plats")}
        return [grid for key, title in titles.items() if (grid := self._grid(key, title))]

    def _grid(self, key: str, title: str) -> Grid | None:
        """The measures that have a number, side by side; sites stand by name, never by size."""
        tables = [
            table
            for code in SIDE_BY_SIDE
            if (table := self._tables.get(f"{code}-by-{key}")) and has_numbers(table)
        ]
        if not tables:
            return None
        return Grid(
            key=key,
            title=title,
            dimension=str(catalogue.DIMENSIONS[key]),
            names=tuple(str(catalogue.NAMES[table.measure]) for table in tables),
            lines=tuple(
                (self._label(row), tuple(self._figure(table, number) for table in tables))
                for number, row in enumerate(tables[0].rows)
                if number
            ),
        )

    @property
    def breakdowns(self) -> list[Breakdown]:
        """The tables by other dimensions, those that have a number at all."""
        return [
            Breakdown(
                title=gettext("%(measure)s efter %(dimension)s")
                % {"measure": catalogue.NAMES[table.measure], "dimension": dimension.lower()},
                dimension=dimension,
                figures=tuple(self._figure(table, number) for number in range(len(table.rows))),
            )
            for table in self.draft.tables
            if table.dimensions and table.dimensions[0] not in ("month", "site")
            if has_numbers(table)
            for dimension in [str(catalogue.DIMENSIONS[table.dimensions[0]])]
        ]

    @property
    def chart(self) -> SafeString | None:
        """Visits per open day by month, or by weekday within a month."""
        for dimension in ("month", "weekday"):
            table = self._tables.get(f"visits_per_open_day-by-{dimension}")
            if table and has_numbers(table):
                names = (self.title, self.title_before)
                bars = [self._bar(table, number) for number in range(1, len(table.rows))]
                title = gettext("Besök per öppen dag, %(period)s") % {"period": self.title}
                return charts.bars(bars, title=title, key="per-dag", names=names, decimals=1)
        return None

    @property
    def finding(self) -> str:
        """The chart in a sentence: where it was most and least of the months worth comparing."""
        table = self._tables.get("visits_per_open_day-by-month")
        rows = table.rows[1:] if table else ()
        values = {
            row.label: (row.amount.value, row.shown)
            for row in rows
            if row.amount.value is not None and not self._remark(row)
        }
        if len(values) < 2:
            return ""
        high, low = max(values.values()), min(values.values())
        if high == low:
            return gettext("Lika många alla månader som går att jämföra, %(high)s.") % {
                "high": high[1]
            }
        text = gettext("Flest i %(most)s, %(high)s. Färst i %(least)s, %(low)s.")
        if len(values) < len(rows):
            text = gettext(
                "Av de månader som går att jämföra: flest i %(most)s, %(high)s, "
                "och färst i %(least)s, %(low)s."
            )
        return text % {
            "most": together([label for label, value in values.items() if value == high]),
            "high": high[1],
            "least": together([label for label, value in values.items() if value == low]),
            "low": low[1],
        }

    def _label(self, row: Row) -> str:
        """What a row is called, with what makes a month hard to compare."""
        remark = self._remark(row)
        return f"{row.label} ({remark})" if remark else row.label

    def _remark(self, row: Row) -> str:
        """Why a month is not like the others: not all of it counted, or open on few days.

        Few is less than half as many as the month with most.
        """
        if "month" not in row.at:
            return ""
        month, counted = Period.parse(row.at["month"]), self.draft.counted
        if month.ends_before > counted.ends_before and self.running:
            return gettext("pågår")
        if month.starts_on < counted.starts_on or month.ends_before > counted.ends_before:
            return gettext("del av månaden")
        rows = self._tables["open_days-by-month"].rows[1:]
        days = row.amount.open_days or 0
        if 0 < 2 * days < max(one.amount.open_days or 0 for one in rows):
            return ngettext("%(days)d öppen dag", "%(days)d öppna dagar", days) % {"days": days}
        return ""

    def _figure(self, table: Table, number: int) -> Figure:
        row = table.rows[number]
        past = self._row_before(table, row)
        return Figure(
            cell=f"{table.id}:{number}:shown",
            row=row,
            note=catalogue.note(table.measure, row.amount),
            short=in_short(table.measure, row.amount),
            past=figure_before(table.measure, past) if past else None,
        )

    def _row_before(self, table: Table, row: Row) -> Row | None:
        """The same row a year earlier; a month is the same month of that year."""
        past = self._past.get(table.id)
        if past is None:
            return None
        return next((one for one in past.rows if a_year_on(one.at) == dict(row.at)), None)

    def _bar(self, table: Table, number: int) -> charts.Bar:
        row = table.rows[number]
        past = self._row_before(table, row)
        return charts.Bar(
            short=row.label[0],
            name=self._label(row),
            value=row.amount.value,
            past=past.amount.value if past else None,
            gap=row.shown,
            low=row.amount.low,
            high=row.amount.high,
        )


def in_short(code: str, amount: Amount) -> str:
    """The interval of an estimate, or how much was reported where there is no number."""
    if amount.of_some_days:
        return ""
    if amount.value is not None:
        return catalogue.note(code, amount) if amount.known is Known.ESTIMATED else ""
    return catalogue.days_of(amount) if amount.missing_days else ""


def figure_before(code: str, row: Row) -> Figure:
    """What was said a year earlier; a mean of some of its days is not the year's."""
    amount = row.amount
    if amount.of_some_days:
        amount = replace(amount, value=None, known=Known.UNKNOWN)
        row = replace(row, amount=amount, shown=catalogue.shown(code, amount))
    return Figure("", row, catalogue.note(code, amount), in_short(code, amount))


def has_numbers(table: Table) -> bool:
    """Whether anything but zeros and unknowns stands in the table."""
    return any(row.amount.value or row.amount.low or row.amount.high for row in table.rows)


def a_year_on(at: Mapping[str, str]) -> dict[str, str]:
    """The place of a row a year later: `2023-07` is `2024-07`, all else is where it was."""
    month = at.get("month", "")
    if month[:4].isdecimal():
        return {"month": f"{int(month[:4]) + 1}{month[4:]}"}
    return dict(at)


def period_name(period: Period) -> str:
    """*2024*, *juli 2024*, *1 jan 2024 – 30 juni 2024*."""
    said = str(period)
    if len(said) == 7:
        return catalogue.label("month", said)
    if ".." not in said:
        return said
    never = date(1, 1, 1)
    ends = (words.day_short(day, today=never) for day in (period.starts_on, period.last_day))
    return f" {words.DASH} ".join(ends)


def together(names: Sequence[str]) -> str:
    """*A, B och C*."""
    return get_text_list(list(names), gettext("och"))


def in_groups(sha256: str) -> str:
    """The beginning of a hash, to read aloud: *7F3A 19C2 E06B*."""
    return " ".join(_fours(sha256[:12].upper()))


def _fours(text: str) -> Iterator[str]:
    for start in range(0, len(text), 4):
        yield text[start : start + 4]
