"""Idag in a real browser: taps and keys, taking back, limits, lost network, nothing left over."""

import itertools
import json
from datetime import datetime, timedelta

import pytest

from egenmakt.kit.calendar import STOCKHOLM

NUMBERS = itertools.count(1)
POSTED = "/api/v1/registrations"


class Door:
    """A host's page at a door, with what it has sent and where it has been."""

    def __init__(self, served, page, site):
        self.served, self.page, self.site = served, page, site
        self.sent, self.visited = [], []
        page.on("request", lambda asked: POSTED in asked.url and self.sent.append(asked))
        page.goto(f"/idag/{site}/")
        page.on("framenavigated", lambda frame: self.visited.append(frame.url))

    def __getitem__(self, selector):
        return self.page.locator(selector)

    def items(self):
        """Every item sent, request by request."""
        return [json.loads(asked.post_data)["items"] for asked in self.sent]

    def post(self, **item):
        """One item past the page, as another desk would send it; its answer."""
        script = """async ([item, token]) => {
            const sent_at = new Date().toISOString();
            const items = [{ id: crypto.randomUUID(), mode: "ask", at: sent_at, ...item }];
            const answer = await fetch("/api/v1/registrations", {
                method: "POST",
                headers: { "Content-Type": "application/json", "X-CSRFToken": token },
                body: JSON.stringify({ sent_at, items }),
            });
            return (await answer.json()).items[0];
        }"""
        token = self["[data-desk]"].get_attribute("data-token")
        return self.page.evaluate(script, [{"site": self.site, **item}, token])

    def came_before(self, name="Prov", days=1, **rest):
        """The alias and id of somebody who was here some days ago, and may have got something."""
        alias = f"{name} {next(NUMBERS)} {self.site}"
        uuid = self.page.evaluate("crypto.randomUUID()")
        midnight = datetime.now(STOCKHOLM).replace(hour=0, minute=0)
        then = (midnight - timedelta(days=days - 1, minutes=1)).isoformat()
        past = {"mode": "happened", "at": then}
        self.post(kind="visit", who={"new": uuid, "alias": alias}, **past)
        if rest:
            self.post(who={"participant": uuid}, **past, **rest)
        self.page.reload()
        self.sent.clear()
        self.visited.clear()
        return alias, uuid

    def open(self, alias):
        """Search and open somebody with the keyboard."""
        self["#sok"].fill(alias)
        self["#sok"].press("Enter")
        self[f'[data-person][data-alias="{alias}"]'].wait_for()

    def total(self):
        """Besök idag."""
        return int(self["[data-total]"].inner_text())

    def acknowledged(self):
        """Wait until what was tapped, or quickly typed, has its answer."""
        self.page.wait_for_timeout(80)
        waiting = "() => !document.querySelector('[data-receipts] [data-waits]')"
        self.page.wait_for_function(waiting)

    def pressed(self, name):
        """Whether a tile says that it is given."""
        return self[f'.tile:has(b:text-is("{name}"))'].get_attribute("aria-pressed") == "true"

    def tile(self, name):
        """A tile by its name."""
        return self[f'.tile:has(b:text-is("{name}"))']


@pytest.fixture
def door(served):
    """Make a door; what happened on it is clean when the test is over."""
    made = []

    def at(site="varberg", role="vard", **look):
        made.append(Door(served, served.page(role, site, **look), site))
        return made[-1]

    yield at
    for one in made:
        served.clean(one.page)
        one.page.context.close()


def test_three_taps_are_a_visit_and_two_services_without_leaving_the_page(door):
    here = door(touch=True, width=820)
    alias, uuid = here.came_before()
    before = here.total()
    here[f'[data-list=recent] [data-open="{uuid}"]'].tap()
    here.tile("Frukost").tap()
    here.tile("Fika").tap()
    here.acknowledged()
    assert [[item["kind"] for item in items] for items in here.items()] == [
        ["visit", "provision"],
        ["provision"],
    ]
    assert here.total() == before + 1
    assert here.visited == []
    here.page.reload()
    assert here.total() == before + 1
    assert here[".receipt b"].first.inner_text() == alias


