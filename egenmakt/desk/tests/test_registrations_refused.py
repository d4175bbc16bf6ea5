"""What is malformed, forbidden or against a rule, and what it may not break."""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client

from egenmakt.access import actions as access
from egenmakt.access.rules import Role, Scope
from egenmakt.audit.models import Entry
from egenmakt.desk.models import Registration
from egenmakt.participants.actions import Changes, keep
from egenmakt.participants.models import Participant
from egenmakt.participants.rules import Tier
from egenmakt.provisions.actions import end_limit, set_limit
from egenmakt.provisions.models import Limit, Provision
from egenmakt.visits.models import Visit

pytestmark = pytest.mark.django_db(databases="__all__")

BAD = [
    [],
    "inte ett föremål",
    None,
    {"id": "inte ett id"},
    {"id": ["x"]},
    {"id": "\ud800"},
    {"kind": "hug"},
    {"kind": "visit"},
    {"kind": "head_count", "who": None},
    {"mode": "maybe"},
    {"service": None},
    {"service": "fru\x00kost"},
    {"who": {"count": 1, "participant": str(uuid.uuid4())}},
    {"who": {"count": 0}},
    {"who": {"count": "1"}},
    {"who": {"count": 2, "women": 2, "men": 2}},
    {"who": {"new": str(uuid.uuid4())}},
    {"who": {"new": str(uuid.uuid4()), "alias": " \u200b "}},
    {"who": {"new": str(uuid.uuid4()), "alias": "\ud800"}},
    {"quantity": 0},
    {"quantity": 100},
    {"quantity": "3"},
    {"quantity": True},
    {"at": "2026-01-01T10:00:00"},
    {"at": "igår"},
    {"at": 1767225600},
    {"at": "0001-01-01T00:00:00+14:00", "mode": "happened"},
    {"at": "9999-12-31T23:59:59-14:00", "mode": "happened"},
    {"collected_by": {"count": 1}},
    {"surprise": "<script>"},
    {"site": None},
]


@pytest.mark.parametrize("bad", BAD, ids=[str(number) for number in range(len(BAD))])
def test_one_bad_item_never_makes_the_batch_fail(desk, bad):
    good = desk.item("provision", {"count": 1}, service="frukost")
    spoilt = good | {"id": str(uuid.uuid4())} | bad if isinstance(bad, dict) else bad
    answers = desk.send(good, spoilt or {}, desk.item("head_count", {"count": 1}))
    assert [one["status"] for one in answers] == ["stored", "refused", "stored"]
    assert answers[1]["code"] == "malformed"


def test_a_bad_envelope_is_422_and_too_much_is_413(desk):
    assert desk.post("nej").status_code == 422
    assert desk.post([], sent_at="nu").status_code == 422
    assert desk.post([{}] * 201).status_code == 413
    assert desk.post([{"id": "x" * 300_000}]).status_code == 413
    assert desk.post([{"id": "x" * 1_200_000}]).status_code == 413
    broken = desk.client.post("/api/v1/registrations", b"\xff{", content_type="application/json")
    assert broken.status_code == 422


def test_a_device_deposits_and_can_read_nothing(world, desk):
    device, token = world.device("kontaktcentrum")
    desk.client = Client(headers={"Authorization": f"Bearer {token}"})
    answer = desk.one("head_count", {"count": 1}, by=str(world.user("vard", "kontaktcentrum").id))
    assert answer["status"] == "stored"
    assert desk.client.get("/idag/kontaktcentrum/").status_code == 302
    theirs = desk.item("head_count", {"count": 1}) | {"site": "sion"}
    assert desk.send(theirs)[0]["code"] == "unknown"
    access.revoke(device, by=world.user("chef", "kontaktcentrum"), now=world.now)
    assert desk.post([]).status_code == 401


def test_nobody_registers_without_token_session_or_right(world, desk):
    item = desk.item("head_count", {"count": 1})
    envelope = {"sent_at": desk.now.isoformat(), "items": [item]}
    for client, status in [
        (Client(), 401),
        (Client(headers={"Authorization": "Bearer hittepå"}), 401),
        (world.client("kommun", "kontaktcentrum"), 403),
        (world.client("dso", "kontaktcentrum"), 403),
    ]:
        answer = client.post("/api/v1/registrations", envelope, content_type="application/json")
        assert answer.status_code == status
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.user("vard", "kontaktcentrum"))
    answer = strict.post("/api/v1/registrations", envelope, content_type="application/json")
    assert answer.status_code == 403
    assert not Registration.objects.exists()


def test_every_registration_of_a_person_lies_in_the_log(world, desk):
    selam = world.person("kontaktcentrum", alias="Selam")
    desk.one("visit", selam)
    entry = Entry.objects.get(action="desk.visit")
    assert (entry.subject, entry.actor) == (
        selam.key,
        world.user("vard", "kontaktcentrum").id,
    )


