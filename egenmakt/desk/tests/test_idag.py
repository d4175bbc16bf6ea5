"""The page Idag as the server draws it: who it shows, what may be given, what it never tells."""

import re
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from egenmakt.audit.models import Entry
from egenmakt.desk import queries
from egenmakt.desk.panel import panel
from egenmakt.kit.calendar import DAY
from egenmakt.organisations.models import Offering
from egenmakt.participants.actions import issue_card
from egenmakt.participants.models import Participant
from egenmakt.participants.rules import Tier
from egenmakt.provisions.rules import Rule, Unit
from egenmakt.provisions.words import in_words


@pytest.fixture
def opened(world):
    """The panel that opening somebody answers with."""

    def answer(person, role="vard", site="sion", **fields):
        client = world.client(role, site)
        return client.post(f"/idag/{site}/oppna/", {"participant": person.id, **fields})

    return answer


def shown(page, name):
    """The aliases in one of the two lists."""
    part = page.split(f'data-list="{name}"')[1].split("</div>")[0]
    return re.findall(r"<b>(.*?)</b>", part)


def test_whoever_stands_at_one_door_comes_straight_to_it(world):
    answer = world.client("vard", "sion").get("/idag/")
    assert (answer.status_code, answer["Location"]) == (303, "/idag/sion/")


def test_whoever_reaches_several_doors_chooses_among_those_still_open(world):
    page = world.client("ombud", "varberg").get("/idag/").content.decode()
    assert "/idag/varberg/" in page
    assert "/idag/hasselby/" in page
    assert "/idag/baba/" not in page  # closed for good in 2023


def test_recently_here_is_two_weeks_without_those_who_are_here_today(world, came, desk_at):
    for alias, days_ago in (("Igår", 1), ("Trettonde", 13), ("Länge sedan", 15), ("Idag", 2)):
        came(world.person("sion", alias=alias), days_ago=days_ago)
    desk = desk_at("sion")
    here = queries.people.find(world.site("sion").register, "Idag").people[0]
    desk.one("visit", here)
    page = desk.client.get("/idag/sion/").content.decode()
    assert shown(page, "recent") == ["Igår", "Trettonde"]
    assert shown(page, "here") == ["Idag"]


def test_a_site_may_keep_its_list_of_the_recent_to_itself(world, came):
    came(world.person("sion", alias="Selam"))
    site = world.site("sion")
    site.recent_list = False
    site.save()
    page = world.client("vard", "sion").get("/idag/sion/").content.decode()
    assert "Selam" not in page
    assert "Nyligen här" not in page


def test_the_figures_count_each_person_once_and_every_counted_head(world, desk_at):
    desk = desk_at("sion")
    person = world.person("sion", alias="Selam")
    desk.send(desk.item("visit", person), desk.item("visit", person))
    desk.one("head_count", {"count": 3, "women": 2})
    day = queries.day(world.site("sion"), world.today)
    assert (day.total, len(day.here), day.without_name, day.split) == (4, 1, 3, (2, 0, 0))


def test_a_receipt_takes_back_one_tap_and_the_visit_while_nothing_else_holds_it(world, desk_at):
    desk = desk_at("sion")
    person = world.person("sion", alias="Selam")
    at = timezone.now().isoformat()
    first = [
        desk.item("visit", person, at=at),
        desk.item("provision", person, service="kaffe", at=at),
    ]
    desk.send(*first)

    def receipts():
        site = world.site("sion")
        known = queries.persons(site.register, [person.id])
        return queries.receipts(queries.day(site, world.today), known)

    [one] = receipts()
    assert (one.what, [str(i) for i in one.items]) == ("Kaffe och smörgås", [first[1]["id"]])
    assert (str(one.visit), one.counts) == (first[0]["id"], "known")
    desk.now += timedelta(seconds=5)
    desk.one("provision", person, service="samtal")
    assert [tap.visit for tap in receipts()] == [None, None]


def test_the_page_asks_as_much_of_the_database_for_twenty_as_for_two(
    world, came, desk_at, django_assert_max_num_queries
):
    desk = desk_at("sion")

    def asked(people):
        for number in range(people):
            came(world.person("sion", alias=f"{people} {number}"))
            person = world.person("sion", alias=f"här {people} {number}")
            desk.send(desk.item("visit", person), desk.item("provision", person, service="kaffe"))
        with django_assert_max_num_queries(20, connection=None) as counted:
            desk.client.get("/idag/sion/")
        return len(counted)

    assert asked(2) == asked(20)


