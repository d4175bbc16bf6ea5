"""Days as the places live them: Swedish service days, ISO weeks and half-open periods."""

import calendar as months
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
DAY = timedelta(days=1)
YEAR = re.compile(r"([12][0-9]{3})")
MONTH = re.compile(r"([12][0-9]{3})-([0-9]{2})")
SPAN = re.compile(r"([12][0-9]{3}-[0-9]{2}-[0-9]{2})\.\.([12][0-9]{3}-[0-9]{2}-[0-9]{2})")


def service_day(at: datetime) -> date:
    """The day in Stockholm on which `at` (aware) falls, because a visit belongs to a day there."""
    return at.astimezone(STOCKHOLM).date()


def monday_of(day: date) -> date:
    """The Monday of the ISO week of `day`."""
    return day - DAY * day.weekday()


def days_between(first: date, before: date) -> Iterator[date]:
    """Every day from `first` up to but not including `before`."""
    for number in range((before - first).days):
        yield first + DAY * number


@dataclass(frozen=True, order=True)
class Period:
    """A span of days, half open: `starts_on` belongs to it, `ends_before` does not."""

    starts_on: date
    ends_before: date

    def __post_init__(self) -> None:
        if self.starts_on >= self.ends_before:
            raise ValueError("a period ends after it starts")

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `2024`, `2024-07` or `2024-01-01..2024-06-30` (inclusive at both ends).

        Raises ValueError for anything else; the same forms stand in addresses and commands.
        """
        if match := YEAR.fullmatch(text):
            year = int(match[1])
            return cls(date(year, 1, 1), date(year + 1, 1, 1))
        if match := MONTH.fullmatch(text):
            first = date(int(match[1]), int(match[2]), 1)
            return cls(first, first + DAY * months.monthrange(first.year, first.month)[1])
        if match := SPAN.fullmatch(text):
            return cls(date.fromisoformat(match[1]), date.fromisoformat(match[2]) + DAY)
        raise ValueError("a period is 2024, 2024-07 or 2024-01-01..2024-06-30")

    def __str__(self) -> str:
        """The shortest form that `parse` reads back to the same period."""
        whole_year = self.starts_on.replace(month=1, day=1)
        if self == Period(whole_year, whole_year.replace(year=whole_year.year + 1)):
            return f"{self.starts_on:%Y}"
        days = months.monthrange(self.starts_on.year, self.starts_on.month)[1]
        if self.starts_on.day == 1 and self.length == days:
            return f"{self.starts_on:%Y-%m}"
        return f"{self.starts_on}..{self.last_day}"

    @property
    def last_day(self) -> date:
        """The last day that belongs to the period."""
        return self.ends_before - DAY

    @property
    def length(self) -> int:
        """How many days belong to it."""
        return (self.ends_before - self.starts_on).days

    def __contains__(self, day: date) -> bool:
        """Whether `day` belongs to the period."""
        return self.starts_on <= day < self.ends_before

    def days(self) -> Iterator[date]:
        """Every day of the period, in order."""
        return days_between(self.starts_on, self.ends_before)

    def months(self) -> list["Period"]:
        """The calendar months of the period in order, the first and last cut to it."""
        parts = []
        first = self.starts_on
        while first < self.ends_before:
            following = Period.parse(f"{first:%Y-%m}").ends_before
            parts.append(Period(first, min(following, self.ends_before)))
            first = following
        return parts
