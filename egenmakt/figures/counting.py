"""From what was read to the catalogue's tables: each cell is counted from its own days."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from uuid import UUID

from egenmakt.figures import catalogue
from egenmakt.figures.rules import (
    ALL,
    MEASURES,
    Amount,
    Days,
    Known,
    Measure,
    Reading,
    Row,
    Seen,
    Series,
    Table,
    at_least,
    different,
    per_open_day,
    summed,
)
from egenmakt.participants.rules import Band, Gender

ORDER = {
    "gender": [Gender.WOMAN, Gender.MAN, catalogue.CHILD, Gender.OTHER, catalogue.UNKNOWN],
    "band": [*Band, catalogue.UNKNOWN],
}


@dataclass(frozen=True)
class Cell:
    """Where a number stands: its days, months and sites, and one part of them or all."""

    value: str
    label: str
    days: Days
    months: tuple[int, ...]
    sites: tuple[UUID, ...]
    part: str | None = None


def tables(reading: Reading) -> list[Table]:
    """Each measure whole, then by each of its dimensions, where there is more than one part."""
    found = []
    whole = Cell(
        ALL,
        catalogue.label("", ALL),
        frozenset(reading.period.days()),
        tuple(range(len(reading.period.months()))),
        tuple(reading.sites),
    )
    for measure in (one for one in MEASURES.values() if one.code not in reading.idle):
        total = _row(measure, None, cell=whole, reading=reading)
        found.append(Table(measure.code, (), (total,)))
        for dimension in measure.dimensions:
            cells = list(_cells(measure, dimension, whole=whole, reading=reading))
            if len(cells) > 1:
                rows = (_row(measure, dimension, cell=cell, reading=reading) for cell in cells)
                first = replace(total, at={dimension: ALL})
                found.append(Table(measure.code, (dimension,), (first, *rows)))
    return found


def _row(measure: Measure, dimension: str | None, *, cell: Cell, reading: Reading) -> Row:
    amount = count(measure.code, dimension, cell=cell, reading=reading)
    return Row(
        at={dimension: cell.value} if dimension else {},
        label=cell.label,
        amount=amount,
        shown=catalogue.shown(measure.code, amount),
        source=catalogue.source(amount),
    )


def _cells(measure: Measure, dimension: str, *, whole: Cell, reading: Reading) -> Iterator[Cell]:
    """The cells that a dimension divides the whole into, in a fixed order: never by size."""
    if dimension == "month":
        for number, month in enumerate(reading.period.months()):
            value = f"{month.starts_on:%Y-%m}"
            label = catalogue.label(dimension, value)
            yield replace(
                whole, value=value, label=label, days=frozenset(month.days()), months=(number,)
            )
    elif dimension == "weekday":
        open_days = frozenset[date]().union(*reading.hours.values())
        for number in sorted({day.weekday() for day in open_days}):
            days = frozenset(day for day in open_days if day.weekday() == number)
            label = catalogue.label(dimension, str(number + 1))
            yield replace(whole, value=str(number + 1), label=label, days=days)
    elif dimension == "site":
        for site, (slug, name) in reading.sites.items():
            yield replace(whole, value=slug, label=name, sites=(site,))
    else:
        for part in _parts(measure, dimension, reading=reading):
            label = reading.services.get(part) or catalogue.label(dimension, part)
            yield replace(whole, value=part, label=label, part=part)


def _parts(measure: Measure, dimension: str, *, reading: Reading) -> list[str]:
    """The genders, bands, services or reasons that occur."""
    if measure.code in reading.daily:
        found = set(reading.daily[measure.code].parts())
    else:
        found = {getattr(person, dimension) for person in reading.people.values()}
    order = ORDER.get(dimension)
    return [str(part) for part in order if part in found] if order else sorted(found)


def count(code: str, dimension: str | None, *, cell: Cell, reading: Reading) -> Amount:
    """The amount of one cell."""
    if code in reading.daily:
        return _sum(code, cell=cell, reading=reading)
    if code == "visits_per_open_day":
        amount = per_open_day(_series("visits", cell=cell, reading=reading))
        part_of_it = dimension and amount.of_some_days
        return replace(amount, value=None, known=Known.UNKNOWN) if part_of_it else amount
    if code in ("open_days", "opening_hours"):
        return _open(code, cell=cell, reading=reading)
    return _people_of(code, dimension, cell=cell, reading=reading)


def _people_of(code: str, dimension: str | None, *, cell: Cell, reading: Reading) -> Amount:
    """How many different people, households or children stand behind the visits of a cell."""
    days = _sum("visits", cell=replace(cell, part=None), reading=reading)
    unnamed = _sum("anonymous", cell=replace(cell, part=None), reading=reading)
    anonymous = unnamed.reported_sum or 0
    if code in ("children", "households") and not reading.keeps_households:
        silent = replace(days, value=None, low=None, high=None, reported_sum=None)
        return replace(silent, known=Known.UNKNOWN, kept=False)
    if code == "children":
        with_children = {one.household for one in _seen(cell, reading) if one.household}
        children = sum(reading.children.get(home, 0) for home in with_children)
        return at_least(children, anonymous=anonymous, days=days)
    if code == "households":
        homes = households(_seen(cell, reading))
        return different(len(homes), anonymous=anonymous, days=days)
    chosen = _people(code, dimension, cell=cell, reading=reading)
    return different(len(chosen), anonymous=anonymous, days=days)


def _sum(code: str, *, cell: Cell, reading: Reading) -> Amount:
    """The sum of a cell's days; several measures need that of the visits, so it is kept."""
    key = (code, cell.days, cell.sites, cell.part)
    if key not in reading.sums:
        reading.sums[key] = summed(_series(code, cell=cell, reading=reading))
    return reading.sums[key]


