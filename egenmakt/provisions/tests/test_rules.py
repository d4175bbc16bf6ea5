"""Limits in days and ISO weeks: known answers, and what holds for every rule."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.provisions.rules import (
    Given,
    Rule,
    Unit,
    breaks,
    counts_from,
    frees_on,
    next_on,
    units_counting,
)

FIFTH_WEEK = Rule(1, 5, Unit.WEEKS)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))
RULES = st.builds(Rule, st.integers(1, 4), st.integers(1, 60), st.sampled_from(Unit))


def near(day):
    """Days around a day, close enough to matter to most rules."""
    return st.integers(-120, 120).map(lambda off: day + timedelta(days=off))


@pytest.mark.parametrize(
    ("given_on", "free"),
    [
        ("2019-10-03", "2019-11-04"),  # Sion: Thursday in week 40, free from Monday in week 45
        ("2019-09-30", "2019-11-04"),  # Monday of the same week: the same day
        ("2019-10-06", "2019-11-04"),  # and Sunday
        ("2020-12-03", "2021-01-04"),  # over week 53
        ("2020-12-31", "2021-02-01"),  # in week 53
        ("2026-03-26", "2026-04-27"),  # over the night the clock goes forward
        ("2026-10-22", "2026-11-23"),  # and back
    ],
)
def test_every_fifth_week_is_free_again_on_a_monday(given_on, free):
    had = [Given(date.fromisoformat(given_on), 1)]
    expected = date.fromisoformat(free)
    assert frees_on(had[0].day, FIFTH_WEEK) == expected
    assert next_on(had, rule=FIFTH_WEEK, day=had[0].day) == expected
    assert next_on(had, rule=FIFTH_WEEK, day=expected - timedelta(days=1)) == expected
    assert next_on(had, rule=FIFTH_WEEK, day=expected) == expected
    assert expected.isocalendar().weekday == 1


def test_rolling_days_count_from_the_day_itself():
    month = Rule(1, 30, Unit.DAYS)
    had = [Given(date(2026, 3, 1), 1)]
    assert next_on(had, rule=month, day=date(2026, 3, 30)) == date(2026, 3, 31)


def test_two_units_a_month_wait_for_the_older_of_three():
    rule = Rule(2, 30, Unit.DAYS)
    had = [Given(date(2026, 3, 1), 1), Given(date(2026, 3, 11), 1)]
    assert next_on(had, rule=rule, day=date(2026, 3, 12)) == date(2026, 3, 31)
    assert next_on(had, rule=rule, day=date(2026, 3, 12), wanted=2) == date(2026, 4, 10)
    assert next_on(had, rule=rule, day=date(2026, 3, 12), wanted=3) is None


@given(st.data(), RULES, DAYS)
def test_the_next_day_is_the_first_on_which_giving_breaks_nothing(data, rule, day):
    had = [Given(on, 1) for on in data.draw(st.lists(near(day), max_size=4)) if on <= day]
    if breaks(had, rule=rule):
        return
    first = next_on(had, rule=rule, day=day)
    assert first is not None
    assert not breaks([*had, Given(first, 1)], rule=rule)
    if first > day:
        assert breaks([*had, Given(first - timedelta(days=1), 1)], rule=rule)


@given(st.data(), RULES, DAYS)
def test_what_counts_lies_within_the_look_up(data, rule, day):
    had = [Given(on, 1) for on in data.draw(st.lists(near(day), max_size=6))]
    for one in units_counting(had, rule=rule, day=day):
        assert counts_from(day, rule) <= one.day <= day


@given(st.data(), RULES, DAYS)
def test_taking_one_away_never_makes_the_next_day_later(data, rule, day):
    had = [Given(on, 1) for on in data.draw(st.lists(near(day), min_size=1, max_size=5))]
    before = next_on(had, rule=rule, day=day)
    after = next_on(had[1:], rule=rule, day=day)
    assert before is not None
    assert after is not None
    assert after <= before
