"""Service days, weeks and half-open periods, clock changes included."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.kit.calendar import (
    DAY,
    STOCKHOLM,
    Period,
    days_between,
    monday_of,
    service_day,
)

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
PERIODS = st.tuples(DAYS, st.integers(1, 900)).map(lambda p: Period(p[0], p[0] + DAY * p[1]))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 1, 22, 59, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 1, 1, 23, 0, tzinfo=UTC), date(2026, 1, 2)),
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_moment_belongs_to_the_day_that_it_is_in_stockholm(moment, day):
    assert service_day(moment) == day


@pytest.mark.parametrize(("change", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_the_day_of_a_clock_change_has_its_own_length(change, hours):
    start = datetime(change.year, change.month, change.day, tzinfo=STOCKHOLM).astimezone(UTC)
    moments = [start + timedelta(minutes=30 * half) for half in range(60)]
    assert sum(service_day(moment) == change for moment in moments) == 2 * hours


@given(DAYS)
def test_a_week_starts_on_its_monday(day):
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert monday.isocalendar()[:2] == day.isocalendar()[:2]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-12", date(2023, 12, 1), date(2023, 12, 31)),
        ("2024-01-01..2024-06-30", date(2024, 1, 1), date(2024, 6, 30)),
        ("2024-02-29..2024-02-29", date(2024, 2, 29), date(2024, 2, 29)),
    ],
)
def test_a_period_is_read_inclusive_at_both_ends(text, first, last):
    period = Period.parse(text)
    assert (period.starts_on, period.last_day) == (first, last)
    assert str(period) == text or text == "2024-02-29..2024-02-29"


@pytest.mark.parametrize(
    "text",
    ["", "24", "2024-13", "2024-00", "2024-1", "2024-02-30..2024-03-01", "2024-05-02..2024-05-01",
     "2024-01-01", "2024-01-01 .. 2024-01-02", "2024..2025", " 2024", "2024\n", "٢٠٢٤", "9999-12",
     "2019-01-01..9999-12-31"],
)  # fmt: skip
def test_anything_else_is_not_a_period(text):
    with pytest.raises(ValueError, match=r"."):
        Period.parse(text)


@given(PERIODS)
def test_what_a_period_says_is_read_back_as_the_same(period):
    assert Period.parse(str(period)) == period


@given(PERIODS)
def test_a_period_is_half_open_and_its_days_and_months_fill_it(period):
    days = list(period.days())
    assert days[0] == period.starts_on
    assert days[-1] == period.last_day
    assert len(days) == period.length
    assert period.ends_before not in period
    assert period.starts_on in period
    months = period.months()
    assert [day for month in months for day in month.days()] == days
    assert len({(month.starts_on.year, month.starts_on.month) for month in months}) == len(months)


def test_an_empty_period_cannot_be_made():
    with pytest.raises(ValueError, match="ends after"):
        Period(date(2024, 1, 1), date(2024, 1, 1))
    assert list(days_between(date(2024, 1, 2), date(2024, 1, 1))) == []
