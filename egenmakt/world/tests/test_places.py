"""The places, log-ins and agreements of the world stand as the design and the contract say."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from egenmakt.access.models import User
from egenmakt.kit.calendar import Period
from egenmakt.organisations.models import Offering, Site, Succession
from egenmakt.organisations.queries import open_days
from egenmakt.partnerships.models import Agreement, Party
from egenmakt.world.log_ins import SAME_FOR_ALL, email, log_ins

CONTRACT = (Path(__file__).parents[3] / "docs" / "contracts.md").read_text()


def promised(after: str) -> list[str]:
    """The names in backticks that follow a word of the contract."""
    return re.search(rf"{after}[^`]*`([^`]+)`", CONTRACT)[1].split()


def open_on(world, slug: str, period: str):
    """The open days of a site with their hours."""
    site = world.site(slug)
    days = open_days([site], Period.parse(period))[site.id]
    return {day.day: day for day in days if day.spans}


def test_every_log_in_of_the_contract_exists_and_no_other(world):
    line = re.search(r"\*\*Demo log-ins\*\*.*?Agreements:", CONTRACT, re.DOTALL)[0]
    roles = re.findall(r"`([a-z]+)` \(", line)
    sites = re.search(r"SITE: `([^`]+)`", line)[1].split()
    wanted = {email(role, site) for role in roles for site in sites if site != "new-york"}
    wanted |= {email(role, "new-york") for role in ("chef", "verksamhetschef", "kommun")}
    assert len(roles) == 8
    assert set(User.objects.values_list("email", flat=True)) == wanted


def test_agreements_and_parties_are_those_of_the_contract(world):
    assert set(Agreement.objects.values_list("slug", flat=True)) == set(promised("Agreements:"))
    figured = Party.objects.filter(with_figures=True).values_list("organisation__slug", flat=True)
    assert set(figured) == set(promised("Parties with figures:"))
    assert world.agreement("linkoping-iop").parties.count() == 3


@pytest.mark.parametrize(
    ("role", "site"),
    [pair for pair in log_ins() if pair[0] == "chef" or pair[1] in {"sion", "new-york"}],
)
def test_they_log_in_with_the_password_of_the_contract(world, role, site):
    assert f"password `{SAME_FOR_ALL}`" in CONTRACT
    client = Client()
    client.post("/logga-in/", {"login": email(role, site), "password": SAME_FOR_ALL})
    assert client.session["_auth_user_id"] == str(world.user(role, site).id)


@pytest.mark.parametrize(("role", "site"), list(log_ins()))
def test_everybody_is_led_home(world, role, site):
    home = world.client(role, site).get("/", follow=True)
    assert home.status_code == 200
    assert home.redirect_chain


def test_six_units_became_three_on_one_day(world):
    rows = Succession.objects.select_related("predecessor", "successor")
    assert {row.on for row in rows} == {date(2023, 5, 15)}
    assert {row.predecessor.slug for row in rows} == {
        *Site.objects.filter(closed_on=date(2023, 5, 15)).values_list("slug", flat=True)
    }
    assert len({row.predecessor_id for row in rows}) == 6
    assert {row.successor.slug for row in rows} == {"varberg", "hasselby", "city"}
    assert len({row.successor.register_id for row in rows}) == 1


def test_new_york_is_open_sunday_to_thursday(world):
    days = open_on(world, "new-york", "2024")
    assert len(days) == 262
    assert {day.weekday() for day in days} == {6, 0, 1, 2, 3}


@pytest.mark.parametrize("slug", ["varberg", "hasselby"])
def test_saturdays_are_for_families(world, slug):
    saturday = open_on(world, slug, "2024-03")[date(2024, 3, 2)]
    assert {span.audience for span in saturday.spans} == {"familjer"}


def test_a_holiday_is_closed_and_christmas_eve_is_kept(world):
    days = open_on(world, "varberg", "2025")
    assert date(2025, 4, 18) not in days  # Good Friday
    assert days[date(2025, 12, 24)].hours == 5
    assert days[date(2025, 12, 24)].reason == "Julafton"


def test_kontaktcentrum_has_a_closed_week(world):
    days = open_on(world, "kontaktcentrum", "2026-07")
    assert not any(date(2026, 7, number) in days for number in range(20, 27))
    assert len(days) == 24


def test_every_door_has_the_legal_ground_of_the_design(world):
    doors = Offering.objects.filter(service__slug="oppen-dorr", service__kind="door")
    grounds = dict(doors.values_list("site__slug", "regime"))
    assert len(grounds) == Site.objects.count()
    assert grounds.pop("kontaktcentrum") == "sol_open_exempt"
    assert grounds.pop("norrtalje") == "sol_open_documented"
    assert set(grounds.values()) == {"civil"}
    help_there = Offering.objects.get(site__slug="kontaktcentrum", service__slug="myndighet")
    assert help_there.regime == "sol_open_documented"
    assert not Offering.objects.exclude(regime="civil").filter(decision="").exists()


def test_nobody_reaches_another_place_than_their_own(world):
    reached = Site.objects.visible_to(world.user("vard", "sion"))
    assert [site.slug for site in reached] == ["sion"]
    assert world.client("vard", "sion").get("/idag/kontaktcentrum/").status_code == 404