def test_the_days_list_asks_as_much_of_the_database_for_twenty_as_for_two(
    world, desk_at, django_assert_max_num_queries
):
    desk = desk_at("sion")

    def asked(people):
        for number in range(people):
            person = world.person("sion", alias=f"{people} {number}")
            bag = desk.item("provision", person, service="matkasse", mode="happened")
            desk.send(bag, bag | {"id": str(uuid.uuid4())})  # the second is a conflict
        with django_assert_max_num_queries(20, connection=None) as counted:
            desk.client.get("/idag/sion/listan/")
        return len(counted)

    assert asked(2) == asked(20)


def test_a_search_finds_by_name_and_shows_the_alias_alone(world, find):
    world.person("sion", alias="Tuva G", name="Gunilla Stormhatt", tier=Tier.NAMED)
    page = find("gunilla")
    assert "Tuva G" in page
    assert "Stormhatt" not in page


def test_a_search_logs_who_searched_and_how_many_came_up_but_not_the_words(world, find):
    world.person("sion", alias="Selam")
    find("selam")
    line = Entry.objects.first()
    assert (line.action, line.actor, line.count) == (
        "desk.search",
        world.user("vard", "sion").id,
        1,
    )
    assert (line.subject, line.site) == (None, world.site("sion").id)


def test_an_empty_search_finds_nobody_and_is_no_search(world, find):
    world.person("sion", alias="Selam")
    before = Entry.objects.count(), Participant.objects.count()
    assert find("   ") == ""
    assert (Entry.objects.count(), Participant.objects.count()) == before


def test_the_wish_to_write_somebody_in_comes_last_and_never_for_an_alias_that_is_taken(world, find):
    world.person("sion", alias="Selam")
    page = find("Selma")
    assert page.index("data-open") < page.index("data-new")
    assert "data-new" not in find("SELAM")


@pytest.mark.parametrize("words", ["19850312-1234", "850312 1234", "A1B2C3D4E5"])
def test_neither_a_personal_number_nor_a_cards_code_becomes_an_alias(find, words):
    assert "data-new" not in find(words)


def test_a_search_never_leaves_the_register(world, find):
    world.person("kontaktcentrum", alias="Storken")
    assert "data-open" not in find("Storken", site="sion")


def test_a_card_opens_its_holder_at_once_however_it_is_written(world, find):
    person = world.person("sion", alias="Selam")
    _, code = issue_card(person, by=world.user("chef", "sion"), now=world.now)
    assert f'data-person="{person.id}"' in find(code)
    assert f'data-person="{person.id}"' in find(f" {code.lower()} ")
    assert Entry.objects.filter(action="desk.open", subject=person.key).count() == 2


def test_opening_somebody_is_logged_as_a_read_of_them_and_is_no_visit(world, opened):
    person = world.person("sion", alias="Selam")
    assert opened(person).status_code == 200
    line = Entry.objects.first()
    assert (line.action, line.subject) == ("desk.open", person.key)
    assert queries.day(world.site("sion"), world.today).total == 0


def test_nobody_is_opened_across_registers_or_by_whoever_has_no_desk(world, opened):
    stranger = world.person("kontaktcentrum", alias="Storken")
    assert opened(stranger).status_code == 404
    assert opened(world.person("sion", alias="Selam"), role="handledare").status_code == 403


def test_a_host_sees_alias_household_and_last_time_and_no_name(world, came, opened):
    person = world.person("sion", alias="Tuva G", name="Gunilla Stormhatt", tier=Tier.NAMED)
    other = world.person("sion", alias="Sven")
    world.household("sion", [person, other], children={"0-6": 2})
    came(person, days_ago=1)
    page = opened(person).content.decode()
    assert "Hushåll på 4 · senast igår" in page
    assert "Gunilla" not in page


def test_the_bag_shows_its_next_day_and_its_rule_before_it_is_handed_out(world, desk_at, opened):
    person = world.person("sion", alias="Selam")
    other = world.person("sion", alias="Björken")
    world.household("sion", [person, other])
    desk_at("sion").earlier(9).one("provision", other, service="matkasse")
    page = opened(person).content.decode()
    assert "Hushållet fick senast" in page
    assert "Regeln är var femte vecka." in page
    assert 'class="tile tile-wait"' in page


