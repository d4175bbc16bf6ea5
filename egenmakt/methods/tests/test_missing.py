"""A period with missing days is counted, estimated or not said, and never the sum of the rest."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from egenmakt.methods.missing import (
    Estimate,
    Expansion,
    Known,
    Stratum,
    expand,
    standard_error,
    stratified,
)

NOTHING = Estimate(None, None, None)


def days(start: date, end: date, *, weekdays: str = "12345") -> list[date]:
    """The open days of a period, both ends in it."""
    every = (start + timedelta(days=i) for i in range((end - start).days + 1))
    return [day for day in every if str(day.isoweekday()) in weekdays]


YEAR = days(date(2025, 1, 1), date(2025, 12, 31))


def year(*, missing: set[date]) -> Expansion:
    """A year of 60 visits a day, and of 100 on Fridays, in which some days never reported."""
    counts = {day: 100 if day.isoweekday() == 5 else 60 for day in YEAR if day not in missing}
    return expand(counts, open_days=YEAR)


def test_a_stratified_total_and_its_error_are_those_of_the_textbooks() -> None:
    # Lohr (2010), example 3.2: acres of farmland in 300 of 3 078 counties, by four regions.
    farms = [
        Stratum(220, 21, 97_629.8, 7_647_472_708),
        Stratum(1054, 103, 300_504.2, 29_618_183_543),
        Stratum(1382, 135, 211_315.0, 53_587_487_856),
        Stratum(422, 41, 662_295.5, 396_185_950_266),
    ]
    assert stratified(farms).value == pytest.approx(909_736_035, rel=1e-6)
    assert standard_error(farms) == pytest.approx(50_417_248, abs=1)
    # Cochran (1977), table 5.1: 24 of 64 cities in two strata, allotted in proportion, then evenly.
    proportional = [Stratum(16, 6, 0, 53_843), Stratum(48, 18, 0, 5_581)]
    even = [Stratum(16, 12, 0, 53_843), Stratum(48, 12, 0, 5_581)]
    assert standard_error(proportional) == pytest.approx(1372, abs=0.5)
    assert standard_error(even) == pytest.approx(1044, abs=0.5)


@pytest.mark.parametrize(("sampled", "t"), [(2, 12.706), (5, 2.776), (6, 2.571), (31, 2.042)])
def test_few_days_make_a_wide_interval(sampled: int, t: float) -> None:
    stratum = Stratum(size=100, sampled=sampled, mean=50, variance=9)
    high = stratified([stratum]).high
    assert high == pytest.approx(5000 + t * standard_error([stratum]), rel=1e-3)


def test_a_year_with_every_day_reported_is_the_exact_sum() -> None:
    whole = year(missing=set())
    assert whole.known == Known.COUNTED
    assert whole.total == Estimate(17_740, 17_740, 17_740)
    assert whole.needed == 0


def test_missing_fridays_are_made_up_for_as_fridays() -> None:
    fridays = [day for day in YEAR if day.isoweekday() == 5]
    made_up = year(missing=set(fridays[::3]))
    assert made_up.known == Known.ESTIMATED
    assert made_up.total == Estimate(17_740, 17_740, 17_740)
    assert made_up.reported_sum == 17_740 - 100 * len(fridays[::3])
    mean = made_up.per_open_day
    assert mean.low is not None
    assert mean.high is not None
    assert mean.value == made_up.reported_sum / made_up.reported_days
    assert mean.low < mean.value < mean.high


def august() -> set[date]:
    return {day for day in YEAR if day.month == 8}


def all_but_one_friday() -> set[date]:
    return {day for day in YEAR if day.isoweekday() == 5 and day != date(2025, 5, 9)}


def every_fourth() -> set[date]:
    return set(YEAR[::4])


@pytest.mark.parametrize(
    ("missing", "needed"),
    [(august(), 1), (all_but_one_friday(), 1), (every_fourth(), 14), (set(YEAR), 209)],
    ids=["a silent month", "a single friday", "one day in four", "nothing"],
)
def test_what_is_missing_otherwise_than_by_chance_is_not_said(
    missing: set[date], needed: int
) -> None:
    unsaid = year(missing=missing)
    assert (unsaid.known, unsaid.total) == (Known.UNKNOWN, NOTHING)
    assert unsaid.needed == needed


@pytest.mark.parametrize("missing", [august(), all_but_one_friday(), every_fourth(), set(YEAR)])
def test_with_the_days_needed_it_can_be_said(missing: set[date]) -> None:
    lacking = sorted(missing, key=lambda day: (day.day, day.month))
    found = next(n for n in range(len(lacking)) if year(missing=set(lacking[n:])).needed == 0)
    assert found >= year(missing=missing).needed


def test_visits_on_a_closed_day_are_visits_but_of_no_open_day() -> None:
    week = days(date(2025, 3, 3), date(2025, 3, 7))
    found = expand(dict.fromkeys(week, 10) | {date(2025, 3, 8): 7}, open_days=week)
    assert (found.reported_sum, found.reported_days, found.open_days) == (57, 5, 5)
    assert (found.outside_sum, found.outside_days) == (7, 1)
    assert found.per_open_day == Estimate(10, 10, 10)
    assert found.total.value == 57


def test_a_period_never_open_is_counted_as_nothing() -> None:
    assert expand({}, open_days=[]).total == Estimate(0, 0, 0)
    assert expand({}, open_days=[]).per_open_day == NOTHING


def test_one_reported_day_has_a_mean_and_no_interval() -> None:
    week = days(date(2025, 3, 3), date(2025, 3, 7))
    assert expand({week[0]: 12}, open_days=week).per_open_day == Estimate(12, None, None)


def test_an_estimate_is_never_below_what_was_counted() -> None:
    week = days(date(2025, 3, 3), date(2025, 3, 28))
    found = expand(dict.fromkeys(week[1:-1], 0) | {week[-1]: 50}, open_days=week)
    assert found.known == Known.ESTIMATED
    assert found.total.low == found.reported_sum == 50


def simulated(*, open_days: list[date], missing: float, seed: int) -> Iterator[bool]:
    """Whether each of 400 intervals holds the truth: weekdays, seasons, days lost by chance."""
    chance = Random(seed)
    for _ in range(400):
        truth = {
            day: round(chance.gauss(70 + 8 * day.isoweekday() - abs(day.month - 7), 14))
            for day in open_days
        }
        kept = chance.sample(open_days, k=round(len(open_days) * (1 - missing)))
        total = expand({day: truth[day] for day in kept}, open_days=open_days).total
        if total.low is not None and total.high is not None:
            yield total.low <= sum(truth.values()) <= total.high


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("missing", [0.03, 0.18])
@pytest.mark.parametrize("months", [3, 12])
def test_intervals_hold_the_truth_as_often_as_they_say(
    months: int, missing: float, seed: int
) -> None:
    span = [day for day in YEAR if day.month <= months]
    held = list(simulated(open_days=span, missing=missing, seed=seed))
    assert len(held) > 300
    assert sum(held) / len(held) >= 0.92


def test_new_york_2024_has_a_mean_and_no_total(shared: Path) -> None:
    with (shared / "nyc_dropin_daily.csv").open(encoding="utf-8", newline="") as rows:
        counts = {
            date.fromisoformat(row["date"]): int(row["count"])
            for row in csv.DictReader(rows)
            if row["measure"] == "Drop-in Center Clients Served"
            and row["date"].startswith("2024")
            and row["count"] not in {"NA", "0"}
        }
    open_days = days(date(2024, 1, 1), date(2024, 12, 31), weekdays="71234")
    found = expand(counts, open_days=open_days)
    assert (found.reported_sum, found.reported_days, found.open_days) == (65_652, 179, 262)
    assert round(found.per_open_day.value or 0, 1) == 366.8
    assert (found.total.value, found.known, found.needed) == (None, Known.UNKNOWN, 31)
    assert (found.outside_sum, found.outside_days) == (0, 0)
