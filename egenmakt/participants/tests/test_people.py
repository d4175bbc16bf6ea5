"""Tests: what is kept of people is sealed, found again in its register only, and let go."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from egenmakt.access.guard import Command
from egenmakt.audit.models import Entry
from egenmakt.audit.queries import about
from egenmakt.organisations.models import Offering
from egenmakt.participants import actions, queries
from egenmakt.participants.actions import Changes, Newcomer
from egenmakt.participants.models import Participant
from egenmakt.participants.names import Names
from egenmakt.participants.rules import Refused, Tier, Why, tidy
from egenmakt.vault.actions import destroy
from egenmakt.vault.sealing import Unreadable

BY = Command("test")


def test_what_is_known_of_somebody_is_nowhere_to_be_read_in_the_tables(world):
    facts = {"birth_year": 1980, "languages": "tigrinja"}
    made = world.person("norrtalje", alias="Selam", tier=Tier.NAMED, name="Abeba", facts=facts)
    row = Participant.objects.filter(id=made.id).values().get()
    assert not any(word in str(row) for word in ("Selam", "Abeba", "1980", "tigrinja"))
    known = queries.opened(made)
    assert (known.alias, known.name, known.facts) == ("Selam", "Abeba", facts)
    assert made.band == "45-64"


@pytest.mark.parametrize("field", ["names", "facts"])
def test_a_field_moved_between_people_or_put_back_from_earlier_cannot_be_read(world, field):
    one = world.person("sion", alias="Göte", facts={"languages": "finska"})
    other = world.person("sion", alias="Britta", facts={"languages": "svenska"})
    before = getattr(one, field)
    later = actions.keep(one, changes=Changes(alias="Göte S"), by=BY, now=world.now)
    for row, sealed in ((later, before), (other, before)):
        setattr(row, field, sealed)
        with pytest.raises(Unreadable):
            queries.opened(row)


def test_a_row_that_was_tampered_with_stands_in_nobody_elses_way(world):
    one, other = (world.person("sion", alias=f"Torsten {n}") for n in "AB")
    Participant.objects.filter(id=one.id).update(names=other.names)
    found = queries.find(one.register, "Torsten")
    assert [one.id for one in found.people] == [other.id]
    assert list(queries.known(one.register, [one.id, other.id])) == [other.id]


def test_a_person_whose_key_is_gone_is_in_no_list(world, django_capture_on_commit_callbacks):
    gone = world.person("sion", alias="Borta")
    world.person("sion", alias="Bortas vän")
    register = gone.register
    with django_capture_on_commit_callbacks(execute=True):
        actions.forget(gone.id, by=BY, now=world.now)
    assert queries.holders(register, "Borta") == []
    assert [one.alias for one in queries.find(register, "Borta").people] == ["Bortas vän"]
    assert not Participant.objects.filter(id=gone.id).exists()


def test_a_search_forgives_spelling_and_never_leaves_its_register(world):
    here = world.person("kontaktcentrum", alias="Mohammed")
    world.person("sion", alias="Mohammed")
    found = queries.find(here.register, "muhamad")
    assert [one.id for one in found.people] == [here.id]
    assert queries.find(here.register, "") == queries.Found([], 0)
    assert queries.holders(here.register, " MOHAMMED ") == [here.id]


def test_the_index_of_names_follows_what_others_write(world):
    register = world.site("sion").register
    names = Names(register.id)
    made = [world.person("sion", alias=alias) for alias in ("Ann-Lis", "Torsten")]
    assert names.find("Torsten", limit=8).total == 1
    actions.keep(made[0], changes=Changes(alias="Torsten K"), by=BY, now=world.now)
    assert names.find("Torsten", limit=8).total == 2
    actions.forget(made[1].id, by=BY, now=world.now)
    world.person("sion", alias="Någon helt annan")
    assert [hit.id for hit in names.find("Torsten", limit=8).hits] == [made[0].id]
    assert names.find("Ann-Lis", limit=8).total == 0


def test_a_search_with_nothing_new_opens_nobody(world):
    names = Names(world.person("sion", alias="Torsten").register_id)
    names.find("Torsten", limit=8)
    with CaptureQueriesContext(connection) as said:
        names.find("Torsten", limit=8)
    assert len(said) == 1


@pytest.mark.parametrize("alias", ["Robert'); DROP TABLE--", "<b>hej</b>", "𓀀𓀁", "ا ل ع", "%_\\"])
def test_any_alias_that_can_be_seen_is_kept_and_found_as_it_was_written(world, alias):
    made = world.person("sion", alias=alias)
    assert queries.opened(made).alias == alias
    assert [one.alias for one in queries.find(made.register, alias).people] == [alias]


@pytest.mark.parametrize("alias", ["", "   ", "\u200b\u202e", "\x00\x07"])
def test_an_alias_that_nobody_can_see_is_refused(world, alias):
    with pytest.raises(Refused, match=Why.NO_ALIAS):
        world.person("sion", alias=alias)


def test_one_alias_belongs_to_one_person_and_others_are_proposed(world):
    one, other = (world.person("sion", alias=alias) for alias in ("Selam", "Selam 2"))
    with pytest.raises(Refused, match=Why.ALIAS_TAKEN):
        actions.keep(other, changes=Changes(alias="selam"), by=BY, now=world.now)
    assert queries.free_aliases(one.register, "Selam") == ("Selam B", "Selam 3", "Selam C")


def test_an_alias_that_somebody_left_is_free(world, django_capture_on_commit_callbacks):
    one, other = (world.person("sion", alias=alias) for alias in ("Selam", "Göte"))
    with django_capture_on_commit_callbacks(execute=True):
        actions.keep(one, changes=Changes(alias="Selam K"), by=BY, now=world.now)
    actions.keep(other, changes=Changes(alias="Selam"), by=BY, now=world.now)
    assert queries.holders(one.register, "Selam") == [other.id]


def test_stepping_down_deletes_the_name_and_nothing_else(world):
    made = world.person("sion", alias="Göte", facts={"languages": "finska"})
    named = actions.keep(made, changes=Changes(name="Göte Berg"), by=BY, now=world.now)
    assert named.tier == Tier.NAMED
    row = actions.step_down(named, by=BY, now=world.now)
    assert queries.opened(row) == queries.Opened("Göte", "", {"languages": "finska"})
    assert row.tier == Tier.ALIAS
    assert queries.find(made.register, "Berg").total == 0


def test_a_name_is_kept_only_where_some_offering_may_know_names(world):
    made = world.person("kontaktcentrum", alias="Selam")
    Offering.objects.filter(site__register=made.register).update(regime="sol_open_exempt")
    with pytest.raises(Refused, match=Why.TOO_DEEP):
        actions.keep(made, changes=Changes(name="Selam Tesfay"), by=BY, now=world.now)


@pytest.mark.parametrize(("age", "why"), [(15, Why.UNDER_16), (16, Why.NEEDS_REASON)])
def test_under_16_nobody_is_kept_and_under_18_not_without_a_reason(world, age, why):
    with pytest.raises(Refused, match=why):
        world.person("sion", alias="Ung", facts={"birth_year": world.today.year - age})
    with pytest.raises(Refused, match=Why.NEEDS_REASON):
        world.person("sion", alias="Ung", band="16-17")


def test_a_reason_to_keep_somebody_of_16_is_a_managers_and_is_sealed(world):
    made = world.person("sion", alias="Ung")
    changes = Changes(band="16-17", facts={"young_reason": "Bor ensam"})
    with pytest.raises(Refused, match=Why.NEEDS_MANAGER):
        actions.keep(made, changes=changes, by=world.user("ombud", "sion"), now=world.now)
    row = actions.keep(made, changes=changes, by=world.user("chef", "sion"), now=world.now)
    assert row.band == "16-17"
    later = Changes(gender="woman")
    actions.keep(row, changes=later, by=world.user("ombud", "sion"), now=world.now)
    older = actions.keep(row, changes=Changes(band="18-24"), by=BY, now=world.now)
    assert "young_reason" not in queries.opened(older).facts


def test_how_somebody_found_us_is_written_once(world):
    made = world.person("sion", alias="Göte")
    for answer in ("friend", "internet"):
        actions.found_us(made, answer=answer, by=BY, now=world.now)
    assert queries.opened(Participant.objects.get(id=made.id)).facts == {"found_us": "friend"}


def test_a_fact_that_has_no_place_is_never_kept(world):
    for fact in ("personal_number", "religion", "diagnosis", "status"):
        with pytest.raises(ValueError, match=fact):
            world.person("sion", alias="Göte", facts={fact: "x"})


def test_every_write_leaves_one_line_about_the_person(world):
    made = world.person("sion", alias="Göte")
    before = Entry.objects.count()
    actions.keep(made, changes=Changes(name="Göte Berg"), by=BY, now=world.now)
    actions.step_down(made, by=BY, now=world.now)
    actions.found_us(made, answer="friend", by=BY, now=world.now)
    lines = about(made.key).values_list("action", flat=True)
    verbs = ["found_us", "step_down", "keep", "welcome"]
    assert list(lines) == [f"participants.{verb}" for verb in verbs]
    assert Entry.objects.count() == before + 3


def test_a_whole_run_of_newcomers_is_one_line_and_as_many_statements(world):
    register = world.site("sion").register

    def said(number):
        people = [Newcomer(id=uuid.uuid4(), alias=f"Nr {n} av {number}") for n in range(number)]
        with CaptureQueriesContext(connection) as statements:
            actions.welcome(register, people, by=BY, now=world.now, run="world.people")
        return len(statements)

    assert said(2) == said(20)
    assert list(Entry.objects.values_list("action", "count")[:2]) == [
        ("world.people", 20),
        ("world.people", 2),
    ]


def test_what_the_door_asks_of_people_is_one_statement_and_opens_nothing(world):
    people = [world.person("sion", alias=f"Nr {n}") for n in range(3)]
    home = world.household("sion", people[:2])
    stranger = world.person("kontaktcentrum", alias="Nr 9")
    ids = [one.id for one in [*people, stranger]]
    with CaptureQueriesContext(connection) as said:
        found = queries.standing(people[0].register, ids, on=world.today)
    assert len(said) == 1
    assert [found[one].household for one in ids[:3]] == [home.id, home.id, None]
    assert stranger.id not in found


@given(st.text(max_size=200))
def test_tidying_twice_is_tidying_once(text):
    assert tidy(tidy(text)) == tidy(text)
    assert len(tidy(text)) <= 60


def test_a_row_that_cannot_be_read_is_not_there(world, caplog):
    one, other = (world.person("sion", alias=alias) for alias in ("Selam", "Björken"))
    Participant.objects.filter(id=one.id).update(names=other.names)
    destroy([other.key])
    ombud = world.user("ombud", "sion")
    assert [queries.participant(ombud, row.id) for row in (one, other)] == [None, None]
    assert world.client("ombud", "sion").get(f"/person/{one.id}/").status_code == 404
    assert "cannot be read" in caplog.text
