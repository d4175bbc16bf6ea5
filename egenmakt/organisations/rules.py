"""How deep an offering may register people, and when a place is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum


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
    life: tuple[date, date | None],
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
