"""Figures of a few days made by hand, where every answer is known beforehand."""

import csv
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from egenmakt.figures.queries import tables
from egenmakt.kit.calendar import Period
from egenmakt.participants.models import Membership
from egenmakt.participants.rules import Band, Gender

WEEK = Period.parse("2019-03-04..2019-03-10")
MON, TUE, WED, THU, FRI, SAT, SUN = WEEK.days()


def whole(found, code):
    """The amount of a measure's total row."""
    return found[code].rows[0].amount


def said(amount):
    """The value, or the range it lies in."""
    return amount.value if amount.value is not None else (amount.low, amount.high)


def parts(found, table):
    """Every row of a breakdown but the total."""
    (dimension,) = found[table].dimensions
    return {row.at[dimension]: said(row.amount) for row in found[table].rows[1:]}


def everyday(place, person, period=WEEK):
    """Somebody who came every open day, so that no report is missing."""
    for day in period.days():
        if day.weekday() < 5:
            place.visit(day, person)


def test_visits_are_divided_by_gender_and_head_counts_by_what_was_noted(place, world):
    ada = world.person("sion", alias="Ada", gender=Gender.WOMAN)
    everyday(place, ada)
    place.visit(MON, world.person("sion", alias="Bo", gender=Gender.MAN))
    place.visit(MON, world.person("sion", alias="Cim"))
    place.visit(TUE, number=9, women=4, men=2, children=1)
    found = place.figures(WEEK)
    assert whole(found, "visits").value == 16
    assert whole(found, "head_counts").value == 9
    assert whole(found, "visits_per_open_day").value == 3.2
    assert parts(found, "visits-by-gender") == {"woman": 9, "man": 3, "child": 1, "unknown": 3}


def test_a_visit_said_again_the_same_day_counts_nothing(place, world):
    ada = world.person("sion", alias="Ada")
    everyday(place, ada)
    place.visit(MON, ada, counts=False)
    assert whole(place.figures(WEEK), "visits").value == 5


def test_an_open_day_without_a_report_is_not_a_zero_and_a_closed_day_is_not_missing(place):
    for day in (MON, TUE, WED, THU):
        place.visit(day, number=10)
    found = place.figures(WEEK)
    visits = whole(found, "visits")
    assert (visits.value, visits.known) == (None, "unknown")
    assert (visits.reported_sum, visits.reported_days, visits.open_days) == (40, 4, 5)
    assert found["visits"].rows[0].shown == "kan inte säga"
    mean = found["visits_per_open_day"].rows[0]
    assert (mean.amount.value, mean.shown) == (10.0, "10,0 på de 4 dagar som har rapport")
    place.visit(FRI, number=10)
    assert whole(place.figures(WEEK), "visits").value == 50


def test_one_missing_day_in_a_quarter_gives_an_estimate_with_its_interval(place):
    quarter = Period.parse("2019-01-01..2019-03-31")
    for day in quarter.days():
        if day.weekday() < 5 and day != MON:
            place.visit(day, number=10 + day.weekday() + day.day % 3)
    visits = whole(place.figures(quarter), "visits")
    assert visits.known == "estimated"
    assert visits.reported_sum < visits.low < visits.value < visits.high


def test_who_came_on_a_closed_day_is_in_the_sum_but_not_in_the_mean(place, world):
    ada = world.person("sion", alias="Ada")
    everyday(place, ada)
    place.visit(SAT, number=20)
    found = place.figures(WEEK)
    assert whole(found, "visits").value == 25
    assert whole(found, "visits_per_open_day").value == 1.0
    assert whole(found, "open_days").value == 5
    assert whole(found, "opening_hours").value == 15.0


def test_people_are_a_range_as_wide_as_the_visits_without_a_name(place, world):
    ada = world.person("sion", alias="Ada", gender=Gender.WOMAN, band=Band.B25)
    everyday(place, ada)
    place.visit(MON, world.person("sion", alias="Bo", gender=Gender.MAN))
    assert said(whole(place.figures(WEEK), "people")) == 2
    place.visit(TUE, number=4)
    found = place.figures(WEEK)
    assert said(whole(found, "people")) == (2, 6)
    assert found["people"].rows[0].shown == "2–6"
    assert parts(found, "people-by-gender") == {"woman": (1, 5), "man": (1, 5)}
    assert parts(found, "people-by-band") == {"25-44": (1, 5), "unknown": (1, 5)}


