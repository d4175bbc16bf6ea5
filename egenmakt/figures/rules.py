"""What a figure is: what it counts, how it is known, for which open days, and how days add up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from math import ceil, floor, log10
from uuid import UUID

from egenmakt.kit.calendar import Period
from egenmakt.methods.different import hard_range
from egenmakt.methods.missing import Expansion, expand

ALL = "alla"
Days = frozenset[date]


class Known(StrEnum):
    """How a figure is known."""

    COUNTED = "counted"
    STATED = "stated"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


class Unit(StrEnum):
    """What is counted; two units are never added."""

    VISIT = "visit"
    PERSON = "person"
    HOUSEHOLD = "household"
    PROVISION = "provision"
    OCCASION = "occasion"
    DAY = "day"
    HOUR = "hour"


@dataclass(frozen=True)
class Measure:
    """A named figure: its code, its unit, what it is divided by, whether others' days come in."""

    code: str
    unit: Unit
    dimensions: tuple[str, ...]
    imported: bool = False
    decimals: int = 0


MEASURES: dict[str, Measure] = {
    one.code: one
    for one in (
        Measure("visits", Unit.VISIT, ("month", "site", "gender"), imported=True),
        Measure("visits_per_open_day", Unit.VISIT, ("month", "weekday", "site"), decimals=1),
        Measure("head_counts", Unit.VISIT, ("month", "site"), imported=True),
        Measure("people", Unit.PERSON, ("month", "site", "gender", "band")),
        Measure("new_people", Unit.PERSON, ("month", "site")),
        Measure("households", Unit.HOUSEHOLD, ("month", "site")),
        Measure("children", Unit.PERSON, ("month", "site")),
        Measure("provisions", Unit.PROVISION, ("month", "site", "service"), imported=True),
        Measure("food_bags", Unit.PROVISION, ("month", "site"), imported=True),
        Measure("turned_away", Unit.OCCASION, ("month", "site", "reason"), imported=True),
        Measure("open_days", Unit.DAY, ("month", "site")),
        Measure("opening_hours", Unit.HOUR, ("month", "site"), decimals=1),
    )
}


@dataclass(frozen=True)
class Amount:
    """A number with how it is known: never one without the other.

    `value` is empty where nobody can say; `low` and `high` are the estimate's interval or the
    range it must lie in. `reported_sum` is what came in on `reported_days` of `open_days`, and
    is the whole only when those are equal; `needed` more days would let the whole be said.
    `kept` is false where the place does not write such a thing down at all.
    """

    value: float | None
    known: Known
    low: float | None = None
    high: float | None = None
    open_days: int | None = None
    reported_days: int | None = None
    reported_sum: int | None = None
    needed: int = 0
    sources: frozenset[str] = frozenset()
    kept: bool = True

    @property
    def of_some_days(self) -> bool:
        """Whether the number is that of the reported days alone, too few to speak for all."""
        return self.value is not None and self.needed > 0

    @property
    def missing_days(self) -> int:
        """How many open days left no report."""
        return (self.open_days or 0) - (self.reported_days or 0)


@dataclass(frozen=True)
class Row:
    """One line of a table: where it stands in each dimension, its name there, and its amount."""

    at: Mapping[str, str]
    label: str
    amount: Amount
    shown: str
    source: str

    def as_json(self) -> dict[str, object]:
        """The row with the keys of `docs/contracts.md`; a draft protects nothing."""
        amount = self.amount
        return {
            **self.at,
            "value": amount.value,
            "shown": self.shown,
            "known": str(amount.known),
            "protected": None,
            "low": amount.low,
            "high": amount.high,
            "open_days": amount.open_days,
            "reported_days": amount.reported_days,
            "reported_sum": amount.reported_sum,
            "source": self.source,
        }


@dataclass(frozen=True)
class Table:
    """A measure, whole or divided by one dimension; the total row stands first."""

    measure: str
    dimensions: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def id(self) -> str:
        """`visits`, `visits-by-month`: at most 31 characters, as a sheet's name may be."""
        return "-by-".join((self.measure, *self.dimensions))

    def as_json(self) -> dict[str, object]:
        """The table with the keys of `docs/contracts.md`."""
        return {
            "id": self.id,
            "measure": self.measure,
            "dimensions": list(self.dimensions),
            "rows": [row.as_json() for row in self.rows],
        }