def test_no_name_lies_in_clear_in_what_is_kept(desk):
    desk.one("visit", {"new": str(uuid.uuid4()), "alias": "Hemligaste Haren"})
    rows = [*Registration.objects.values(), *Participant.objects.values(), *Entry.objects.values()]
    assert "Haren" not in json.dumps(
        rows,
        default=lambda one: (
            bytes(one).decode("latin1") if isinstance(one, (bytes, memoryview)) else str(one)
        ),
    )


def test_a_new_limit_is_kept_from_the_next_registration_on(world, desk_at):
    desk, nour = desk_at("sion"), world.person("sion", alias="Nour")
    assert desk.one("provision", nour, service="kaffe")["status"] == "stored"
    limit = Limit(service=world.service("sion", "kaffe"), count=1, every=1, unit="days")
    limit.per, limit.valid_from = "person", world.today
    register, chef = world.site("sion").register, world.user("chef", "sion")
    assert set_limit(register, limit=limit, by=chef, now=world.now)
    assert desk.one("provision", nour, service="kaffe")["code"] == "limit"
    assert end_limit(limit, again=False, by=chef, now=world.now)
    assert desk.one("provision", nour, service="kaffe")["status"] == "stored"


def test_what_is_asked_for_beyond_the_rule_is_told_when_or_never(world, desk_at):
    desk, nour = desk_at("sion"), world.person("sion", alias="Nour")
    answer = desk.one("provision", nour, service="matkasse", quantity=2)
    assert (answer["code"], answer["next_on"]) == ("limit", None)
    assert "Så många på en gång" in answer["text"]


def test_what_a_member_got_before_the_household_was_one_counts_for_it(world, desk_at):
    desk = desk_at("sion")
    nour, karim = world.person("sion", alias="Nour"), world.person("sion", alias="Karim")
    desk.one("provision", nour, service="matkasse")
    world.household("sion", [nour, karim])
    assert desk.one("provision", karim, service="matkasse")["code"] == "limit"


def test_an_override_under_an_old_id_is_changed(world, desk_at):
    desk, nour = desk_at("sion"), world.person("sion", alias="Nour")
    desk.one("provision", nour, service="matkasse")
    refused = desk.item("provision", nour, service="matkasse")
    assert desk.send(refused)[0]["code"] == "limit"
    assert desk.send(refused | {"override": "Spädbarn"})[0]["code"] == "changed"
    given = refused | {"id": str(uuid.uuid4()), "override": "Spädbarn"}
    assert desk.send(given)[0]["status"] == "stored"
    assert desk.send(given | {"override": "Nyfödd"})[0]["code"] == "changed"


@pytest.mark.parametrize(("mode", "status"), [("ask", "refused"), ("happened", "stored")])
def test_a_named_collector_is_not_written_where_identity_is_refused(world, desk, mode, status):
    maria = world.person("kontaktcentrum", alias="Maria", tier=Tier.NAMED)
    who = {"collected_by": {"participant": str(maria.id)}, "mode": mode}
    answer = desk.one("provision", {"count": 1}, service="lunch", **who)
    assert answer["status"] == status
    assert not Provision.objects.exclude(collected_by=None).exists()


def test_an_undo_that_says_it_is_old_takes_nothing_back_days_after(world, desk):
    selam = world.person("kontaktcentrum", alias="Selam")
    visit = desk.one("visit", selam)
    long_ago = desk.now - timedelta(days=5)
    Visit.objects.update(service_day=long_ago.date())
    Registration.objects.update(service_day=long_ago.date(), received_at=long_ago)
    assert desk.one("undo", of=visit["id"], at=long_ago.isoformat())["code"] == "late"
    assert Visit.objects.exists()


def test_somebody_made_at_the_door_stays_once_more_is_known_of_them(world, desk_at):
    desk = desk_at("sion")
    visit = desk.one("visit", {"new": str(uuid.uuid4()), "alias": "Vera"})
    keep(
        Participant.objects.get(),
        changes=Changes(name="Vera Bengtsson"),
        by=world.user("ombud", "sion"),
        now=world.now,
    )
    desk.undo(visit)
    assert Participant.objects.get().tier == Tier.NAMED


def test_where_one_may_only_look_one_registers_nothing(world, desk):
    host, city = world.user("vard", "kontaktcentrum"), world.site("city")
    place = (Scope.SITE, city.id)
    access.grant(host, role=Role.SUPERVISOR, place=place, by=host, now=world.now)
    item = desk.item("head_count", {"count": 1}) | {"site": "city"}
    assert desk.send(item)[0]["code"] == "unknown"
    assert not Visit.objects.exists()
