"""Tests: a person's pages in a real browser, by keyboard, on a phone, in the dark and on paper."""

import uuid
from datetime import datetime

import pytest

from egenmakt.kit.calendar import STOCKHOLM


def register(page, alias):
    """Make somebody at the door of Sion, and return their id."""
    who, now = str(uuid.uuid4()), datetime.now(STOCKHOLM).isoformat()
    visit = {"id": str(uuid.uuid4()), "kind": "visit", "mode": "ask", "at": now, "site": "sion"}
    token = next(one["value"] for one in page.context.cookies() if one["name"] == "csrftoken")
    answer = page.request.post(
        "/api/v1/registrations",
        data={"sent_at": now, "items": [visit | {"who": {"new": who, "alias": alias}}]},
        headers={"X-CSRFToken": token},
    )
    assert answer.json()["items"][0]["status"] == "stored", answer.text()
    return who


@pytest.fixture(scope="module")
def alias():
    """An alias that nobody else in the served world has."""
    return f"Ajkuna {uuid.uuid4().hex[:6]}"


@pytest.fixture(scope="module")
def somebody(served, alias):
    """The id of somebody with that alias at Sion."""
    page = served.page("ombud", "sion")
    page.goto("/personer/sion/")
    who = register(page, alias)
    register(page, f"{alias} B")
    page.goto(f"/person/{who}/hushall/")
    page.get_by_label("Sök alias").fill(f"{alias} B")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=f"Lägg till {alias} B").press("Enter")
    page.get_by_role("button", name="Lämnar hushållet").nth(1).wait_for()
    return who


def test_a_person_is_found_changed_and_given_a_card_by_keyboard(served, somebody, alias):
    page = served.page("ombud", "sion")
    page.goto("/personer/")
    page.fill("input[name=query]", alias)
    page.keyboard.press("Enter")
    assert alias.split()[1] not in page.url
    page.locator(f"a[href='/person/{somebody}/']").press("Enter")
    page.get_by_role("link", name="Ändra uppgifterna").press("Enter")
    page.get_by_role("textbox", name="Födelseår").fill("1980")
    page.get_by_role("button", name="Spara uppgifterna").press("Enter")
    page.get_by_text("(1980)").wait_for()
    page.get_by_role("button", name="Ge ett nytt kort").press("Enter")
    page.wait_for_url("**/kort/*/")
    served.axe(page)
    page.emulate_media(media="print")
    assert page.locator(".paper-card").is_visible()
    assert not page.locator(".btn").first.is_visible()
    served.shot(page, "participants-card")
    served.clean(page)


@pytest.mark.parametrize(("width", "dark", "language"), [(1180, False, "sv"), (390, True, "en")])
def test_every_page_of_a_person_is_fit_for_everybody(served, somebody, width, dark, language):
    page = served.page("chef", "sion", width=width, dark=dark, language=language)
    for name in ("", "andra/", "utan-namn/", "hushall/", "lasningar/"):
        page.goto(f"/person/{somebody}/{name}")
        served.axe(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, (name, wide)
        served.shot(page, f"participants-{name.strip('/') or 'page'}-{width}")
    served.clean(page)