def _series(code: str, *, cell: Cell, reading: Reading) -> list[Series]:
    daily = reading.daily[code]
    return [
        daily.series(site, part=cell.part, open_days=reading.opened[site]).within(cell.days)
        for site in cell.sites
    ]


def _open(code: str, *, cell: Cell, reading: Reading) -> Amount:
    """Open days or hours, as the sites' own opening hours say."""
    hours = [
        length
        for site in cell.sites
        for day, length in reading.hours.get(site, {}).items()
        if day in cell.days
    ]
    value = len(hours) if code == "open_days" else round(sum(hours), 1)
    return Amount(
        value, Known.COUNTED, open_days=len(hours), sources=frozenset({str(catalogue.HOURS)})
    )


def households(seen: Iterable[Seen]) -> set[UUID]:
    """The households that were seen; whoever was in none of them all along is one alone."""
    rows = list(seen)
    homes = {one.household for one in rows if one.household}
    settled = {one.person for one in rows if one.household}
    return homes | {one.person for one in rows if one.person not in settled}


def _seen(cell: Cell, reading: Reading) -> Iterator[Seen]:
    """Everybody with a record who was there, once a site, month and household."""
    for site in cell.sites:
        for month in cell.months:
            yield from reading.seen.get((site, month), ())


def _people(code: str, dimension: str | None, *, cell: Cell, reading: Reading) -> Collection[UUID]:
    """Those with a record who were seen, of one gender or band where the cell says so."""
    key = (cell.sites, cell.months)
    if key not in reading.present:
        reading.present[key] = frozenset(one.person for one in _seen(cell, reading))
    ids = reading.present[key]
    if code == "new_people":
        parts = reading.period.months()
        months = [parts[number] for number in cell.months]
        first = {one: reading.people[one].first for one in ids}
        ids = frozenset(one for one in ids if any(first[one] in part for part in months))
    if cell.part is not None:
        part_of = attrgetter(dimension or "")
        ids = frozenset(one for one in ids if part_of(reading.people[one]) == cell.part)
    return ids
