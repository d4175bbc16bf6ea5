"""Charts hold every value in words and let nothing through unescaped."""

from xml.etree import ElementTree

import pytest

from egenmakt.ui.charts import Bar, bars

YEAR = [
    Bar("j", "jan", 41, past=38),
    Bar("f", "feb", 1042.5, past=39, low=900, high=1200),
    Bar("m", "mars", None, past=37, gap="stängt"),
    Bar("a", "apr", None),
    Bar("m", "maj", 0, past=36),
]


def drawn(columns, title="Besök per öppen dag"):
    parser = ElementTree.XMLPullParser()
    parser.feed(bars(columns, title=title, key="c1", names=("2025", "2024")))
    *_, (_, whole) = parser.read_events()
    return whole


def test_the_description_holds_every_value_and_every_gap():
    assert drawn(YEAR).find("desc").text == (
        "jan 41 (2024: 38); feb 1\u00a0043, 900–1\u00a0200 (2024: 39); "
        "mars stängt (2024: 37); apr saknas; maj 0 (2024: 36)."
    )


def test_a_gap_has_no_bar_and_a_zero_has_one():
    chart = drawn(YEAR)
    assert len(chart.find("g[@class='c-this']")) == 3
    assert len(chart.find("g[@class='c-past']")) == 4
    assert "– stängt, saknas" in "".join(chart.itertext())


def test_bars_start_at_zero_and_an_interval_is_drawn():
    chart = drawn([Bar("j", "jan", 50), Bar("f", "feb", 25, low=20, high=30)])
    heights = [bar.get("d").split("V")[1].split("h")[0] for bar in chart.find("g[@class='c-this']")]
    assert heights == ["18.0", "100.0"]
    assert chart.find("g[@class='c-range']/path").get("d").endswith("116.4V83.6")


@pytest.mark.parametrize("columns", [[], [Bar("j", "jan", None)], [Bar("j", "jan", 0)]])
def test_a_chart_of_nothing_is_still_a_chart(columns):
    assert drawn(columns).get("role") == "img"


def test_names_cannot_break_out_of_the_drawing():
    evil = '</desc><script>alert("x")</script>'
    chart = drawn([Bar(evil, evil, 1, past=2), Bar("f", "feb", None, gap=evil)], title=evil)
    assert chart.find(".//script") is None
    assert chart.find("title").text == evil
