"""What is known of a sum, and that months add up to the year."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.figures.rules import (
    Amount,
    Known,
    Series,
    at_least,
    different,
    grain,
    per_open_day,
    summed,
    until_today,
    weakest,
    year_before,
)
from egenmakt.kit.calendar import Period

YEAR = Period.parse("2019")
WORKDAYS = frozenset(day for day in YEAR.days() if day.weekday() < 5)


@given(
    values=st.lists(st.integers(0, 200), min_size=len(WORKDAYS), max_size=len(WORKDAYS)),
    closed=st.dictionaries(st.sampled_from(sorted(set(YEAR.days()) - WORKDAYS)), st.integers(0, 9)),
)
def test_the_months_add_up_to_the_year_when_nothing_is_missing(values, closed):
    series = Series(dict(zip(sorted(WORKDAYS), values, strict=True)) | closed, WORKDAYS)
    months = [summed([series.within(frozenset(month.days()))]).value for month in YEAR.months()]
    assert sum(months) == summed([series]).value


@given(missing=st.sets(st.sampled_from(sorted(WORKDAYS)), min_size=1))
def test_a_year_with_a_missing_day_is_never_said_to_be_counted(missing):
    values = dict.fromkeys(WORKDAYS - missing, 10)
    whole = summed([Series(values, WORKDAYS)])
    assert whole.known in (Known.ESTIMATED, Known.UNKNOWN)
    assert whole.reported_days == len(WORKDAYS) - len(missing)
    assert (whole.value is None) == (whole.known is Known.UNKNOWN)


def test_one_site_that_cannot_be_said_makes_the_sum_unsayable():
    full = Series(dict.fromkeys(WORKDAYS, 10), WORKDAYS)
    silent = Series({}, WORKDAYS)
    assert summed([full, silent]).value is None
    assert summed([full, full]).value == 20 * len(WORKDAYS)
    assert per_open_day([full, full]).value == 10


def test_a_sum_is_known_as_its_weakest_part_is():
    assert weakest([]) is Known.COUNTED
    assert weakest([Known.COUNTED, Known.STATED]) is Known.STATED
    assert weakest([Known.STATED, Known.ESTIMATED, Known.COUNTED]) is Known.ESTIMATED


def test_missing_days_may_have_brought_people_that_nobody_saw():
    days = Amount(100, Known.ESTIMATED, 95, 108, open_days=10, reported_days=9, reported_sum=90)
    people = different(40, anonymous=5, days=days)
    assert (people.low, people.high) == (40, 40 + 5 + 18)
    children = at_least(7, anonymous=0, days=days)
    assert (children.value, children.low, children.known) == (None, 7, Known.ESTIMATED)
    nobody = at_least(0, anonymous=0, days=days)
    assert (nobody.value, nobody.low, nobody.known) == (None, None, Known.UNKNOWN)


@pytest.mark.parametrize(
    ("width", "step"), [(0, 1), (9, 1), (30, 1), (100, 10), (5400, 100), (99_999, 1000)]
)
def test_an_estimate_is_rounded_to_what_its_interval_bears(width, step):
    assert grain(width) == step


def test_a_period_that_runs_ends_yesterday_and_one_to_come_is_none():
    today = date(2019, 5, 14)
    assert until_today(YEAR, today=today) == Period.parse("2019-01-01..2019-05-13")
    assert until_today(Period.parse("2018"), today=today) == Period.parse("2018")
    assert until_today(Period.parse("2019-05-14..2019-06-01"), today=today) is None


def test_a_year_before_a_leap_day_is_the_first_of_march():
    assert year_before(Period.parse("2024-02-29..2024-03-02")) == Period.parse(
        "2023-03-01..2023-03-02"
    )
    assert year_before(Period.parse("2024")) == Period.parse("2023")
