"""Idag in a real browser: taps and keys, taking back, newcomers, limits, counting, a morning."""

import pytest

from egenmakt.desk.tests.door import NUMBERS


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
    refusal = here.items()[-1][0]
    assert refusal["kind"] == "turned_away"
    here["#sok"].press("Escape")
    here.open(alias)
    assert here["[data-turn]"].get_attribute("aria-pressed") == "true"
    here["[data-anyway]"].click()
    here["[data-reason] input"].fill("Spisen brann upp")
    here["[data-reason] button"].click()
    here.acknowledged()
    assert here.pressed("Matkasse")
    *_, bag, back = here.items()[-1]
    assert (bag["override"], back["of"]) == ("Spisen brann upp", refusal["id"])
    assert "Matkasse (undantag)" in here[".receipt"].first.inner_text()
    assert "nekad" not in here["[data-receipts]"].inner_text()
    assert here["[data-turn]"].get_attribute("aria-pressed") == "false"


def test_a_refusal_is_taken_back_by_a_second_press_also_when_the_person_is_opened_again(door):
    here = door("sion")
    alias, _ = here.came_before(days=8, kind="provision", service="matkasse")
    here.open(alias)
    here["[data-turn]"].click()
    here.acknowledged()
    refusal = here.items()[-1][0]["id"]
    here.page.reload()
    here.open(alias)
    here["[data-turn]"].click()
    here.acknowledged()
    assert [item.get("of") for item in here.items()[-1]] == [refusal]
    assert here["[data-turn]"].get_attribute("aria-pressed") == "false"


def test_enter_is_done_until_a_reason_is_written_and_escape_leaves_one_thing_at_a_time(door):
    here = door("sion")
    alias, _ = here.came_before(days=8, kind="provision", service="matkasse")
    here.open(alias)
    keys, reason = here.page.keyboard, here["[data-reason] input"]
    keys.press(here.tile("Matkasse").get_attribute("data-key"))
    here.page.wait_for_timeout(80)
    keys.press("Enter")
    assert here["[data-person]"].count() == 0
    here.open(alias)
    here["[data-anyway]"].click()
    reason.fill("Spisen brann")
    assert here["[data-turn]"].is_visible()
    reason.press("Escape")
    assert not reason.is_visible()
    here["[data-anyway]"].click()
    assert reason.input_value() == "Spisen brann"
    reason.press("Escape")
    keys.press("Escape")
    assert here["[data-person]"].count() == 0
    assert here.sent == []


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


def test_the_keys_go_on_to_the_next_line_and_the_heading_follows_what_is_taken_back(door):
    here = door()
    for _ in range(2):
        here.post(kind="head_count", who={"count": 1})
    here.page.goto(f"/idag/{here.site}/listan/")
    figures = here["[data-figures]"].inner_text()
    first, second = (here["td [data-undo]"].nth(place) for place in (0, 1))
    after = second.get_attribute("data-undo")
    first.focus()
    here.page.keyboard.press("Enter")
    here["td [role=status]"].wait_for()
    focused = here.page.evaluate("document.activeElement.dataset.undo")
    assert focused == after
    here.page.wait_for_function(
        "before => document.querySelector('[data-figures]').innerText !== before", arg=figures
    )


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
    for narrow in (width, 320):
        here.page.set_viewport_size({"width": narrow, "height": 820})
        assert here.page.evaluate("document.documentElement.scrollWidth") == narrow
    here.page.set_viewport_size({"width": width, "height": 820})
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