def test_nobody_can_say_at_most_how_many_people_came_when_days_are_missing(place, world):
    place.visit(MON, world.person("sion", alias="Ada"))
    row = place.figures(WEEK)["people"].rows[0]
    assert (row.amount.value, row.amount.low, row.amount.high) == (None, 1, None)
    assert row.shown == "minst 1"


def test_a_person_is_new_once_in_the_register_and_not_once_a_site(place, world):
    ada, bo = (world.person("sion", alias=alias) for alias in ("Ada", "Bo"))
    everyday(place, ada)
    place.visit(MON, bo)
    assert said(whole(place.figures(WEEK), "new_people")) == 2
    place.visit(date(2018, 5, 4), bo, site=place.neighbour("grannen"))
    assert said(whole(place.figures(WEEK), "new_people")) == 1


def test_a_household_and_its_children_count_once_however_many_of_it_came(place, world):
    ada, bo, cim, dag = (world.person("sion", alias=alias) for alias in ("Ada", "Bo", "Cim", "Dag"))
    world.household("sion", [ada, bo], children={"0-6": 2, "7-12": 1})
    world.household("sion", [dag])
    everyday(place, ada)
    for person in (bo, cim, dag):
        place.visit(MON, person)
    found = place.figures(WEEK)
    assert said(whole(found, "households")) == 3
    assert said(whole(found, "children")) == 3
    Membership.objects.filter(participant__in=[ada, bo]).update(valid_to=MON)
    found = place.figures(WEEK)
    assert said(whole(found, "households")) == 4
    assert said(whole(found, "children")) == 0


def test_where_nobody_is_in_a_household_nobody_can_say_how_many_there_were(place, world):
    everyday(place, world.person("sion", alias="Ada"))
    found = place.figures(WEEK)
    for code in ("households", "children"):
        row = found[code].rows[0]
        assert (said(row.amount), row.amount.known) == ((None, None), "unknown")
        assert row.amount.reported_sum is None
        assert row.shown == "kan inte säga"


def test_children_at_home_are_at_least_those_known_when_somebody_came_without_a_name(place, world):
    ada = world.person("sion", alias="Ada")
    world.household("sion", [ada], children={"0-6": 2})
    everyday(place, ada)
    place.visit(MON, number=1)
    row = place.figures(WEEK)["children"].rows[0]
    assert (row.amount.value, row.amount.low, row.amount.known) == (None, 2, "estimated")
    assert row.shown == "minst 2"


def test_food_bags_are_a_figure_where_they_were_ever_offered_or_given(place, world):
    everyday(place, world.person("sion", alias="Ada"))
    assert "food_bags" not in place.figures(WEEK)
    place.give(MON, world.service("sion", "matkasse"))
    assert said(whole(place.figures(WEEK), "food_bags")) == 1


def test_provisions_are_pieces_and_turned_away_are_people(place, world):
    everyday(place, world.person("sion", alias="Ada"))
    bag, talk = world.service("sion", "matkasse"), world.service("sion", "samtal")
    place.give(MON, bag, quantity=2)
    place.give(TUE, talk)
    place.turn_away(WED, people=3, reason="stock")
    place.turn_away(THU, reason="limit")
    found = place.figures(WEEK)
    assert whole(found, "provisions").value == 3
    assert parts(found, "provisions-by-service") == {bag.slug: 2, talk.slug: 1}
    assert whole(found, "food_bags").value == 2
    assert parts(found, "turned_away-by-reason") == {"limit": 1, "stock": 3}


def test_months_are_swedish_also_at_midnight_and_when_the_clock_changes(place):
    spring = Period.parse("2019-03-30..2019-04-02")
    autumn = Period.parse("2019-10-26..2019-11-01")
    moments = [
        (datetime(2019, 3, 30, 22, 59, tzinfo=UTC), 1),  # 23.59 in winter time
        (datetime(2019, 3, 30, 23, 0, tzinfo=UTC), 2),  # midnight: the 31st
        (datetime(2019, 3, 31, 21, 59, tzinfo=UTC), 4),  # 23.59 in summer time
        (datetime(2019, 3, 31, 22, 0, tzinfo=UTC), 8),  # midnight: April
        (datetime(2019, 10, 27, 22, 59, tzinfo=UTC), 16),  # 23.59 in winter time again
        (datetime(2019, 10, 31, 22, 59, tzinfo=UTC), 32),
        (datetime(2019, 10, 31, 23, 0, tzinfo=UTC), 64),  # midnight: November
    ]
    for at, number in moments:
        place.visit(at, number=number)

    def sums(period):
        rows = place.figures(period)["visits-by-month"].rows[1:]
        return [row.amount.reported_sum for row in rows]

    assert sums(spring) == [7, 8]
    assert sums(autumn) == [48, 64]
    assert whole(place.figures(Period.parse("2019-03-31..2019-03-31")), "visits").value == 6


