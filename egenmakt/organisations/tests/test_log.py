"""The log as the data-protection officer reads it: what, who, where, and no further."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

import egenmakt
from egenmakt.access.guard import Command
from egenmakt.access.rules import Reach, Scope
from egenmakt.audit.actions import Act, log, log_all
from egenmakt.audit.models import Entry
from egenmakt.desk.rules import Kind
from egenmakt.organisations import actions, logbook, queries
from egenmakt.organisations.dated import SORTS
from egenmakt.organisations.logbook import ACTS

HOUSE = Path(egenmakt.__file__).parent
ROOMS = "access|audit|desk|exchange|figures|organisations|participants|partnerships|provisions"


def written_acts():
    """Every act that the code of any room can write in the log."""
    for file in HOUSE.rglob("*.py"):
        if {"tests", "migrations"} & set(file.parts):
            continue
        text = file.read_text()
        if "egenmakt.audit" in text:
            yield from re.findall(rf'"((?:{ROOMS}|visits|world)\.[a-z_]+)"', text)
        yield from (f"participants.{verb}" for verb in re.findall(r'act_on\("([a-z_]+)"', text))
    yield from (f"desk.{kind}" for kind in Kind)
    for sort in SORTS.values():
        for verb in ("add", "change", "remove", "restore", *(["end"] if sort.ends else [])):
            yield f"organisations.{verb}_{actions.NOUNS[sort.table]}"


def test_every_act_that_is_written_has_words():
    acts = set(written_acts())
    assert len(acts) > 40
    assert acts - set(ACTS) == set()


def test_every_act_is_offered_once_under_its_room():
    offered = [code for _room, some in logbook.acts() for code, _said in some]
    assert sorted(offered) == sorted(ACTS)


@pytest.fixture
def dso(world):
    return world.client("dso", "kontaktcentrum")


def lines(client, **search):
    return client.get("/logg/", search).context["lines"]


def test_the_officer_reads_what_was_done_where_their_grant_reaches(world, dso):
    here, there = world.site("kontaktcentrum"), world.site("sion")
    chef = world.user("chef", "kontaktcentrum")
    log(chef, Act("organisations.settle", site=here.id), at=world.now)
    log(chef, Act("participants.open", subject=uuid4(), register=here.register_id), at=world.now)
    log(chef, Act("organisations.settle", site=there.id), at=world.now)
    log(chef, Act("access.promise"), at=world.now)
    told = [(line.who, line.what, line.where) for line in lines(dso)]
    register = here.register.name
    assert told == [
        (chef.name, ACTS["participants.open"], register),
        (chef.name, "ändrade mötesplatsens inställningar", here.name),
    ]


def test_reading_the_log_is_a_line_that_the_next_reading_shows(world, dso):
    site = world.site("kontaktcentrum")
    log(Command("test"), Act("organisations.settle", site=site.id), at=world.now)
    lines(dso)
    assert [line.what for line in lines(dso)] == [
        "läste loggen",
        "ändrade mötesplatsens inställningar",
    ]
    (read, again) = Entry.objects.filter(action="organisations.read_log").order_by("id")
    assert (read.actor, read.count, again.count) == (world.user("dso", "kontaktcentrum").id, 1, 2)


@pytest.mark.parametrize("role", ["vard", "chef", "verksamhetschef", "ombud", "kommun"])
def test_nobody_else_reads_the_log(world, role):
    assert world.client(role, "kontaktcentrum").get("/logg/").status_code == 403


def test_the_log_goes_on_from_a_line_so_that_new_lines_hide_none(world, dso):
    site = world.site("kontaktcentrum").id
    acts = [Act("organisations.settle", site=site, count=number) for number in range(1, 121)]
    log_all(Command("test"), acts, at=world.now)
    first = dso.get("/logg/")
    log(Command("test"), Act("organisations.settle", site=site, count=999), at=world.now)
    second = lines(dso, before=first.context["more"])
    counts = [line.count for line in [*first.context["lines"], *second]]
    assert counts == list(range(120, 20, -1))


def test_the_log_is_searched_by_act_and_by_the_day_as_it_is_lived_in_stockholm(world, dso):
    site = world.site("kontaktcentrum").id
    late = world.now.replace(hour=23, minute=30)
    log(Command("test"), Act("organisations.settle", site=site), at=late)
    log(Command("test"), Act("organisations.settle", site=site), at=late + timedelta(hours=1))
    day = world.today.isoformat()
    assert len(lines(dso, on=day, action="organisations.settle")) == 1
    assert len(lines(dso, action="organisations.add_hours")) == 0
    page = dso.get("/logg/", {"on": "i går"})
    assert "Välj ett datum" in page.content.decode()


@pytest.mark.parametrize("before", ["0", "-1", "x", str(10**30), "<script>"])
def test_a_made_up_place_in_the_log_is_no_error(dso, before):
    assert dso.get("/logg/", {"before": before}).status_code == 200


def test_a_page_of_the_log_asks_as_much_with_two_lines_as_with_fifty(
    world, dso, django_assert_num_queries
):
    site = world.site("kontaktcentrum")
    users = [world.user(role, "kontaktcentrum") for role in ("vard", "chef", "ombud")]

    def write(number):
        for one in range(number):
            act = Act("participants.open", register=site.register_id, subject=uuid4())
            log(users[one % 3], act, at=world.now)

    write(2)
    lines(dso)
    with django_assert_num_queries(10) as asked:
        lines(dso)
    write(60)
    with django_assert_num_queries(len(asked)):
        lines(dso)


def test_a_shared_registers_lines_are_not_read_with_a_grant_on_one_of_its_places(world):
    site = world.site("varberg")

    class Officer(Command):
        def reach(self, right=None):
            return Reach(everywhere=False, places=frozenset({(Scope.SITE, site.id)}))

    log(Command("test"), Act("participants.open", register=site.register_id), at=world.now)
    found, _more = queries.log_of(queries.watch(Officer("x")), queries.Search())
    assert found == []
