"""Dates, times and numbers in words, with known answers in both languages."""

from datetime import UTC, date, datetime, time

import pytest
from django.utils import translation

from egenmakt.ui import words

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [
        ("sv", date(2026, 11, 23), "igår"),
        ("sv", date(2026, 11, 24), "idag"),
        ("sv", date(2026, 11, 25), "imorgon"),
        ("sv", date(2026, 12, 11), "fre 11 dec (v. 50)"),
        ("sv", date(2026, 3, 12), "tors 12 mars (v. 11)"),
        ("sv", date(2026, 12, 31), "tors 31 dec (v. 53)"),
        ("sv", date(2027, 1, 1), "fre 1 jan 2027 (v. 53)"),
        ("sv", date(2024, 12, 30), "mån 30 dec 2024 (v. 1)"),
        ("en", date(2026, 11, 24), "today"),
        ("en", date(2026, 5, 9), "Sat 9 May (wk 19)"),
    ],
)
def test_a_day_is_said_with_weekday_and_week_and_its_year_only_when_it_is_another(
    language, value, said
):
    with translation.override(language):
        assert words.day(value, today=TODAY) == said


def test_the_lintel_says_todays_date_in_full():
    assert words.dated(TODAY, today=TODAY) == "tis 24 nov (v. 48)"


@pytest.mark.parametrize(
    ("day_of_november", "said"),
    [(24, "idag"), (23, "igår"), (22, "i söndags"), (18, "i onsdags"), (17, "17 nov")],
)
def test_within_a_week_the_latest_time_is_said_by_its_weekday(day_of_november, said):
    assert words.latest(date(2026, 11, day_of_november), today=TODAY) == said


def test_a_clock_time_is_stockholms_in_summer_and_winter():
    assert words.clock(datetime(2026, 7, 1, 8, 42, tzinfo=UTC)) == "10.42"
    assert words.clock(datetime(2026, 1, 1, 8, 5, tzinfo=UTC)) == "9.05"
    with translation.override("en"):
        assert words.clock(time(10, 42)) == "10:42"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (time(9), time(19), "9–19"),
        (time(9, 30), time(14), "9.30–14"),
        (time(18), time(0), "18–24"),
    ],
)
def test_a_span_leaves_out_the_minutes_of_whole_hours(start, end, said):
    assert words.span(start, end) == said


@pytest.mark.parametrize(
    ("value", "decimals", "swedish", "english"),
    [
        (9012, 0, "9\u00a0012", "9,012"),
        (1234567.25, 1, "1\u00a0234\u00a0567,3", "1,234,567.3"),
        (39.5, 1, "39,5", "39.5"),
        (366.8, 1, "366,8", "366.8"),
        (2.5, 0, "3", "3"),
        (-0.5, 1, "\u22120,5", "\u22120.5"),
        (-0.4, 0, "0", "0"),
    ],
)
def test_a_number_is_written_as_the_reader_writes_it(value, decimals, swedish, english):
    assert words.number(value, decimals=decimals) == swedish
    with translation.override("en"):
        assert words.number(value, decimals=decimals) == english


def test_a_range_has_a_dash_and_words_when_an_end_is_below_zero():
    assert words.interval(360, 470) == "360–470"
    assert words.interval(-3, 5) == "\u22123 till 5"


def test_every_way_of_knowing_has_its_words():
    assert words.known("counted") == "Räknat"
    assert words.known("estimated", note="360–470") == "Uppskattat, 360–470"
    assert words.known("stated", note="kommunen") == "Enligt kommunen"
    assert words.known("unknown") == "Kan inte säga"
