"""The New York year is taken in on screen, undone and taken in again, by keyboard."""

from playwright.sync_api import Page

from egenmakt.exchange.tests.files import shared
from egenmakt.world.tests.served import Served

CLIENTS = '["measure", "Drop-in Center Clients Served"]'


def pressed(page: Page, name: str) -> None:
    """Reach a button or link from the keyboard and press Enter."""
    page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def file_chosen(page: Page, name: str) -> None:
    """From the list of imports to the columns of a file."""
    page.goto("/siffror/new-york/ny/")
    page.set_input_files("input[type=file]", shared(name))
    pressed(page, "Läs filen")


def looked_at(served: Served, page: Page, name: str) -> None:
    """The page is clean for axe, and does not scroll sideways on a phone."""
    served.axe(page)
    served.shot(page, f"siffror-{name}")
    page.set_viewport_size({"width": 390, "height": 820})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    served.shot(page, f"siffror-{name}-390")
    page.set_viewport_size({"width": 1180, "height": 820})


def taken_in(page: Page) -> None:
    """Choose the rows and the source, look through them, take them in."""
    page.select_option("#id_where", CLIENTS)
    page.get_by_role("radio", name="att rapporten saknas").focus()
    page.keyboard.press("Space")
    page.get_by_label("Räknat, dag för dag").focus()
    page.keyboard.press("Space")
    page.get_by_label("Källa").fill("New Yorks stad, öppna data")
    page.keyboard.press("Enter")
    page.wait_for_url("**/granska/")


def test_the_new_york_series_on_screen_undone_and_once_more(served: Served) -> None:
    page = served.page("chef", "new-york")
    page.goto("/siffror/")
    looked_at(served, page, "tomt")
    file_chosen(page, "messy/date.xls")
    assert "spara den som XLSX eller CSV" in page.inner_text("main")
    looked_at(served, page, "fel-fil")
    file_chosen(page, "nyc_dropin_daily.csv")
    looked_at(served, page, "kolumner")
    page.get_by_label("Källa").fill("New Yorks stad, öppna data")
    page.get_by_label("Räknat, dag för dag").check()
    page.get_by_label("att ingen kom den dagen").check()
    pressed(page, "Granska raderna")
    assert "rader behöver rättas" in page.inner_text("main")
    looked_at(served, page, "fel")
    pressed(page, "Ändra kolumner")
    for _ in range(2):
        taken_in(page)
        looked_at(served, page, "granska")
        pressed(page, "Ta in 583 rader")
        page.wait_for_selector("h1:text('Siffrorna är intagna')")
        looked_at(served, page, "intagna")
        if page.get_by_role("button", name="Ångra importen").count() and _ == 0:
            pressed(page, "Ångra importen")
            page.wait_for_selector("h1:text('Importen är ångrad')")
            looked_at(served, page, "angrad")
            file_chosen(page, "nyc_dropin_daily.csv")
    page.goto("/siffror/new-york/")
    assert page.get_by_text("Ångrad", exact=True).count() == 1
    looked_at(served, page, "lista")
    served.clean(page)