def test_five_keys_are_a_visit_and_two_services(door):
    here = door()
    alias, _ = here.came_before(name="Qz")
    here.page.keyboard.type("qz")
    here.page.keyboard.press("Enter")
    here["[data-person]"].wait_for()
    here.page.keyboard.press("1")
    here.page.keyboard.press("3")
    here.acknowledged()
    assert here["h2#vem"].inner_text() == alias
    assert here.pressed("Här")
    assert here.pressed("Frukost")
    assert here.pressed("Fika")
    assert here.visited == []
    here.page.keyboard.press("Enter")
    assert here["[data-person]"].count() == 0


def test_a_second_tap_takes_back_what_the_first_did_and_the_visit_it_brought(door):
    here = door()
    alias, _ = here.came_before()
    before = here.total()
    here.open(alias)
    here.tile("Dusch").click()
    here.page.wait_for_timeout(450)
    here.tile("Dusch").click()
    here.acknowledged()
    assert not here.pressed("Dusch")
    assert not here.pressed("Här")
    assert here.total() == before
    here.page.reload()
    assert here.total() == before
    here.open(alias)
    assert not here.pressed("Här")


def test_taking_back_one_of_two_services_leaves_the_visit(door):
    here = door()
    alias, _ = here.came_before()
    before = here.total()
    here.open(alias)
    here.tile("Dusch").click()
    here.tile("Fika").click()
    here.acknowledged()
    here[".receipt"].nth(1).locator("[data-undo]").click()
    here.page.wait_for_load_state("networkidle")
    assert not here.pressed("Dusch")
    assert here.pressed("Fika")
    assert here.pressed("Här")
    assert here.total() == before + 1


def test_a_double_tap_is_one_tap(door):
    here = door()
    alias, _ = here.came_before()
    here.open(alias)
    here.tile("Fika").dblclick()
    here.acknowledged()
    assert here.pressed("Fika")
    assert len(here.sent) == 1


def test_somebody_new_is_written_in_with_the_visit_and_asked_once_how_they_came(door):
    here = door()
    before = here.total()
    here["#sok"].fill(f"Nykomling {next(NUMBERS)}")
    here["[data-new]"].click()
    here["[data-person]"].wait_for()
    assert here.pressed("Här")
    assert here.total() == before + 1
    with here.page.expect_response(lambda answer: "hittade-hit" in answer.url) as answer:
        here["[data-found-us] select"].select_option("friend")
    assert answer.value.status == 204
    assert here["[data-found-us]"].count() == 0


def test_an_alias_that_was_taken_meanwhile_is_answered_with_others_to_choose(door):
    one, other = door(), door()
    alias = f"Tagen {next(NUMBERS)}"
    for here in (one, other):
        here["#sok"].fill(alias)
        here["[data-new]"].wait_for()
    one["[data-new]"].click()
    one["[data-person]"].wait_for()
    before = other.total()
    other["[data-new]"].click()
    other["[data-said-choices] button"].first.click()
    other["[data-person]"].wait_for()
    assert other["h2#vem"].inner_text() == f"{alias} 2"
    assert other.total() == before + 1


def test_enter_in_an_empty_search_creates_nobody(door):
    here = door()
    before = here.total()
    for _ in range(3):
        here["#sok"].press("Enter")
    here["#sok"].fill("   ")
    here["#sok"].press("Enter")
    here["#sok"].fill(f"Ingen {next(NUMBERS)}")
    here["[data-new]"].wait_for()
    here["#sok"].press("Enter")
    here.page.wait_for_load_state("networkidle")
    assert here.sent == []
    assert here.total() == before


def test_a_limit_says_when_and_may_be_overridden_with_a_reason_or_written_down_as_refused(door):
    here = door("sion")
    bag = {"kind": "provision", "service": "matkasse", "mode": "happened"}
    alias, _ = here.came_before(days=8, **{key: bag[key] for key in ("kind", "service")})
    here.open(alias)
    waiting = here.tile("Matkasse")
    assert "Tidigast" in waiting.inner_text()
    waiting.click()
    assert here.sent == []
    here["[data-turn]"].click()
    here.acknowledged()
    assert here.items()[-1][0]["kind"] == "turned_away"
    here["[data-anyway]"].click()
    here["[data-reason] input"].fill("Spisen brann upp")
    here["[data-reason] button"].click()
    here.acknowledged()
    assert here.pressed("Matkasse")
    assert here.items()[-1][-1]["override"] == "Spisen brann upp"