def test_an_imported_day_is_used_where_nothing_was_registered(place, world):
    place.visit(MON, world.person("sion", alias="Ada"))
    place.take_in({MON: 99, TUE: 20, WED: 0, THU: None, FRI: 40}, known="stated")
    found = place.figures(WEEK)
    row = found["visits"].rows[0]
    assert (row.amount.reported_sum, row.amount.reported_days) == (61, 4)
    assert row.source == "egna registreringar; listan; listan, utom 1 dag med egna registreringar"
    place.visit(THU, number=5)
    found = place.figures(WEEK)
    assert (whole(found, "visits").value, whole(found, "visits").known) == (66, "stated")
    assert said(whole(found, "people")) == (1, 66)


def test_an_undone_import_leaves_nothing(place):
    run = place.take_in(dict.fromkeys((MON, TUE, WED, THU, FRI), 10))
    assert whole(place.figures(WEEK), "visits").value == 50
    run.undone_at = place.world.now
    run.save()
    assert whole(place.figures(WEEK), "visits").reported_days == 0


def test_each_site_is_expanded_by_itself_and_people_are_one_across_sites(place, world):
    other = place.neighbour("grannen")
    ada = world.person("sion", alias="Ada")
    everyday(place, ada)
    for day in (MON, TUE, WED, THU, FRI):
        place.visit(day, ada, site=other)
    found = place.figures(WEEK, other)
    assert whole(found, "visits").value == 10
    assert whole(found, "open_days").value == 10
    assert said(whole(found, "people")) == 1
    assert parts(found, "people-by-site") == {"provplats": 1, "grannen": 1}


def test_tables_take_as_many_statements_for_three_hundred_visits_as_for_thirty(place, world):
    people = [world.person("sion", alias=f"Person {number}") for number in range(30)]
    for person in people:
        place.visit(MON, person)

    def statements():
        with CaptureQueriesContext(connection) as seen:
            tables([place.site], WEEK)
        return len(seen)

    few = statements()
    for number in range(9):
        for person in people:
            place.visit(MON + timedelta(days=number % 7), person, counts=number == 8)
    assert statements() == few <= 12


def test_a_table_names_a_sheet_and_begins_with_its_total(place, world):
    everyday(place, world.person("sion", alias="Ada"))
    for table in place.figures(Period.parse("2019")).values():
        assert len(table.id) <= 31
        assert set(table.rows[0].at.values()) <= {"alla"}


@pytest.mark.skipif(
    not (settings.DATA / "nyc_dropin_daily.csv").exists() and not os.environ.get("CI"),
    reason="the shared data is not here",
)
def test_the_known_answer_for_new_york_2024_comes_out(place, world):
    place.site = world.site("new-york")
    with Path(settings.DATA / "nyc_dropin_daily.csv").open() as file:
        rows = [
            row for row in csv.DictReader(file) if row["measure"] == "Drop-in Center Clients Served"
        ]
    place.take_in(
        {
            date.fromisoformat(row["date"]): int(row["count"])
            for row in rows
            if row["count"] not in ("NA", "0")
        }
    )
    found = place.figures(Period.parse("2024"))
    visits = whole(found, "visits")
    assert (visits.reported_sum, visits.reported_days, visits.open_days) == (65652, 179, 262)
    assert visits.value is None
    mean = found["visits_per_open_day"].rows[0]
    assert (mean.amount.value, mean.amount.low, mean.amount.high) == (366.8, None, None)
    assert mean.amount.known == "counted"
    assert mean.shown == "366,8 på de 179 dagar som har rapport"
    assert "65" not in found["visits"].rows[0].shown