@dataclass(frozen=True)
class Series:
    """What one site reported day by day, and the days it was open.

    A day that is open and has no value is a missing report, never a zero. A value on a closed
    day happened all the same and is added to the sum, but says nothing of open days.
    """

    values: Mapping[date, int]
    open_days: frozenset[date]
    known: Known = Known.COUNTED
    sources: frozenset[str] = frozenset()

    def within(self, days: Days) -> "Series":
        """The same series on some of its days."""
        values = {day: self.values[day] for day in self.values.keys() & days}
        return replace(self, values=values, open_days=self.open_days & days)

    def expanded(self) -> Expansion:
        """What the days that were reported say of all open days."""
        return expand(self.values, open_days=self.open_days)


def weakest(known: Iterable[Known]) -> Known:
    """How a sum is known: as its weakest part is. Counted and stated make stated."""
    order = list(Known)
    return max(known, key=order.index, default=Known.COUNTED)


def summed(series: Iterable[Series]) -> Amount:
    """The sum of several sites' days, with an interval where reports are missing.

    Each site is expanded by itself from its own reported days, and can be said only when every
    site can. Intervals are added end to end: wider than needed when sites err independently,
    never too narrow. An estimate is rounded to what its interval bears.
    """
    parts = [(one, one.expanded()) for one in series]
    base = _reported(parts)
    totals = [expansion.total for _, expansion in parts]
    if any(total.value is None for total in totals):
        return replace(base, known=Known.UNKNOWN)
    value = sum(total.value or 0 for total in totals)
    if not base.missing_days:
        return replace(base, value=round(value))
    low, high = sum(total.low or 0 for total in totals), sum(total.high or 0 for total in totals)
    step = grain(high - low)
    return replace(
        base,
        value=round(value / step) * step,
        low=floor(low / step) * step,
        high=ceil(high / step) * step,
        known=Known.ESTIMATED,
    )


def per_open_day(series: Iterable[Series]) -> Amount:
    """The mean of an open day, each site's open day weighing the same; one decimal.

    It is the mean of the days that were reported, and an estimate as soon as one is missing. Of
    fewer than would let the sum be said it is the mean of those days and says no more: known as
    they are.
    """
    parts = [(one, one.expanded()) for one in series if one.open_days]
    base = _reported(parts)
    means = [(len(one.open_days), expansion.per_open_day) for one, expansion in parts]
    days = sum(size for size, _ in means)
    if any(mean.value is None for _, mean in means) or not days:
        return replace(base, known=Known.UNKNOWN)
    value = round(sum(size * (mean.value or 0) for size, mean in means) / days, 1)
    if base.needed or not base.missing_days:
        return replace(base, value=value)
    low = sum(size * (mean.low or 0) for size, mean in means) / days
    high = sum(size * (mean.high or 0) for size, mean in means) / days
    return replace(
        base,
        value=value,
        low=floor(low * 10) / 10,
        high=ceil(high * 10) / 10,
        known=Known.ESTIMATED,
    )


def _reported(parts: Iterable[tuple[Series, Expansion]]) -> Amount:
    """What came in, from how many of the open days, from whom, and how many days too few."""
    there = [(one, expansion) for one, expansion in parts if one.open_days or one.values]
    return Amount(
        value=None,
        known=weakest(one.known for one, _ in there),
        open_days=sum(expansion.open_days for _, expansion in there),
        reported_days=sum(expansion.reported_days for _, expansion in there),
        reported_sum=sum(expansion.reported_sum for _, expansion in there),
        needed=sum(expansion.needed for _, expansion in there),
        sources=frozenset[str]().union(*(one.sources for one, _ in there)),
    )


def grain(width: float) -> int:
    """To how many an interval this wide bears being rounded: 5 400 to hundreds, 30 to ones."""
    return int(10 ** max(0, floor(log10(width)) - 1)) if width >= 1 else 1


