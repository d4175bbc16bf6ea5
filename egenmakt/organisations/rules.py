"""How deep an offering may register people, when a place is open, and what may be kept about it."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")
Life = tuple[date, date | None]  # the first day, and the first day it no longer holds


class Kind(StrEnum):
    """What an organisation is."""

    IDEA_BASED = "idea_based"
    MUNICIPALITY = "municipality"
    AUTHORITY = "authority"
    OTHER = "other"


class Regime(StrEnum):
    """The legal ground of an offering (`law.md` 1)."""

    CIVIL = "civil"
    SOL_OPEN_EXEMPT = "sol_open_exempt"
    SOL_OPEN_DOCUMENTED = "sol_open_documented"
    SOL_ASSESSED = "sol_assessed"


class Depth(IntEnum):
    """How much is known of somebody: a count, an alias, a name."""

    COUNT = 0
    ALIAS = 1
    NAMED = 2


DEEPEST = {
    Regime.CIVIL: Depth.NAMED,
    Regime.SOL_OPEN_EXEMPT: Depth.ALIAS,
    Regime.SOL_OPEN_DOCUMENTED: Depth.NAMED,
    Regime.SOL_ASSESSED: Depth.NAMED,
}


def allows(regime: Regime, depth: Depth) -> bool:
    """Whether somebody known this deep may be registered as such under the regime.

    Under `sol_open_exempt` identity is refused, not hidden: a named person is a head count there
    (SoL 2025:400, 11 kap. 5 §).
    """
    return depth <= DEEPEST[regime]


@dataclass(frozen=True)
class Span:
    """Opening hours on one weekday (0 = Monday), for everyone or one audience, while they hold."""

    weekday: int
    opens: time
    closes: time
    audience: str
    valid_from: date
    valid_to: date | None  # the first day it no longer holds

    @property
    def length(self) -> timedelta:
        """How long the span is on the clock."""
        day = date(2000, 1, 1)
        return datetime.combine(day, self.closes) - datetime.combine(day, self.opens)


@dataclass(frozen=True)
class SpecialDays:
    """Days (half open) with other hours than usual, or closed when no hours are given."""

    starts_on: date
    ends_before: date
    opens: time | None
    closes: time | None
    reason: str


@dataclass(frozen=True)
class OpenDay:
    """A day's hours in order; none is closed, and then `reason` may say why."""

    day: date
    spans: tuple[Span, ...]
    reason: str = ""

    @property
    def hours(self) -> float:
        """Opening hours, each minute once however many audiences share it."""
        total = timedelta()
        until = time.min
        for span in sorted(self.spans, key=lambda span: span.opens):
            start = max(span.opens, until)
            if span.closes > start:
                until = span.closes
                total += Span(0, start, span.closes, "", self.day, None).length
        return total / timedelta(hours=1)


def hours_on(
    day: date,
    *,
    spans: Iterable[Span],
    special: Sequence[SpecialDays],
    life: Life,
) -> OpenDay:
    """The opening hours of `day`: special days win over the week, and a place that has not opened
    yet or has closed for good is closed. `life` is (first day, first day it no longer exists)."""
    born, gone = life
    if day < born or (gone is not None and day >= gone):
        return OpenDay(day, ())
    for other in special:
        if other.starts_on <= day < other.ends_before:
            if other.opens is None or other.closes is None:
                return OpenDay(day, (), other.reason)
            hours = Span(day.weekday(), other.opens, other.closes, "", day, None)
            return OpenDay(day, (hours,), other.reason)
    holding = [
        span
        for span in spans
        if span.weekday == day.weekday()
        and span.valid_from <= day
        and (span.valid_to is None or day < span.valid_to)
    ]
    return OpenDay(day, tuple(sorted(holding, key=lambda span: span.opens)))


@dataclass(frozen=True)
class Door:
    """Whether a place is open at a moment, and when it opens next."""

    now: tuple[Span, ...]
    next_day: date | None
    next: Span | None

    @property
    def closes(self) -> time | None:
        """When the last of what is open now closes."""
        return max((span.closes for span in self.now), default=None)


def door(days: Sequence[OpenDay], *, day: date, clock: time) -> Door:
    """What is open at `clock` on `day`, and the first span that begins later among `days`.

    The clock is the one on the wall: on the nights when it is changed the sign on the door still
    holds, and a span is as long as it says.
    """
    today = next((one.spans for one in days if one.day == day), ())
    later = (
        (one.day, span)
        for one in days
        for span in one.spans
        if (one.day, span.opens) > (day, clock)
    )
    next_day, following = next(later, (None, None))
    now = tuple(span for span in today if span.opens <= clock < span.closes)
    return Door(now, next_day, following)


class Fault(StrEnum):
    """Why something about a place cannot be kept as it was written."""

    CLOSES_FIRST = "closes_first"
    ENDS_FIRST = "ends_first"
    ONE_TIME = "one_time"
    OVERLAPS = "overlaps"
    DAYS_TAKEN = "days_taken"
    DAY_TAKEN = "day_taken"
    NO_DECISION = "no_decision"
    SHARED = "shared"
    NOT_CIVIL = "not_civil"
    BEFORE_START = "before_start"
    AFTER_END = "after_end"
    BEGUN = "begun"
    NOT_OPEN_YET = "not_open_yet"
    CIRCLE = "circle"
    TAKEN = "taken"
    CHANGED = "changed"