def test_what_was_given_today_can_be_taken_back_from_any_panel(world, desk_at):
    desk = desk_at("sion")
    person = world.person("sion", alias="Selam")
    at = timezone.now().isoformat()
    visit, coffee = (
        desk.item("visit", person, at=at),
        desk.item("provision", person, service="kaffe", at=at),
    )
    desk.send(visit, coffee)
    drawn = panel(world.site("sion"), person.id, now=timezone.now())
    [tile] = [one for one in drawn.tiles if one.given]
    assert (str(tile.given), str(drawn.visit.id)) == (coffee["id"], visit["id"])
    assert drawn.brought_by == tile.given


def test_a_service_of_another_weekday_has_no_tile_today(world):
    site = world.site("sion")
    coffee = Offering.objects.get(site=site, service=world.service("sion", "kaffe"))
    coffee.weekdays = "0123456".replace(str(world.today.weekday()), "")
    coffee.save()
    person = world.person("sion", alias="Selam")
    drawn = panel(site, person.id, now=world.now)
    assert "kaffe" not in [tile.offering.service.slug for tile in drawn.tiles]


def test_a_named_person_at_an_exempt_door_is_a_number_and_nothing_is_told_of_them(world, opened):
    person = world.person(
        "kontaktcentrum", alias="Tuva G", name="Gunilla Stormhatt", tier=Tier.NAMED
    )
    page = opened(person, site="kontaktcentrum").content.decode()
    assert "Här räknas personen som ett antal." in page
    assert "senast" not in page
    assert "inte här förut" not in page.lower()
    assert page.count("data-as-count") > 1


def test_how_somebody_found_the_way_is_asked_of_the_new_alone(world, opened):
    person = world.person("sion", alias="Selam")
    assert "data-found-us" in opened(person, new="on").content.decode()
    assert "data-found-us" not in opened(person).content.decode()


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (Rule(1, 5, Unit.WEEKS), "var femte vecka"),
        (Rule(1, 9, Unit.WEEKS), "en gång på 9 veckor"),
        (Rule(2, 1, Unit.WEEKS), "högst 2 i veckan"),
        (Rule(1, 1, Unit.DAYS), "högst 1 om dagen"),
        (Rule(3, 30, Unit.DAYS), "högst 3 på 30 dagar"),
    ],
)
def test_a_rule_is_said_as_people_say_it(rule, said):
    assert in_words(rule) == said


def test_a_list_from_before_says_who_came_and_offers_no_undo(world, came, desk_at):
    desk = desk_at("sion")
    person = world.person("sion", alias="Selam")
    desk.earlier(2).one("visit", person)
    before = f"/idag/sion/listan/?dag={world.today - 2 * DAY}"
    assert desk.client.get(before).status_code == 403, "a host sees today and nothing else"
    page = world.client("ombud", "sion").get(before).content.decode()
    assert "Selam" in page
    assert "efterregistrerad" in page
    assert "data-undo=" not in page


@pytest.mark.parametrize("asked", ["2999-01-01", "", "imorgon", "2026-02-30"])
def test_a_day_that_is_none_or_has_not_been_is_today(world, asked):
    page = world.client("vard", "sion").get(f"/idag/sion/listan/?dag={asked}")
    assert page.context["on"] == world.today


def test_the_list_ends_with_the_century(world):
    page = world.client("chef", "sion").get("/idag/sion/listan/?dag=0001-01-01")
    assert (page.status_code, page.context["on"].year) == (200, 2000)


def test_a_conflict_is_told_with_its_like_and_stays_until_the_manager_lets_it_stand(
    world, desk_at, kept
):
    host = desk_at("sion")
    person, other = (world.person("sion", alias=alias) for alias in ("Nour", "Karim"))
    world.household("sion", [person, other])
    host.one("provision", person, service="matkasse")
    second = host.one("provision", other, service="matkasse", mode="happened")
    page = host.client.get("/idag/sion/listan/").content.decode()
    assert "Matkasse gavs för tidigt" in page
    assert page.index("Nour") < page.index("<table")
    close = f"/idag/sion/listan/{second['id']}/stang/"
    assert host.client.post(close).status_code == 403
    chief = world.client("chef", "sion")
    assert chief.post(close).status_code == 303
    assert kept(second).closed_by == world.user("chef", "sion").id
    assert "Matkasse gavs för tidigt" not in chief.get("/idag/sion/listan/").content.decode()


def test_only_what_is_a_conflict_here_can_be_closed(world, desk_at):
    person = world.person("sion", alias="Selam")
    fine = desk_at("sion").one("visit", person)
    chief = world.client("chef", "sion")
    assert chief.post(f"/idag/sion/listan/{fine['id']}/stang/").status_code == 404
    assert chief.post(f"/idag/sion/listan/{uuid.uuid4()}/stang/").status_code == 404
