"""What is said of those a search finds, and of a place that is closed; the list in one piece."""

import pytest
from django.utils import timezone

from egenmakt.desk import views
from egenmakt.organisations.models import OpeningHours, SpecialDays
from egenmakt.participants.rules import Tier


def test_those_with_like_aliases_are_told_apart_by_when_they_were_here(world, came, find):
    for alias, days_ago in (("Leyla A", 0), ("Leyla B", 1), ("Leyla C", None)):
        person = world.person("sion", alias=alias)
        if days_ago is not None:
            came(person, days_ago=days_ago)
    page = find("leyla")
    for alias, said in (("A", "Här idag"), ("B", "Här igår"), ("C", "Inte här förut")):
        assert f"<b>Leyla {alias}</b><small>{said}</small>" in page


def test_who_is_found_by_name_is_said_to_be_and_no_name_is_shown(world, find):
    world.person("sion", alias="Tuva G", name="Gunilla Stormhatt", tier=Tier.NAMED)
    page = find("gunilla")
    assert "Inte här förut · hittad på namnet" in page
    assert "Stormhatt" not in page
    assert "hittad" not in find("tuva")


def test_nothing_is_told_of_whoever_is_only_counted_at_this_door(world, find):
    world.person("kontaktcentrum", alias="Tuva G", name="Gunilla Stormhatt", tier=Tier.NAMED)
    page = find("tuva", site="kontaktcentrum")
    assert "Tuva G" in page
    assert "<small>" not in page


def test_eight_hits_cost_no_more_questions_than_one(
    world, came, find, django_assert_max_num_queries
):
    def asked(query, people):
        for number in range(people):
            came(world.person("sion", alias=f"{query} {number}"))
        find(query)
        with django_assert_max_num_queries(40, connection=None) as counted:
            page = find(query)
        assert page.count("data-open") == people
        return len(counted)

    assert asked("Rönn", 1) == asked("Leyla", 8)


@pytest.mark.parametrize(
    "words", ["19850312-1234", "850312 1234", "070-123 45 67", "Ali 0701234567"]
)
def test_a_number_that_tells_who_somebody_is_is_answered_with_what_to_do(find, words):
    page = find(words)
    assert "Skriv inget personnummer eller telefonnummer. Välj ett alias." in page
    assert "data-new" not in page
    assert words not in page


@pytest.mark.parametrize("words", ["A1B2C3D4E5", "12345-678AB", "Nour 12"])
def test_a_cards_code_or_an_alias_is_no_such_number(find, words):
    assert "personnummer" not in find(words)


def test_a_place_that_is_closed_today_says_so_and_registers_all_the_same(world, desk_at):
    site, desk = world.site("sion"), desk_at("sion")
    OpeningHours.objects.filter(site=site).delete()
    SpecialDays.objects.filter(site=site).delete()
    assert views.shut(site, now=timezone.now()) == ""
    OpeningHours.objects.create(
        site=site,
        weekday=(world.today.weekday() + 1) % 7,
        opens="10:00",
        closes="14:00",
        valid_from=world.today,
    )
    page = desk.client.get("/idag/sion/").content.decode()
    assert "Stängt, öppnar imorgon" in page
    assert desk.one("head_count", {"count": 1})["status"] == "stored"


def test_an_empty_day_says_so_and_a_day_with_something_does_not(world, desk_at):
    desk = desk_at("sion")
    said = "Inget är registrerat idag än."
    assert said in desk.client.get("/idag/sion/").content.decode()
    desk.one("head_count", {"count": 1})
    assert said not in desk.client.get("/idag/sion/").content.decode()


def test_the_list_that_is_printed_has_every_line_of_the_day(world, desk_at):
    desk = desk_at("sion")
    desk.send(*(desk.item("head_count", {"count": 1}) for _ in range(views.ON_A_PAGE + 1)))
    page = desk.client.get("/idag/sion/listan/").content.decode()
    assert page.count('scope="row"') == views.ON_A_PAGE
    whole = f"?dag={world.today}&amp;alla=1#skriv-ut"
    assert whole in page
    page = desk.client.get(f"/idag/sion/listan/?dag={world.today}&alla=1").content.decode()
    assert page.count('scope="row"') == views.ON_A_PAGE + 1
    assert whole not in page


def test_what_was_given_for_a_reason_stands_as_an_exception_and_the_reason_is_not_shown(
    world, desk_at
):
    desk, person = desk_at("sion"), world.person("sion", alias="Selam")
    desk.one("provision", person, service="matkasse")
    desk.one("provision", person, service="matkasse", override="Spisen brann upp")
    for address in ("/idag/sion/", "/idag/sion/listan/"):
        page = desk.client.get(address).content.decode()
        assert page.count("Matkasse (undantag)") > 0
        assert "Spisen" not in page


def test_only_what_was_refused_today_by_a_limit_stands_as_refused_in_the_panel(world, desk_at):
    desk, person = desk_at("sion"), world.person("sion", alias="Selam")

    def opened():
        return desk.client.post("/idag/sion/oppna/", {"participant": person.id}).content.decode()

    desk.one("turned_away", person, service="matkasse", reason="stock")
    desk.earlier(1).one("turned_away", person, service="matkasse", reason="limit")
    assert "Uppskriven" not in opened()
    refusal = desk.one("turned_away", person, service="matkasse", reason="limit")
    assert f'data-items="{refusal["id"]} "' in opened()
    desk.undo(refusal)
    assert "Uppskriven" not in opened()