class Refused(Exception):
    """A rule says no: why, in which field, and what it collides with."""

    def __init__(self, fault: Fault, *, field: str | None = None, other: object = None) -> None:
        super().__init__(fault)
        self.fault, self.field, self.other = fault, field, other


def holds_together(one: Life, other: Life) -> bool:
    """Whether two lives share a day; no end means for ever."""
    return (other[1] is None or one[0] < other[1]) and (one[1] is None or other[0] < one[1])


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans for the same audience share a minute on a day when both hold."""
    return (
        one.weekday == other.weekday
        and one.audience.strip().casefold() == other.audience.strip().casefold()
        and one.opens < other.closes
        and other.opens < one.closes
        and holds_together((one.valid_from, one.valid_to), (other.valid_from, other.valid_to))
    )


def check_life(life: Life) -> None:
    """Refuse what ends before it has held for a day."""
    if life[1] is not None and life[1] <= life[0]:
        raise Refused(Fault.ENDS_FIRST, field="last_on")


def check_times(opens: time | None, closes: time | None) -> None:
    """Refuse one time without the other, and closing before opening.

    A span lies within one day: open past midnight is two spans, one on each day.
    """
    if (opens is None) != (closes is None):
        raise Refused(Fault.ONE_TIME, field="opens" if opens is None else "closes")
    if opens is not None and closes is not None and closes <= opens:
        raise Refused(Fault.CLOSES_FIRST, field="closes", other=opens)


def check_spans(new: Sequence[Span], *, kept: Iterable[Span]) -> None:
    """Refuse spans that are no spans, or that overlap what is kept for the same audience."""
    for span in new:
        check_times(span.opens, span.closes)
        check_life((span.valid_from, span.valid_to))
    for other in kept:
        if any(overlap(span, other) for span in new):
            raise Refused(Fault.OVERLAPS, field="opens", other=other)


def check_special(new: SpecialDays, *, kept: Iterable[SpecialDays]) -> None:
    """Refuse special days that are no days, or that share a day with others: which would win?"""
    check_times(new.opens, new.closes)
    life = (new.starts_on, new.ends_before)
    check_life(life)
    for other in kept:
        if holds_together(life, (other.starts_on, other.ends_before)):
            raise Refused(Fault.DAYS_TAKEN, field="starts_on", other=other)


def check_regime(regime: str, *, decision: str, shared: bool) -> None:
    """Refuse a regime of the social services act without its decision, or in a shared register.

    A register is one site's; only under `civil` may several sites keep one (`law.md` 1 and 2).
    """
    if regime == Regime.CIVIL:
        return
    if not decision.strip():
        raise Refused(Fault.NO_DECISION, field="decision")
    if shared:
        raise Refused(Fault.SHARED, field="regime")


def check_change(new: date, *, old: Life) -> None:
    """Refuse to change something from a day before it began or after it ended."""
    if new < old[0]:
        raise Refused(Fault.BEFORE_START, field="valid_from", other=old[0])
    if old[1] is not None and new >= old[1]:
        raise Refused(Fault.AFTER_END, field="valid_from", other=old[1] - timedelta(days=1))


def leads_to(start: T, *, goal: T, links: Mapping[T, Collection[T]]) -> bool:
    """Whether somebody who follows the links from `start` comes to `goal`."""
    seen: set[T] = set()
    ahead = [start]
    while ahead:
        here = ahead.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            ahead += links.get(here, ())
    return False


@dataclass(frozen=True)
class Timeline(Generic[T]):
    """What holds today, what is coming, and what is past."""

    now: list[T]
    coming: list[T]
    past: list[T]


def timeline(rows: Iterable[T], *, today: date, life: Callable[[T], Life]) -> Timeline[T]:
    """Sort dated things by where today stands in their lives, each in the order given."""
    sorted_out: Timeline[T] = Timeline([], [], [])
    for row in rows:
        first, gone = life(row)
        if gone is not None and gone <= today:
            sorted_out.past.append(row)
        elif first > today:
            sorted_out.coming.append(row)
        else:
            sorted_out.now.append(row)
    return sorted_out


def slug_for(name: str, *, otherwise: str, taken: Collection[str]) -> str:
    """An address word made from a name: *Kaffe & bulle* is `kaffe-bulle`.

    Letters lose their dots and rings; a name without any such letter becomes `otherwise`; a word
    that is taken gets a number.
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    word = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or otherwise
    slug, number = word, 1
    while slug in taken:
        number += 1
        slug = f"{word}-{number}"
    return slug


def moved(order: Sequence[T], *, item: T, up: bool) -> list[T]:
    """The order with one item a step nearer the start or the end; at the edge it stays."""
    line = list(order)
    here = line.index(item)
    there = here - 1 if up else here + 1
    if 0 <= there < len(line):
        line[here], line[there] = line[there], line[here]
    return line
