"""Logging in and out in a real browser: legible, quiet, and nothing left behind."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from egenmakt.world.log_ins import SAME_FOR_ALL, email


@pytest.mark.parametrize("width", [390, 1180])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_everything_before_the_door_can_be_read_by_everybody(served, width, dark):
    page = served.stranger(width=width, dark=dark)
    for path in ("/logga-in/", "/losenord/glomt/", "/losenord/skickat/", "/losenord/klart/"):
        page.goto(path)
        served.axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    served.shot(page, f"klart-{width}{'-dark' * dark}")
    served.clean(page)


def test_a_wrong_password_is_said_where_it_is_seen(served):
    page = served.stranger(width=390)
    page.goto("/logga-in/")
    page.fill("input[name=login]", email("vard", "hasselby"))
    page.fill("input[name=password]", "fel lösenord")
    page.press("input[name=password]", "Enter")
    assert "hör inte ihop" in page.inner_text("[role=alert]")
    assert page.input_value("input[name=login]") == email("vard", "hasselby")
    served.axe(page)
    served.shot(page, "fel-390")
    served.clean(page)


def test_after_log_out_the_way_back_shows_nothing(served):
    page = served.stranger()
    served.log_in(page, role="chef", site="hasselby")
    page.goto("/personer/hasselby/")
    inside = page.url
    page.click("form[action='/logga-ut/'] button")
    page.wait_for_url(lambda url: "/logga-in/" in url)
    page.go_back()
    page.wait_for_load_state()
    assert page.url != inside or page.locator("input[name=login]").count() == 1
    assert page.locator("form[action='/logga-ut/']").count() == 0


def test_an_app_is_connected_and_taken_away_again(served):
    page = served.stranger()
    served.log_in(page, role="handledare", site="hasselby")
    page.click("header.lintel a[href='/tvasteg/']")
    page.wait_for_url(lambda url: url.endswith("/tvasteg/"))
    for path in ("/tystnadslofte/", "/losenord/byt/", "/logga-ut/", "/tvasteg/"):
        page.goto(path)
        served.axe(page)
    page.goto("/tvasteg/app/")
    served.axe(page)
    page.fill("input[name=password]", SAME_FOR_ALL)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(lambda url: url.endswith("/tvasteg/app/"))
    assert page.evaluate("document.querySelector('img').naturalWidth") > 100
    served.axe(page)
    served.shot(page, "koppla-1180")
    secret = page.inner_text(".code")
    page.fill("input[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    page.press("input[name=code]", "Enter")
    page.wait_for_url(lambda url: "reservkoder" in url)
    assert len(re.findall(r"\b\d{8}\b", page.inner_text("main"))) == 10
    served.axe(page)
    served.shot(page, "reservkoder-1180")
    page.goto("/tvasteg/app/bort/")
    served.axe(page)
    page.click("main .btn-main")
    page.wait_for_url(lambda url: url.endswith("/tvasteg/"))
    assert "Koppla en app" in page.inner_text("main")
    served.clean(page)


def test_a_page_that_is_not_there_says_so_in_the_house(served):
    page = served.stranger(width=390)
    answer = page.goto("/finns-inte/")
    assert answer.status == 404
    assert "Sidan finns inte" in page.inner_text("h1")
    served.axe(page)
