"""Charts as the house's own inline SVG: every value in words, geometry in attributes, no script."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext

from egenmakt.ui import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

WIDTH: Final = 400
START: Final = 36.0
TOP: Final = 18.0
BASE: Final = 182.0


@dataclass(frozen=True)
class Bar:
    """One month, or another stretch of time, with what is known about it.

    `short` stands under the axis, `name` in the words. `value` is this period's figure and `past`
    the one before; None is a gap and never a zero, and `gap` says why (*stängt*). `low` and
    `high` are drawn as an interval when the figure is estimated.
    """

    short: str
    name: str
    value: float | None
    past: float | None = None
    gap: str = ""
    low: float | None = None
    high: float | None = None


def bars(
    columns: "Sequence[Bar]", *, title: str, key: str, names: tuple[str, str], decimals: int = 0
) -> "SafeString":
    """Bars from zero, this period solid and the one before outlined behind it, gaps said in words.

    `key` makes the ids unique on the page; `names` is what the two periods are called (the second
    empty when there is none before). `desc` holds every value, so nobody has to see the bars.
    """
    scale = _Scale.over(columns)
    told = [_told(column, names=names, decimals=decimals) for column in columns]
    return format_html(
        '<svg class="chart" viewBox="0 0 400 236" role="img" aria-labelledby="{0}-t {0}-d">'
        '<title id="{0}-t">{1}</title><desc id="{0}-d">{2}.</desc>{3}{4}{5}{6}</svg>',
        key,
        title,
        "; ".join(told),
        _grid(scale),
        _columns(columns, scale=scale),
        _labels(columns, scale=scale, decimals=decimals),
        _legend(columns, names=names),
    )


@dataclass(frozen=True)
class _Scale:
    """From figures to units of the drawing: the height of one and the width of a column."""

    step: float
    top: float
    slot: float

    @classmethod
    def over(cls, columns: "Sequence[Bar]") -> "_Scale":
        seen = [v for c in columns for v in (c.value, c.past, c.high) if v is not None]
        most = max(seen, default=0) or 1
        step = next(
            size * 10**power
            for power in range(-3, 10)
            for size in (1, 2, 5)
            if size * 10**power * 5 >= most
        )
        lines = next(n for n in range(1, 6) if step * n >= most)
        return cls(step=step, top=step * lines, slot=(WIDTH - START) / max(len(columns), 1))

    def y(self, value: float) -> float:
        return round(BASE - value / self.top * (BASE - TOP), 1)

    def x(self, index: int, share: float) -> float:
        return round(START + self.slot * (index + share), 1)


def _told(column: Bar, *, names: tuple[str, str], decimals: int) -> str:
    """One column in words: *jan 41 (2024: 38)*, *juli stängt*, *maj 40, 36–44*."""
    if column.value is None:
        said = f"{column.name} {_gap(column)}"
    else:
        said = f"{column.name} {words.number(column.value, decimals=decimals)}"
    if column.low is not None and column.high is not None:
        said += f", {words.interval(column.low, column.high, decimals=decimals)}"
    if column.past is not None:
        said += f" ({names[1]}: {words.number(column.past, decimals=decimals)})"
    return said


def _grid(scale: _Scale) -> "SafeString":
    marks = [scale.step * n for n in range(round(scale.top / scale.step) + 1)]
    decimals = 0 if scale.step >= 1 else 1 if scale.step >= 0.1 else 2
    lines = format_html_join(
        "", '<path d="M{} {}H400"/>', [(round(START - 8, 1), scale.y(mark)) for mark in marks]
    )
    texts = format_html_join(
        "",
        '<text x="{}" y="{}">{}</text>',
        [(START - 14, scale.y(m) + 4, words.number(m, decimals=decimals)) for m in marks],
    )
    return format_html('<g class="c-grid">{}</g><g class="c-text c-far">{}</g>', lines, texts)


def _columns(columns: "Sequence[Bar]", *, scale: _Scale) -> "SafeString":
    """The bars: the period before at 84 % of a column's width, this one at 48 %, then intervals."""

    def drawn(index: int, value: float, width: float) -> tuple[float, float, float, float]:
        return scale.x(index, (1 - width) / 2), BASE, scale.y(value), round(scale.slot * width, 1)

    two = any(c.past is not None for c in columns)
    shape = '<path d="M{} {}V{}h{}V182z"/>'
    past = [drawn(i, c.past, 0.84) for i, c in enumerate(columns) if c.past is not None]
    this = [
        drawn(i, c.value, 0.48 if two else 0.66)
        for i, c in enumerate(columns)
        if c.value is not None
    ]
    ranges = [
        (scale.x(i, 0.5), scale.y(c.low), scale.y(c.high))
        for i, c in enumerate(columns)
        if c.low is not None and c.high is not None
    ]
    return format_html(
        '<g class="c-past">{0}</g><g class="c-this">{1}</g>'
        '<g class="c-halo">{2}</g><g class="c-range">{2}</g>',
        format_html_join("", shape, past),
        format_html_join("", shape, this),
        format_html_join("", '<path d="M{} {}V{}"/>', ranges),
    )


def _labels(columns: "Sequence[Bar]", *, scale: _Scale, decimals: int) -> "SafeString":
    """The name under each column, the figure on the highest and the lowest, a dash in a gap."""
    known = [(c.value, i) for i, c in enumerate(columns) if c.value is not None]
    under = [(scale.x(i, 0.5), BASE + 17, c.short) for i, c in enumerate(columns)]
    gaps = [
        (scale.x(i, 0.5), BASE - 5, words.DASH) for i, c in enumerate(columns) if c.value is None
    ]
    ends = [
        (
            scale.x(i, 0.5),
            scale.y(max(value, columns[i].past or 0, columns[i].high or 0)) - 6,
            words.number(value, decimals=decimals),
        )
        for value, i in sorted({max(known), min(known)} if known else set())
    ]
    return format_html(
        '<g class="c-text c-mid">{}{}</g>',
        format_html_join("", '<text x="{}" y="{}">{}</text>', under + gaps),
        format_html_join("", '<text class="c-strong" x="{}" y="{}">{}</text>', ends),
    )


def _legend(columns: "Sequence[Bar]", *, names: tuple[str, str]) -> "SafeString":
    """Which bars are which, and what a dash stands for."""
    this = format_html(
        '<path class="c-this" d="M28 219h11v11H28z"/><text x="45" y="229">{}</text>', names[0]
    )
    at = 66 + 7 * len(names[0])
    past = format_html(
        '<path class="c-past" d="M{} 219.5h11v10h-11z"/><text x="{}" y="229">{}</text>',
        at,
        at + 17,
        names[1],
    )
    reasons = dict.fromkeys(_gap(column) for column in columns if column.value is None)
    dash = format_html(
        '<text x="{}" y="229">{} {}</text>',
        at + 38 + 7 * len(names[1]) if names[1] else at,
        words.DASH,
        ", ".join(reasons),
    )
    return format_html(
        '<g class="c-text">{}{}{}</g>', this, past if names[1] else "", dash if reasons else ""
    )


def _gap(column: Bar) -> str:
    return column.gap or gettext("saknas")
