"""A row becomes a day's count, or says why not; nothing is guessed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from egenmakt.exchange import rules, tables
from egenmakt.exchange.rules import Faulty, Plan, Reason, Span, count_of, day_of, judge
from egenmakt.exchange.tests.files import shared

PLAN = Plan("dag", "antal", missing=("NA", " - "))
SPAN = Span(date(2020, 1, 1), date(2024, 7, 1), date(2024, 12, 31))
THE_DAY = date(2024, 1, 31)


def judged(text: str, plan: Plan = PLAN, span: Span = SPAN) -> rules.Judged:
    """A CSV, judged."""
    return judge(tables.read(text.encode()), plan, span=span)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-01-31",
        " 2024-1-31 ",
        "2024/01/31",
        "20240131",
        20240131.0,
        "31/1 2024",
        "31/01-2024",
        "2024-01-31 23:59",
        "2024-01-31T00:00:00Z",
        date(2024, 1, 31),
        datetime.combine(date(2024, 1, 31), time(23, 59)),
        datetime(2024, 1, 30, 23, 30, tzinfo=UTC),
    ],
)
def test_a_day_is_read_in_every_form_that_means_one_day(cell: rules.Cell) -> None:
    assert day_of(cell) == THE_DAY


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", Reason.NO_DATE),
        ("1/2/2024", Reason.DATE),
        ("31.1.2024", Reason.DATE),
        ("2024-02-30", Reason.DATE),
        ("2024-W05", Reason.DATE),
        ("2024-01", Reason.DATE),
        ("45322", Reason.DATE),
        (45322.0, Reason.DATE),
        ("2024-01-31 25:00", Reason.DATE),
        ("0001-01-01T00:00:00+23:59", Reason.DATE),
        ("i går", Reason.DATE),
    ],
)
def test_a_day_that_could_be_another_is_refused(cell: rules.Cell, reason: Reason) -> None:
    with pytest.raises(Faulty) as refused:
        day_of(cell)
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("366", 366),
        (366.0, 366),
        ("366,0", 366),
        ("366.00", 366),
        ("9 012", 9012),
        ("9\u00a0012", 9012),
        ("1\u202f000\u202f000", 1_000_000),
        ("0", 0),
        ("007", 7),
        ("na", None),
        ("-", None),
    ],
)
def test_a_count_is_a_whole_number_as_people_write_it(cell: rules.Cell, value: int | None) -> None:
    assert count_of(cell, PLAN) == value


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", Reason.NO_VALUE),
        ("12,5", Reason.FRACTION),
        (12.5, Reason.FRACTION),
        ("1,000", Reason.FRACTION),
        ("1.234", Reason.FRACTION),
        ("-3", Reason.NEGATIVE),
        ("−3", Reason.NEGATIVE),
        ("12 34", Reason.VALUE),
        ("ca 40", Reason.VALUE),
        ("60–90", Reason.VALUE),
        ("=1+1", Reason.VALUE),
        ("1e3", Reason.VALUE),
        (float("inf"), Reason.VALUE),
        (1e300, Reason.LARGE),
        ("1000001", Reason.LARGE),
        ("9" * 5000, Reason.LARGE),
        (date(2024, 1, 31), Reason.VALUE),
        ("TRUE", Reason.VALUE),
    ],
)
def test_what_is_no_whole_number_is_refused(cell: rules.Cell, reason: Reason) -> None:
    with pytest.raises(Faulty) as refused:
        count_of(cell, PLAN)
    assert refused.value.reason is reason


def test_a_zero_is_nobody_or_a_missing_report_as_was_said() -> None:
    assert count_of("0,0", PLAN) == 0
    assert count_of("0,0", replace(PLAN, zero_is_missing=True)) is None


def test_an_empty_cell_is_missing_only_when_that_was_said() -> None:
    assert count_of(" ", replace(PLAN, missing=("",))) is None


def test_a_day_must_have_been_and_the_site_must_have_existed() -> None:
    found = judged(
        "dag;antal\n2019-12-31;1\n2020-01-01;2\n2024-06-30;3\n2024-07-01;4\n2025-01-01;5\n"
    )
    assert [said.value for said in found.days] == [2, 3]
    assert [reason for _, reason in found.faults] == [Reason.BEFORE, Reason.AFTER, Reason.FUTURE]


def test_a_day_said_twice_is_one_day_or_a_fault() -> None:
    same = judged("dag;antal\n2024-01-31;5\n31/1 2024;5\n")
    assert (len(same.days), same.repeated, same.rows, same.faults) == (1, 1, 2, [])
    other = judged("dag;antal\n2024-01-31;5\n2024-01-31;NA\n")
    assert [(row.number, reason) for row, reason in other.faults] == [(3, Reason.TWICE)]


def test_a_decimal_comma_that_split_a_row_is_not_read_as_a_whole_number() -> None:
    found = judged("dag,antal\n2024-01-30,12\n2024-01-31,12,5\n2024-02-01,13\n")
    assert [(row.number, reason) for row, reason in found.faults] == [(3, Reason.WIDE)]


def test_only_the_rows_that_are_meant_are_read() -> None:
    text = "dag;vad;antal\n2024-01-31;Besök;5\n2024-01-31;Nätter;x\n2024-02-01;Besök;6\n"
    found = judged(text, replace(PLAN, where=("vad", "Besök ")))
    assert (found.rows, [said.value for said in found.days]) == (2, [5, 6])


def test_the_new_york_series_is_read_as_it_was_published() -> None:
    sheet = tables.read(shared("nyc_dropin_daily.csv").read_bytes())
    assert rules.guess(sheet, shown=sheet.rows[:6]) == Plan("date", "count", missing=("NA",))
    assert list(rules.filters(sheet)) == ["measure"]
    where = ("measure", "Drop-in Center Clients Served")
    plan = Plan("date", "count", where, missing=("NA",), zero_is_missing=True)
    found = judge(sheet, plan, span=Span(date(2020, 1, 1), None, date(2026, 1, 1)))
    year = [said for said in found.days if said.day.year == 2024]
    assert not found.faults
    assert len(year) == 192
    assert sum(said.value is None for said in year) == 13
    assert sum(said.value or 0 for said in year) == 65652


def test_both_calgary_shelters_are_read_night_by_night() -> None:
    sheet = tables.read(shared("calgary_two_sites_daily.csv").read_bytes())
    kinds = rules.filters(sheet)
    assert set(kinds) == {"shelter_type", "site"}
    for site in kinds["site"]:
        plan = Plan("date", "overnight", ("site", site))
        found = judge(sheet, plan, span=Span(date(2013, 4, 1), None, date(2026, 1, 1)))
        assert not found.faults
        assert len(found.days) > 4000
