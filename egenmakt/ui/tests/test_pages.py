"""The frame of every page: its scripts and styles, rooms, icons, classes and colours."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import get_language

from egenmakt.ui import middleware, pages

HOUSE = Path(__file__).resolve().parents[2]
STYLE = (HOUSE / "ui/static/ui/egenmakt.css").read_text()
SPRITE = (HOUSE / "ui/static/ui/icons.svg").read_text()
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))


class Strict(HTMLParser):
    """Collects what the content security policy would refuse, and what ids there are."""

    def __init__(self, page):
        super().__init__()
        self.refused, self.ids = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.ids += [given["id"]] if "id" in given else []
        inline = tag == "style" or (tag == "script" and "src" not in given)
        far = re.match(r"(https?:)?//", given.get("src") or given.get("href") or "")
        if inline or far or any(name == "style" or name.startswith("on") for name in given):
            self.refused.append((tag, given))


def page(template, **context):
    return render_to_string(template, context, request=RequestFactory().get("/?q=a&sida=2"))


@pytest.mark.parametrize(
    "template", ["400.html", "403.html", "404.html", "500.html", "403_csrf.html", "ui/wall.html"]
)
def test_a_page_has_nothing_that_a_strict_policy_refuses(template):
    rooms = [{"label": "Idag <3", "href": "/idag/", "current": True}]
    seen = Strict(page(template, rooms=rooms, demo=True, messages=["Sparat."]))
    assert seen.refused == []
    assert seen.ids.count("innehall") == 1


def test_the_lintel_shows_the_rooms_and_marks_the_one_you_are_in():
    rooms = [
        {"label": "Idag", "href": "/idag/", "current": True},
        {"label": "Siffror <b>", "href": "/siffror/", "current": False},
    ]
    html = page("404.html", rooms=rooms, demo=True)
    assert '<a href="/idag/" aria-current="page">Idag</a>' in html
    assert '<a href="/siffror/">Siffror &lt;b&gt;</a>' in html
    assert "Demodata – påhittade personer och siffror" in html


def test_the_error_page_needs_nothing_but_itself():
    assert "Något stannade hos oss" in render_to_string("500.html")


def test_turning_the_page_keeps_the_rest_of_the_address():
    html = page("ui/_pages.html", page=Paginator(range(50), 20).page(2))
    assert 'href="?q=a&amp;sida=1"' in html
    assert 'href="?q=a&amp;sida=3"' in html
    assert "Sida 2 av 3" in html


def test_after_a_write_the_way_on_is_a_303():
    answer = pages.redirect(RequestFactory().post("/"), "access:language")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sprak/")


@pytest.mark.parametrize(
    ("session", "language", "cache"),
    [
        ({}, "sv", None),
        ({"language": "en"}, "en", None),
        ({"language": "tlh", SESSION_KEY: "1"}, "sv", "no-store"),
    ],
)
def test_the_session_decides_the_language_and_the_logged_in_leave_nothing(session, language, cache):
    request = RequestFactory().get("/")
    request.session = session
    chain = middleware.no_store(middleware.language(lambda _: HttpResponse(get_language())))
    answer = chain(request)
    assert answer.content.decode() == answer.headers["Content-Language"] == language
    assert answer.headers.get("Cache-Control") == cache


def test_every_icon_that_a_page_asks_for_is_in_the_sprite():
    drawn = set(re.findall(r'id="i-(\w+)"', SPRITE))
    asked = {
        name for file in TEMPLATES for name in re.findall(r'{% icon "(\w+)"', file.read_text())
    }
    assert asked - drawn == set()


def test_every_class_that_a_page_wears_is_in_the_stylesheet():
    known = set(re.findall(r"\.(-?[a-zA-Z][\w-]*)", STYLE))
    worn = {
        (name, file.name)
        for file in TEMPLATES
        for worn in re.findall(r'class="([^"{]*)"', file.read_text())
        for name in worn.split()
    }
    assert {pair for pair in worn if pair[0] not in known} == set()


def test_the_stylesheet_knows_no_left_or_right_and_stays_under_600_lines():
    physical = r"(?<![\w-])(left|right|(margin|padding|border)-(left|right|top|bottom))\s*:"
    assert re.findall(physical, STYLE) == []
    assert STYLE.count("\n") < 600


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", [":root {", ':root[data-theme="dark"] {'])
def test_text_and_edges_can_be_told_from_what_they_stand_on(theme):
    block = STYLE.split(theme, 1)[1].split("}", 1)[0]
    tokens = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))
    text = "ink/paper ink/surface ink/sunken ink/door-soft ink/light-soft ink/stop-soft "
    text += "ink-2/paper ink-2/surface ink-2/sunken door/paper on-door/door on-light/light "
    text += "light-ink/light-soft light-ink/paper stop/paper stop/stop-soft on-lintel/lintel"
    for pair, least in [(p, 4.5) for p in text.split()] + [("edge/paper", 3), ("edge/surface", 3)]:
        one, other = sorted(luminance(tokens[name]) for name in pair.split("/"))
        assert (other + 0.05) / (one + 0.05) >= least, pair
