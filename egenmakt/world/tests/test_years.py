"""The drawn years have the volumes and the shape of the design, and are always the same."""

from collections import Counter
from datetime import date
from functools import cache

import numpy as np
import pytest

from egenmakt.world.coming import NOBODY
from egenmakt.world.giving import Memory, gifts
from egenmakt.world.years import chapters

TODAY = date(2026, 11, 22)


@cache
def whole(today: date):
    """Register → its chapter, of the world that ends on this day."""
    return {chapter.register: chapter for chapter in chapters(today=today, small=False)}


@pytest.fixture
def drawn(world):
    """Register → its chapter, of the world that ends on TODAY."""
    return whole(TODAY)


def per_day(came) -> dict[date, int]:
    """How many came each day."""
    days = Counter()
    for day, number in zip(came.day.tolist(), came.number.tolist(), strict=True):
        days[date.fromordinal(day)] += number
    return days


def bags(chapter):
    """Household and Monday of every food bag, in order of time."""
    memory = Memory(np.random.default_rng(1), chapter.household)
    for came in chapter.came:
        for given in gifts(came, memory=memory):
            if given.offer.service == "matkasse":
                for person, day in zip(given.person.tolist(), given.day.tolist(), strict=True):
                    monday = date.fromordinal(day - (day - 1) % 7)
                    yield chapter.household[person], monday


def test_the_same_day_gives_the_same_world_and_another_day_another(drawn):
    again = {chapter.register: chapter for chapter in chapters(today=TODAY, small=False)}
    other = whole(date(2026, 11, 23))
    for register, chapter in drawn.items():
        for one, same in zip(chapter.came, again[register].came, strict=True):
            assert np.array_equal(one.at, same.at)
            assert np.array_equal(one.person, same.person)
        assert chapter.homes == again[register].homes
    assert len(drawn["sion"].came[1].at) != len(other["sion"].came[1].at)


def test_there_are_about_200_000_visits(drawn):
    rows = sum(len(came.at) for chapter in drawn.values() for came in chapter.came)
    assert 180_000 < rows < 230_000


def test_60_to_90_come_to_kontaktcentrum(drawn):
    (came,) = drawn["kontaktcentrum"].came
    weekdays = [number for day, number in per_day(came).items() if day.weekday() < 5]
    assert 70 < np.mean(weekdays) < 80
    assert np.mean([60 <= number <= 90 for number in weekdays]) > 0.85
    assert (came.person == NOBODY).sum() < 0.1 * len(came.at)


def test_2_to_12_come_to_iogt_and_more_since_the_move(drawn):
    iop = drawn["iogt-nto"].came[0]
    days = per_day(iop)
    assert min(days.values()) >= 2
    assert max(days.values()) <= 12
    before = [number for day, number in days.items() if day < date(2019, 3, 4)]
    after = [n for day, n in days.items() if date(2019, 3, 4) <= day < date(2020, 3, 1)]
    assert np.mean(after) > 1.15 * np.mean(before)


def test_over_100_celebrate_christmas_at_sion(drawn):
    assert per_day(drawn["sion"].came[0])[date(2019, 12, 24)] > 100


def test_about_200_families_get_food_bags_in_an_autumn_and_never_within_five_weeks(drawn):
    given = list(bags(drawn["sion"]))
    autumn = {home for home, monday in given if date(2019, 9, 1) <= monday < date(2020, 1, 1)}
    assert 150 < len(autumn) < 250
    latest: dict[int, date] = {}
    for home, monday in given:
        assert home not in latest or (monday - latest[home]).days >= 5 * 7
        latest[home] = monday


def test_payday_makes_a_day_calmer(drawn):
    days = per_day(drawn["norrtalje"].came[0])
    calm = [number for day, number in days.items() if 25 <= day.day < 28]
    busy = [number for day, number in days.items() if 20 <= day.day < 25]
    assert np.mean(busy) > 1.1 * np.mean(calm)


def test_everybody_went_on_to_the_place_that_took_over(drawn):
    came = drawn["stockholm"].came
    people = {
        number: (one.site, set(one.person.tolist()) - {NOBODY}) for number, one in enumerate(came)
    }
    old = next(who for site, who in people.values() if site == "crossroads")
    later = {site for site, who in people.values() if who & old} - {"crossroads"}
    assert later == {"city"}
    carried = next(who for site, who in people.values() if site == "city") & old
    assert len(carried) > 20


def test_nobody_is_at_two_places_the_same_day(drawn):
    for chapter in drawn.values():
        seen = Counter()
        for came in chapter.came:
            known = came.person != NOBODY
            pairs = zip(came.person[known].tolist(), came.day[known].tolist(), strict=True)
            seen.update(pairs)
        assert max(seen.values()) == 1


def test_nobody_comes_on_a_closed_day_or_today(drawn):
    sion = per_day(drawn["sion"].came[0])
    assert {day.weekday() for day in sion if not (day.month == 12 and day.day == 24)} <= {1, 3, 4}
    assert not [day for day in sion if day.month == 7 and 8 <= day.day < 31]
    last = max(max(per_day(came)) for c in drawn.values() for came in c.came)
    assert last < TODAY
    assert date(2026, 7, 22) not in per_day(drawn["kontaktcentrum"].came[0])