def different(coded: int, *, anonymous: int, days: Amount) -> Amount:
    """How many different people or households: those with a record, and at most so many more.

    Each visit without a record may be somebody new (`methods.md` 6), and so may each visit of a
    day without a report, as many as the estimate of `visits` allows. Where that cannot be said
    there is no upper end. `days` is the visits of the same cell.
    """
    base = replace(days, value=None, low=coded, high=None, reported_sum=None)
    if days.value is None:
        return at_least(coded, anonymous=anonymous, days=days)
    unseen = ceil((days.high or 0) - (days.reported_sum or 0)) if days.missing_days else 0
    span = hard_range(coded, anonymous_visits=anonymous + max(0, unseen))
    if span.low == span.high:
        return replace(base, value=coded, low=None)
    return replace(base, high=span.high, known=Known.ESTIMATED)


def at_least(counted: int, *, anonymous: int, days: Amount) -> Amount:
    """A number of which visits without a record say nothing, such as children at home."""
    base = replace(days, value=None, low=counted, high=None, reported_sum=None)
    if anonymous or days.missing_days:
        known = Known.ESTIMATED if counted else Known.UNKNOWN
        return replace(base, low=counted or None, known=known)
    return replace(base, value=counted, low=None)


def until_today(period: Period, *, today: date) -> Period | None:
    """The days of the period that are over; none of one that has not begun."""
    if period.starts_on >= today:
        return None
    return Period(period.starts_on, min(period.ends_before, today))


def year_before(period: Period) -> Period:
    """The same days a year earlier; the 29th of February is then the 1st of March."""

    def back(day: date) -> date:
        leap = (day.month, day.day) == (2, 29)
        return date(day.year - 1, 3, 1) if leap else day.replace(year=day.year - 1)

    return Period(back(period.starts_on), back(period.ends_before))


@dataclass(frozen=True)
class Daily:
    """One measure day by day: `numbers[site, part][day]`, and the days that were reported at all.

    A part is a gender, a service or a reason. A reported day without a number is a zero.
    """

    numbers: Mapping[tuple[UUID, str], Mapping[date, int]]
    reported: Mapping[UUID, frozenset[date]]
    known: Mapping[UUID, Known]
    sources: Mapping[UUID, frozenset[str]]
    made: dict[tuple[UUID, str | None], Series] = field(default_factory=dict)

    def parts(self) -> list[str]:
        """Every part that has a number."""
        return sorted({part for _, part in self.numbers})

    def series(self, site: UUID, *, part: str | None, open_days: frozenset[date]) -> Series:
        """One site's series, of one part or of all together; made once."""
        if (site, part) not in self.made:
            self.made[site, part] = self._series(site, part=part, open_days=open_days)
        return self.made[site, part]

    def _series(self, site: UUID, *, part: str | None, open_days: frozenset[date]) -> Series:
        values = dict.fromkeys(self.reported.get(site, ()), 0)
        for (where, which), numbers in self.numbers.items():
            if where == site and part in (None, which):
                for day, number in numbers.items():
                    values[day] = values.get(day, 0) + number
        known = self.known.get(site, Known.COUNTED)
        return Series(values, open_days, known, self.sources.get(site, frozenset()))


@dataclass(frozen=True)
class Person:
    """What is counted of somebody who was here, and the day of their first visit anywhere."""

    gender: str
    band: str
    first: date


@dataclass(frozen=True)
class Seen:
    """That somebody was somewhere in a month of the period, and from which household."""

    person: UUID
    household: UUID | None


@dataclass(frozen=True)
class Reading:
    """Everything the tables are made of, read once: sites by id, hours of their open days."""

    period: Period
    sites: Mapping[UUID, tuple[str, str]]  # slug and name
    hours: Mapping[UUID, Mapping[date, float]]
    daily: Mapping[str, Daily]
    people: Mapping[UUID, Person]
    seen: Mapping[tuple[UUID, int], Sequence[Seen]]  # by site and number of the month
    children: Mapping[UUID, int]  # of a household
    services: Mapping[str, str]  # slug and name
    idle: frozenset[str] = frozenset()  # measures of what the sites never offered
    sums: dict[object, Amount] = field(default_factory=dict)  # those that were reckoned already
    present: dict[object, frozenset[UUID]] = field(default_factory=dict)  # people, the same way

    @cached_property
    def opened(self) -> Mapping[UUID, frozenset[date]]:
        """The days that each site was open."""
        return {site: frozenset(days) for site, days in self.hours.items()}

    @cached_property
    def keeps_households(self) -> bool:
        """Whether anybody who was here is in a household."""
        return any(one.household for rows in self.seen.values() for one in rows)