def test_a_bag_that_another_desk_gave_first_turns_the_tile_back_with_the_day(door):
    here = door("sion")
    alias, uuid = here.came_before()
    here.open(alias)
    here.post(kind="provision", who={"participant": uuid}, service="matkasse")
    here.tile("Matkasse").click()
    notice = here["[data-rule=matkasse]"]
    notice.wait_for()
    assert "Tidigast" in notice.inner_text()
    assert not here.pressed("Matkasse")
    assert here.pressed("Här")  # they came all the same


def test_taps_without_network_wait_and_are_sent_once_with_the_same_ids_when_it_is_back(door):
    here = door()
    alias, _ = here.came_before()
    before = here.total()
    here.open(alias)
    here.page.context.set_offline(True)
    here.tile("Dusch").click()
    here.page.wait_for_function(
        "() => document.querySelector('[data-state]').matches('.state-off')"
    )
    here["[data-plus]:not([data-plus=women], [data-plus=men], [data-plus=children])"].click()
    assert "Frånkopplad – 2 väntar" in here["[data-state]"].inner_text()
    assert here["[data-waits]"].count() == 2
    here.page.context.set_offline(False)
    here.page.wait_for_function(
        "() => !document.querySelector('[data-state]').matches('.state-off')"
    )
    here.acknowledged()
    first, last = here.items()[0], here.items()[-1]
    assert [item["id"] for item in last[:2]] == [item["id"] for item in first]
    assert {item["mode"] for item in last} == {"happened"}
    here.page.reload()
    assert here.total() == before + 2
    here.served.errors[here.page].clear()  # the browser's own words about the lost network


def test_an_answer_that_never_came_is_asked_for_again_and_counts_once(door):
    here = door()
    alias, _ = here.came_before()
    before = here.total()
    here.open(alias)
    lost = []

    def lose(route):
        lost.append(route.fetch())
        route.abort()

    here.page.route(f"**{POSTED}", lose, times=1)
    here.tile("Fika").click()
    here.page.wait_for_function(
        "() => document.querySelector('[data-state]').matches('.state-off')"
    )
    here.page.wait_for_function(
        "() => !document.querySelector('[data-state]').matches('.state-off')"
    )
    here.page.reload()
    assert len(lost) == 1
    assert here.total() == before + 1
    here.served.errors[here.page].clear()


def test_heads_are_counted_with_plus_and_taken_back_with_minus_or_by_receipt(door):
    here = door()
    before = here.total()
    here.page.keyboard.press("+")
    here["[data-plus=women]"].click()
    here["[data-minus]"].click()
    here.acknowledged()
    assert here.total() == before + 1
    here.page.reload()
    assert here.total() == before + 1
    here["[data-undo]"].first.click()
    here.page.wait_for_load_state("networkidle")
    here.page.reload()
    assert here.total() == before


def test_a_scanner_never_presses_a_tile_and_opens_whose_card_it_is(door):
    here, chief = door(), door(role="chef")
    alias, uuid = here.came_before()
    other, _ = here.came_before()
    chief.page.goto(f"/person/{uuid}/")
    chief["form[action$='/kort/'] button"].click()
    code = chief[".code"].inner_text()
    here.open(other)
    here.page.keyboard.type("1234567890\n")
    here["[data-hits] p"].first.wait_for()
    assert here.sent == []
    here.page.keyboard.press("Escape")
    here.page.keyboard.type(f"{code}\n")
    here[f'[data-person="{uuid}"]'].wait_for()
    assert here["h2#vem"].inner_text() == alias
    assert here.sent == []


