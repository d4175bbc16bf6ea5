"""The places in a real browser: opening hours changed from the keyboard, every page for axe."""

import re

import pytest

HERE = "/motesplatsen/kontaktcentrum/"


@pytest.fixture
def page(served):
    page = served.page("chef", "kontaktcentrum")
    page.goto(HERE)
    yield page
    served.clean(page)
    page.context.close()


def tab_to(page, words, *, most=60):
    """Press Tab until what is in focus says `words`."""
    script = """() => {
        const here = document.activeElement;
        const label = here.labels && here.labels[0] ? here.labels[0].innerText : "";
        return here.innerText + " " + label;
    }"""
    for _ in range(most):
        page.keyboard.press("Tab")
        if re.search(words, page.evaluate(script)):
            return
    raise AssertionError(f"Tab never came to {words}.")


def test_opening_hours_are_changed_removed_and_put_back_from_the_keyboard_alone(page):
    tab_to(page, "^Fredag 7.30–14.30")
    page.keyboard.press("Enter")
    page.wait_for_url("**/oppettider/*-*/")
    tab_to(page, "Stänger")
    page.keyboard.press("ArrowUp")
    tab_to(page, "Spara ändringen")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HERE}")
    assert "Ändringen är sparad." in page.inner_text("body")
    tab_to(page, "^Fredag 7.30–15.30")
    page.keyboard.press("Enter")
    page.wait_for_url("**/oppettider/*-*/")
    tab_to(page, "^Ta bort")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{HERE}")
    changed = page.locator("main .rows", has_text="Fredag 7.30–15.30")
    assert changed.count() == 0
    tab_to(page, "^Ångra")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Tillbaka som det var.")
    assert changed.count() == 1


PAGES = {
    "site": "",
    "settle": "installningar/",
    "add_service": "tjanst/ny/",
    "order": "ordning/",
    "succeed": "tog-over/",
    "add_hours": "oppettider/ny/",
    "add_special": "dagar/ny/",
    "add_annotation": "handelser/ny/",
    "add_address": "adress/ny/",
    "add_offering": "utbud/ny/",
}


@pytest.mark.parametrize("name", PAGES)
def test_a_managers_pages_are_clean_to_axe_and_fit_a_phone(served, page, name):
    page.goto(HERE + PAGES[name])
    looked_at(served, page, name)


def test_the_row_the_organisation_and_the_list_are_clean_too(served, page):
    page.locator("a.row[href*=utbud]").first.click()
    looked_at(served, page, "row")
    director = served.page("verksamhetschef", "varberg")
    director.goto("/organisation/stockholms-stadsmission/")
    looked_at(served, director, "organisation")
    director.goto("/organisation/stockholms-stadsmission/ny-motesplats/")
    looked_at(served, director, "add_site")
    director.goto("/motesplatsen/")
    looked_at(served, director, "home")
    officer = served.page("dso", "kontaktcentrum")
    officer.goto("/logg/")
    looked_at(served, officer, "log")


def looked_at(served, page, name):
    """Clean to axe, and at no width wider than the screen."""
    served.axe(page)
    for width in (390, 820, 1440):
        page.set_viewport_size({"width": width, "height": 820})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide at {width}"
        served.shot(page, f"organisations-{name}-{width}")
