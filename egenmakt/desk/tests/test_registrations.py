"""The registrations of `docs/contracts.md`, word by word."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from egenmakt.desk.models import Registration
from egenmakt.participants.models import Participant
from egenmakt.participants.rules import Tier
from egenmakt.provisions.models import Provision, TurnedAway
from egenmakt.visits.models import Visit

pytestmark = pytest.mark.django_db(databases="__all__")


def test_a_visit_and_two_services_are_stored_in_one_request(world, desk):
    selam = world.person("kontaktcentrum", alias="Selam")
    answers = desk.send(
        desk.item("visit", selam),
        desk.item("provision", selam, service="frukost"),
        desk.item("provision", selam, service="dusch"),
    )
    assert [one["status"] for one in answers] == ["stored"] * 3
    assert all(one["first"] and not one["already"] and one["code"] is None for one in answers)
    assert Visit.objects.get().participant_id == selam.id
    assert Provision.objects.count() == 2


def test_a_visit_with_two_services_takes_at_most_14_statements(world, desk_at):
    sion = desk_at("sion")
    nour = world.person("sion", alias="Nour")
    sion.one("visit", world.person("sion", alias="Uppvärmning"))
    items = [
        sion.item("visit", nour),
        sion.item("provision", nour, service="matkasse"),
        sion.item("provision", nour, service="kaffe"),
    ]
    with CaptureQueriesContext(connection) as run, CaptureQueriesContext(connections["keys"]) as k:
        answers = sion.send(*items)
    assert [one["status"] for one in answers] == ["stored"] * 3
    control = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
    statements = [one["sql"] for one in run if not one["sql"].startswith(control)]
    assert len(statements) + len(k) <= 14, "\n".join(statements)


def test_the_same_id_again_is_one_registration_and_gets_the_first_answer(world, desk):
    item = desk.item("visit", world.person("kontaktcentrum", alias="Selam"))
    first, again = desk.send(item)[0], desk.send(item)[0]
    assert (first["first"], again["first"]) == (True, False)
    assert first | {"first": False} == again
    assert Visit.objects.count() == 1


def test_the_same_id_twice_in_one_batch_is_one_registration(world, desk):
    item = desk.item("head_count", {"count": 3})
    first, again = desk.send(item, item)
    assert (first["status"], again["first"]) == ("stored", False)
    assert Visit.objects.get().number == 3


def test_an_ask_sent_again_as_happened_is_the_same_registration(world, desk):
    item = desk.item("visit", world.person("kontaktcentrum", alias="Selam"))
    desk.send(item)
    assert desk.send(item | {"mode": "happened"})[0]["status"] == "stored"
    assert Visit.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    [{"service": "dusch"}, {"quantity": 2}, {"who": {"count": 1}}, {"kind": "turned_away"}],
    ids=["service", "quantity", "who", "kind"],
)
def test_the_same_id_with_other_content_is_changed(world, desk, other):
    selam = world.person("kontaktcentrum", alias="Selam")
    item = desk.item("provision", selam, service="frukost", reason="limit")
    desk.send(item)
    answer = desk.send(item | other)[0]
    assert (answer["status"], answer["code"]) == ("refused", "changed")
    assert Provision.objects.get().service.slug == "frukost"


def test_another_alias_under_the_same_new_id_is_changed(desk):
    new = str(uuid.uuid4())
    item = desk.item("visit", {"new": new, "alias": "Storken"})
    desk.send(item)
    assert desk.send(item | {"who": {"new": new, "alias": "Tranan"}})[0]["code"] == "changed"


def test_a_second_visit_that_day_counts_nothing_and_its_undo_removes_nothing(world, desk):
    selam = world.person("kontaktcentrum", alias="Selam")
    first, second = desk.one("visit", selam), desk.one("visit", selam)
    assert (first["already"], second["already"]) == (False, True)
    assert Visit.objects.counted().count() == 1
    desk.undo(second)
    assert Visit.objects.get(counts=True).id == uuid.UUID(first["id"])


def test_undoing_the_first_of_two_leaves_the_visit_on_the_second(world, desk):
    selam = world.person("kontaktcentrum", alias="Selam")
    first, second = desk.one("visit", selam), desk.one("visit", selam)
    desk.undo(first)
    assert Visit.objects.get(counts=True).id == uuid.UUID(second["id"])


def test_undo_twice_is_once(world, desk):
    visit = desk.one("visit", world.person("kontaktcentrum", alias="Selam"))
    assert [desk.undo(visit)["status"] for _ in range(2)] == ["stored", "stored"]
    assert not Visit.objects.exists()


def test_undo_of_another_day_is_late(world, desk):
    selam = world.person("kontaktcentrum", alias="Selam")
    visit = desk.earlier(days=1).one("visit", selam)
    assert desk.undo(visit)["code"] == "late"
    assert Visit.objects.get().late


def test_undo_of_another_site_is_unknown(world, desk, desk_at):
    theirs = desk_at("sion").one("head_count", {"count": 1})
    assert desk.undo(theirs)["code"] == "unknown"
    assert Visit.objects.exists()


def test_a_person_made_by_a_registration_goes_with_it(desk):
    new = {"new": str(uuid.uuid4()), "alias": "Storken"}
    visit = desk.one("visit", new)
    desk.undo(visit)
    assert not Participant.objects.exists()


def test_a_person_made_here_stays_while_something_refers_and_goes_with_the_last(desk):
    who = str(uuid.uuid4())
    visit, meal = desk.send(
        desk.item("visit", {"new": who, "alias": "Storken"}),
        desk.item("provision", {"participant": who}, service="frukost"),
    )
    desk.undo(visit)
    assert Participant.objects.get().id == uuid.UUID(who)
    desk.undo(meal)
    assert not Participant.objects.exists()


def test_a_later_item_may_name_an_earlier_newcomer(desk):
    who = str(uuid.uuid4())
    answers = desk.send(
        desk.item("visit", {"new": who, "alias": "Storken"}),
        desk.item("provision", {"participant": who}, service="frukost"),
    )
    assert [one["status"] for one in answers] == ["stored", "stored"]
    assert Provision.objects.get().participant_id == uuid.UUID(who)


def test_an_item_naming_a_refused_newcomer_is_unknown(world, desk):
    world.person("kontaktcentrum", alias="Storken")
    who = str(uuid.uuid4())
    new, meal = desk.send(
        desk.item("visit", {"new": who, "alias": "storken "}),
        desk.item("provision", {"participant": who}, service="frukost"),
    )
    assert (new["status"], new["code"]) == ("refused", "alias")
    assert new["proposals"]
    assert new["proposals"][0] in new["text"]
    assert (meal["status"], meal["code"]) == ("refused", "unknown")


def test_a_newcomer_whose_id_is_in_the_register_already_is_that_participant(world, desk):
    selam = world.person("kontaktcentrum", alias="Selam")
    desk.one("visit", {"new": str(selam.id), "alias": "Selam"})
    assert Visit.objects.get().participant_id == selam.id
    assert Participant.objects.count() == 1


def test_a_taken_alias_that_happened_is_kept_as_a_conflict(world, desk, kept):
    world.person("kontaktcentrum", alias="Storken")
    answer = desk.one("visit", {"new": str(uuid.uuid4()), "alias": "Storken"}, mode="happened")
    assert (answer["status"], answer["code"]) == ("conflict", "alias")
    assert Visit.objects.count() == 1
    assert kept(answer).closed_at is None


@pytest.mark.parametrize(("mode", "status"), [("ask", "refused"), ("happened", "stored")])
def test_a_named_person_at_an_exempt_door_is_a_head_count_or_refused(world, desk, mode, status):
    maria = world.person("kontaktcentrum", alias="Maria", tier=Tier.NAMED)
    answer = desk.one("visit", maria, mode=mode)
    assert (answer["status"], answer["code"]) == (status, "depth")
    rows = list(Visit.objects.values_list("participant", "number"))
    assert rows == ([] if mode == "ask" else [(None, 1)])
    assert not Registration.objects.exclude(participant=None).exists()


def test_a_named_person_gets_help_with_authorities_as_themself(world, desk):
    maria = world.person("kontaktcentrum", alias="Maria", tier=Tier.NAMED)
    answer = desk.one("provision", maria, service="myndighet")
    assert answer["status"] == "stored"
    assert Provision.objects.get().participant_id == maria.id


def test_a_household_gets_its_next_bag_after_five_weeks(world, desk_at):
    desk = desk_at("sion")
    nour, karim = world.person("sion", alias="Nour"), world.person("sion", alias="Karim")
    world.household("sion", [nour, karim], children={"0-6": 2})
    given = desk.one("provision", nour, service="matkasse")
    again = desk.one("provision", karim, service="matkasse")
    assert (again["status"], again["code"]) == ("refused", "limit")
    assert again["next_on"] == given["next_on"]
    monday = world.today - timedelta(days=world.today.weekday())
    assert again["next_on"] == (monday + timedelta(weeks=5)).isoformat()
    assert "(v." in again["text"]


def test_a_broken_limit_that_happened_stands_as_a_conflict(world, desk_at):
    desk, nour = desk_at("sion"), world.person("sion", alias="Nour")
    desk.one("provision", nour, service="matkasse")
    answer = desk.one("provision", nour, service="matkasse", mode="happened")
    assert (answer["status"], answer["code"]) == ("conflict", "limit")
    assert Provision.objects.count() == 2


def test_an_override_is_stored_with_its_reason_sealed(world, desk_at):
    desk, nour = desk_at("sion"), world.person("sion", alias="Nour")
    desk.one("provision", nour, service="matkasse")
    answer = desk.one("provision", nour, service="matkasse", override="Spädbarn i familjen")
    assert answer["status"] == "stored"
    kept = Provision.objects.get(id=answer["id"]).override
    assert kept
    assert "Spädbarn".encode() not in bytes(kept)


def test_a_limit_cannot_be_kept_for_a_count(desk_at):
    desk = desk_at("sion")
    asked = desk.one("provision", {"count": 1}, service="matkasse")
    assert (asked["status"], asked["code"]) == ("refused", "who")
    happened = desk.one("provision", {"count": 1}, service="matkasse", mode="happened")
    assert (happened["status"], happened["code"]) == ("conflict", "who")


def test_undoing_a_bag_gives_the_allowance_back(world, desk_at):
    desk, nour = desk_at("sion"), world.person("sion", alias="Nour")
    desk.undo(desk.one("provision", nour, service="matkasse"))
    assert desk.one("provision", nour, service="matkasse")["status"] == "stored"


def test_a_bag_entered_afterwards_may_break_the_limit_for_a_later_one(world, desk_at):
    desk, nour = desk_at("sion"), world.person("sion", alias="Nour")
    desk.one("provision", nour, service="matkasse")
    late = desk.earlier(days=14).one("provision", nour, service="matkasse")
    assert (late["status"], late["code"]) == ("conflict", "limit")


def test_a_provision_makes_no_visit_and_a_turned_away_needs_a_reason(world, desk):
    selam = world.person("kontaktcentrum", alias="Selam")
    desk.one("provision", selam, service="frukost")
    assert desk.one("turned_away", selam, service="skor")["code"] == "malformed"
    assert desk.one("turned_away", service="skor", reason="stock")["status"] == "stored"
    assert not Visit.objects.exists()
    assert TurnedAway.objects.get().reason == "stock"


def test_a_card_leads_to_its_person_and_an_unknown_one_to_nobody(world, desk):
    selam = world.person("kontaktcentrum", alias="Selam")
    assert desk.one("card", selam, card="ABCDE-FGHJK")["status"] == "stored"
    assert desk.one("visit", {"card": "abcdefghjk"})["status"] == "stored"
    assert desk.one("visit", {"card": "ZZZZZ-ZZZZZ"})["code"] == "unknown"
    assert Visit.objects.get().participant_id == selam.id


def test_people_of_another_register_are_as_unknown_as_nobody(world, desk):
    theirs = world.person("sion", alias="Nour")
    nobody = {"participant": str(uuid.uuid4())}
    answers = [desk.one("visit", theirs), desk.one("visit", nobody)]
    assert [(one["status"], one["code"], one["text"]) for one in answers] == [
        ("refused", "unknown", answers[1]["text"])
    ] * 2
    taken = desk.one("visit", {"new": str(theirs.id), "alias": "Nour"}, mode="happened")
    assert taken["code"] == "unknown"


def test_another_site_is_unknown_and_leaves_no_trace(desk):
    item = desk.item("head_count", {"count": 1}) | {"site": "sion"}
    assert desk.send(item)[0]["code"] == "unknown"
    assert not Registration.objects.exists()


def test_the_senders_clock_is_put_right_and_a_wild_one_is_said(world, desk):
    hour = timedelta(hours=1)
    behind = (desk.now - hour).isoformat()
    desk.one("head_count", {"count": 1}, at=behind)
    item = desk.item("head_count", {"count": 1}, at=behind)
    desk.send(item, sent_at=behind)
    put_right, as_said = sorted(desk.now - visit.at for visit in Visit.objects.all())
    assert abs(put_right) < hour / 10
    assert abs(as_said - hour) < hour / 10
    wild = (desk.now - 12.5 * hour).isoformat()
    for mode, status in (("ask", "refused"), ("happened", "conflict")):
        item = desk.item("head_count", {"count": 1}, at=wild, mode=mode)
        answer = desk.send(item, sent_at=wild)[0]
        assert (answer["status"], answer["code"]) == (status, "clock")