def test_a_named_person_at_an_exempt_door_is_sent_as_a_number(door):
    here, worker = door("kontaktcentrum"), door("kontaktcentrum", role="ombud")
    alias, uuid = here.came_before()
    worker.page.goto(f"/person/{uuid}/andra/")
    worker["input[name=name]"].fill("Gunilla Stormhatt")
    worker["main form button[type=submit]"].last.click()
    worker.page.wait_for_url(f"**/person/{uuid}/")
    before = here.total()
    here.open(alias)
    assert "Här räknas personen som ett antal." in here["[data-person]"].inner_text()
    here.tile("Dusch").click()
    here.page.keyboard.press("Escape")
    here.open(alias)  # this page still knows that the person is counted
    here.tile("Samtal").click()
    here.acknowledged()
    assert [[item["who"] for item in items] for items in here.items()] == [
        [{"count": 1}, {"count": 1}],
        [{"count": 1}],
    ]
    assert here.total() == before + 1
    assert here[".receipt b"].first.inner_text() == "Utan namn"
    here.tile("Skor").click()
    assert "har en gräns" in here["[data-rule=skor]"].inner_text()
    assert len(here.sent) == 2


def test_nobody_can_be_read_when_the_page_has_been_left_alone(door):
    here = door()
    alias, _ = here.came_before()
    here.open(alias)
    here["[data-desk]"].evaluate("desk => { desk.dataset.idle = 0.3; }")
    here.page.keyboard.press("Shift")
    here["[data-wake]"].wait_for()
    seen = here["main"].inner_text()
    assert alias not in seen
    assert not here[".row"].first.is_visible()
    assert not here[".receipt"].first.is_visible()
    here["[data-desk]"].evaluate("desk => { desk.dataset.idle = 60; }")
    here["[data-wake]"].click()
    here[".row"].first.wait_for()
    assert here["[data-person]"].count() == 0


def test_the_days_list_takes_back_a_line_where_it_stands(door):
    here = door()
    alias, uuid = here.came_before()
    here.post(kind="visit", who={"participant": uuid})
    here.page.goto(f"/idag/{here.site}/listan/")
    line = here[f'tr:has(th:text-is("{alias}"))']
    line.locator("[data-undo]").click()
    line.locator("[role=status]").wait_for()
    here.page.reload()
    assert line.count() == 0
    here["[data-token]"].evaluate("list => { list.dataset.idle = 0.1; }")
    here.page.keyboard.press("Shift")
    here["[data-wake]"].wait_for()
    assert not here["table"].is_visible()


@pytest.mark.parametrize(
    ("site", "width", "language", "dark"),
    [("sion", 1180, "sv", False), ("varberg", 390, "en", True), ("varberg", 820, "sv", False)],
)
def test_the_desk_and_its_list_are_readable_to_everybody(door, site, width, language, dark):
    here = door(site, width=width, language=language, dark=dark)
    alias, uuid = here.came_before(
        kind="provision", service="matkasse" if site == "sion" else "fika"
    )
    here["#sok"].fill(alias[:4])
    here["[data-hits] .row"].first.wait_for()
    here.served.axe(here.page)
    here.open(alias)
    here["[data-tile]"].first.click()
    here.acknowledged()
    here.served.axe(here.page)
    here.served.shot(here.page, f"idag-{site}-{width}")
    assert here.page.evaluate("document.documentElement.scrollWidth") == width
    here.page.goto(f"/idag/{site}/listan/")
    here.served.axe(here.page)
    assert here.page.evaluate("document.documentElement.scrollWidth") == width


def test_a_morning_of_sixty_by_keyboard_and_touch(door):
    keys, taps = door("iogt-nto"), door("iogt-nto", touch=True, width=820)
    start = keys.total()
    for number in range(20):
        alias = f"Morgon {number} {next(NUMBERS)}"
        keys["#sok"].fill(alias)
        keys["[data-new]"].click()
        keys[f'[data-alias="{alias}"]'].wait_for()
        keys.page.keyboard.press("1")
        keys.page.keyboard.press("Enter")
    for _ in range(20):
        taps["[data-plus]"].tap()
    rows = taps["[data-list=recent] .row"]
    known = rows.count()
    for _ in range(known):
        rows.first.tap()
        taps["[data-person]"].wait_for()
        taps["[data-tile]"].first.tap()
        taps["[data-done]"].tap()
    for here in (keys, taps):
        here.acknowledged()
    keys.page.reload()
    assert known == 20
    assert keys.total() == start + 60
    assert keys.visited[:-1] == []
