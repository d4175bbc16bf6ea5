"""When a place is open, what may stand beside what, and how deep a regime lets people be known."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.organisations import rules
from egenmakt.organisations.rules import Depth, Fault, Refused, Regime, Span, SpecialDays

MONDAY = date(2026, 11, 23)
EVER = (date(2020, 1, 1), None)


def span(weekday, opens, closes, audience="", since=date(2020, 1, 1), gone=None):
    return Span(weekday, time(*opens), time(*closes), audience, since, gone)


def on(day, *spans, special=(), life=EVER):
    return rules.hours_on(day, spans=spans, special=special, life=life)


times = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda at: time(*at))
spans = st.builds(
    lambda a, b, audience: Span(0, min(a, b), max(a, b), audience, date(2020, 1, 1), None),
    times,
    times,
    st.sampled_from(["", "familjer", "unga"]),
).filter(lambda one: one.opens < one.closes)


@given(st.lists(spans, max_size=8))
def test_a_day_has_at_most_its_24_hours_and_each_minute_once(some):
    day = on(MONDAY, *some)
    start = datetime.combine(MONDAY, time())
    minutes = {
        start + timedelta(minutes=minute)
        for minute in range(24 * 60)
        for one in some
        if one.opens <= (start + timedelta(minutes=minute)).time() < one.closes
    }
    assert day.hours * 60 == pytest.approx(len(minutes))
    assert day.hours <= 24


@given(st.lists(spans, max_size=6), times)
def test_the_door_is_open_exactly_when_a_span_says_so_and_opens_next_after_now(some, clock):
    door = rules.door([on(MONDAY, *some)], day=MONDAY, clock=clock)
    assert bool(door.now) == any(one.opens <= clock < one.closes for one in some)
    later = [one.opens for one in some if one.opens > clock]
    assert (door.next.opens if door.next else None) == (min(later) if later else None)


@given(spans, spans)
def test_overlap_is_mutual_and_needs_a_common_minute(one, other):
    shares = one.audience == other.audience and max(one.opens, other.opens) < min(
        one.closes, other.closes
    )
    assert rules.overlap(one, other) == rules.overlap(other, one) == shares


@given(st.text(max_size=80), st.sets(st.sampled_from(["tjanst", "a", "kaffe"])))
def test_any_name_makes_an_address_word_that_is_not_taken(name, taken):
    slug = rules.slug_for(name, otherwise="tjanst", taken=taken)
    assert slug not in taken
    assert slug
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_word_is_made_from_the_letters_without_dots_and_rings():
    assert rules.slug_for("Kläder & skor på vinden", otherwise="x", taken=()) == (
        "klader-skor-pa-vinden"
    )
    assert rules.slug_for("قهوة", otherwise="tjanst", taken={"tjanst"}) == "tjanst-2"


@pytest.mark.parametrize("night", [date(2026, 3, 29), date(2026, 10, 25)])
def test_on_the_nights_when_clocks_change_the_sign_on_the_door_holds(night):
    day = on(night, span(6, (1, 0), (5, 0)))
    assert day.hours == 4
    assert rules.door([day], day=night, clock=time(2, 30)).now


def test_special_days_win_over_the_week_and_say_why():
    week = span(0, (9, 0), (19, 0))
    feast = SpecialDays(MONDAY, MONDAY + timedelta(1), time(11), time(16), "Julafton")
    shut = SpecialDays(MONDAY, MONDAY + timedelta(7), None, None, "Städvecka")
    assert on(MONDAY, week, special=[feast]).hours == 5
    assert on(MONDAY, week, special=[feast]).reason == "Julafton"
    assert on(MONDAY, week, special=[shut]) == rules.OpenDay(MONDAY, (), "Städvecka")
    assert on(MONDAY + timedelta(7), week, special=[feast, shut]).hours == 10


def test_a_place_is_closed_before_its_first_day_and_from_its_last():
    week = span(0, (9, 0), (19, 0))
    assert on(MONDAY, week, life=(MONDAY, None)).hours == 10
    assert on(MONDAY, week, life=(MONDAY + timedelta(1), None)).hours == 0
    assert on(MONDAY, week, life=(date(2020, 1, 1), MONDAY)).hours == 0


def test_hours_hold_from_their_first_day_until_the_day_they_no_longer_do():
    old = span(0, (9, 0), (12, 0), gone=MONDAY)
    new = span(0, (9, 0), (15, 0), since=MONDAY)
    assert on(MONDAY, old, new).hours == 6
    assert on(MONDAY - timedelta(7), old, new).hours == 3


def refused(check, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        check(*args, **kwargs)
    return caught.value.fault


def test_hours_for_the_same_audience_may_not_overlap_and_for_another_they_may():
    kept = [span(5, (10, 0), (17, 0), "familjer")]
    assert refused(rules.check_spans, [span(5, (16, 0), (18, 0), " Familjer")], kept=kept) is (
        Fault.OVERLAPS
    )
    rules.check_spans([span(5, (10, 0), (17, 0))], kept=kept)
    rules.check_spans([span(5, (17, 0), (18, 0), "familjer")], kept=kept)
    rules.check_spans([span(4, (10, 0), (17, 0), "familjer")], kept=kept)


@pytest.mark.parametrize("closes", [(9, 0), (2, 0)])
def test_closing_at_or_before_opening_is_refused_so_nothing_crosses_midnight(closes):
    assert refused(rules.check_spans, [span(0, (9, 0), closes)], kept=()) is Fault.CLOSES_FIRST


def test_special_days_may_not_share_a_day_since_no_rule_says_which_would_win():
    kept = [SpecialDays(date(2026, 12, 21), date(2026, 12, 28), None, None, "Julveckan")]
    same = SpecialDays(date(2026, 12, 24), date(2026, 12, 25), time(11), time(16), "Julafton")
    after = SpecialDays(date(2026, 12, 28), date(2026, 12, 29), None, None, "Mellandag")
    assert refused(rules.check_special, same, kept=kept) is Fault.DAYS_TAKEN
    rules.check_special(after, kept=kept)
    half = SpecialDays(date(2027, 1, 1), date(2027, 1, 2), time(11), None, "Nyår")
    assert refused(rules.check_special, half, kept=()) is Fault.ONE_TIME


def test_the_social_services_act_asks_for_a_decision_and_a_register_of_ones_own():
    exempt = Regime.SOL_OPEN_EXEMPT
    assert refused(rules.check_regime, exempt, decision=" ", shared=False) is Fault.NO_DECISION
    assert refused(rules.check_regime, exempt, decision="§ 12", shared=True) is Fault.SHARED
    rules.check_regime(exempt, decision="§ 12", shared=False)
    rules.check_regime(Regime.CIVIL, decision="", shared=True)


@pytest.mark.parametrize("regime", Regime)
def test_a_named_person_is_refused_only_where_identity_is_exempt(regime):
    assert rules.allows(regime, Depth.ALIAS)
    assert rules.allows(regime, Depth.NAMED) == (regime is not Regime.SOL_OPEN_EXEMPT)


def test_nobody_takes_over_after_their_own_successor_however_far_away():
    links = {"a": ["b"], "b": ["c"], "x": ["c"]}
    assert rules.leads_to("a", goal="c", links=links)
    assert not rules.leads_to("c", goal="a", links=links)


def test_moving_at_the_edge_changes_nothing():
    assert rules.moved("abc", item="a", up=True) == ["a", "b", "c"]
    assert rules.moved("abc", item="b", up=False) == ["a", "c", "b"]
