"""Five hundred strings that have broken other systems, made here, for every field there is."""

from collections.abc import Iterator
from itertools import product
from random import Random

from egenmakt.world.names import words

MARKUP = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "</textarea><script>alert(1)</script>",
    "<!--",
    "]]>",
    "&lt;b&gt;&#x3C;script&#x3E;",
    "{{ 7*7 }}{% now 'Y' %}",
    "${7*7}#{7*7}<%= 7*7 %>",
]
QUERIES = [
    "' OR '1'='1",
    "'; DROP TABLE visits_visit; --",
    "1; SELECT pg_sleep(9)",
    '" UNION SELECT * FROM access_user --',
    "%' ESCAPE '\\",
    "\\'; --",
]
FORMULAS = ["=1+1", "+46701234567", "-2+3", "@SUM(A1)", "\t=1+1", '=HYPERLINK("x","y")']
FORMATS = ["%s%s%s%n", "%(name)s", "{0}{name!r}", "%", "{", "}", "%%", "\\", "\\u0000", "$1"]
NUMBERS = words("0 -1 1e309 NaN Infinity 0x10 ٣ ½ 1_000 ²  00 -0 1,5 1.5.5 9999999999999999999 ∞")
DATES = words("0000-00-00 2026-02-30 9999-12-31 10000-01-01 1-1-1 2026-13-01 igår 24:00 99.99")
PATHS = [
    "../../etc/passwd",
    "C:\\CON",
    "file:///etc/passwd",
    "//x.example/",
    "\\\\srv\\x",
    "a/b?c#d",
]
LETTERS = [
    "åäöÅÄÖ",
    "ÉéÈèÜüßøæ",
    "محمد",
    "שלום",
    "ትግርኛ",
    "دری",
    "Nguyễn",
    "日本語",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "Z̷̧a̸l̵g̶o̴" + "\u0335" * 40,
    "İıſK",
    "ﬁﬀ",
    "\u202eomvänt\u202c",
    "\u200b\u200d\ufeff",
    "\u00ad" * 30,
    "e\u0301é",
    "\U0001d54f\U0010ffff",
]
CONTROL = [
    "\x00",
    "a\x00b",
    "\x07\x1b[31m",
    "\r\nSet-Cookie: x=y",
    "\x7f",
    "\u2028\u2029",
    "\n" * 50,
]
BLANK = ["", " ", "\u00a0", "\u3000 ", "\t"]
WORDS = [
    "null",
    "None",
    "undefined",
    "true",
    "NULL",
    "nan",
    "Andersson; DROP",
    "[]",
    "{}",
    '{"a":1}',
]
LONG = ["x" * 5_000, "å" * 3_000, "ord " * 1_500, "👋" * 1_000]
KINDS = [
    *(MARKUP, QUERIES, FORMULAS, FORMATS, NUMBERS, DATES, PATHS),
    *(LETTERS, CONTROL, BLANK, WORDS, LONG),
]


def strings(number: int = 500, *, seed: int = 1) -> list[str]:
    """So many naughty strings, the same for the same seed: each kind as it is, then in pairs."""
    plain = [text for kind in KINDS for text in kind]
    return (plain + list(pairs(seed)))[:number]


def pairs(seed: int) -> Iterator[str]:
    """Two of different kinds run together, in an order of their own."""
    short = [text for kind in KINDS for text in kind if text and len(text) < 100]
    both = list(product(short, short))
    Random(seed).shuffle(both)  # noqa: S311
    for first, second in both:
        yield first + second
