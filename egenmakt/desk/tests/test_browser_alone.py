"""Idag when something is amiss: no network, a quick scanner, no names allowed, nobody there."""

from egenmakt.desk.tests.door import POSTED


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


def test_whoever_has_been_logged_out_sees_no_names_and_where_to_log_in_and_loses_nothing(door):
    here = door()
    alias, _ = here.came_before()
    before = here.total()
    here.open(alias)
    cookies = here.page.context.cookies()
    here.page.context.clear_cookies()
    here.tile("Dusch").click()
    here["[data-log-in]"].wait_for()
    assert alias not in here["main"].inner_text()
    assert "1 väntar" in here["[data-state]"].inner_text()
    assert here["[data-log-in]"].get_attribute("target") == "_blank"
    here.page.context.add_cookies(cookies)
    here[".row"].first.wait_for()
    here.acknowledged()
    assert not here["[data-log-in]"].is_visible()
    assert here.total() == before + 1
    here.served.errors[here.page].clear()


def test_nobody_logs_out_from_what_waits_and_a_lost_network_is_said_until_it_is_back(door):
    here = door()
    here.came_before()
    here.page.context.set_offline(True)
    here["[data-list=recent] .row"].first.click()
    here["[data-said]"].wait_for()
    assert "öppna" in here["[data-said]"].inner_text()
    here["[data-plus]"].first.click()
    here["[data-held]"].wait_for()
    here["form[action='/logga-ut/'] button"].click()
    assert "väntar på att sparas" in here["[data-said]"].inner_text()
    here["[data-list=recent] .row"].first.click()
    here.page.wait_for_function(
        "() => document.querySelector('[data-said]').innerText.includes('öppna')"
    )
    here.page.context.set_offline(False)
    here["[data-said]"].wait_for(state="hidden")
    here.acknowledged()
    assert not here["[data-held]"].is_visible()
    assert here.visited == []
    here.served.errors[here.page].clear()


def test_a_narrow_page_goes_back_to_the_search_when_somebody_is_done(door):
    here = door(touch=True, width=390)
    alias, uuid = here.came_before()
    here[f'[data-list=recent] [data-open="{uuid}"]'].tap()
    here["[data-person]"].wait_for()
    assert here.page.evaluate("scrollY") > 0
    here["[data-done]"].tap()
    assert here.page.evaluate("scrollY") == 0
