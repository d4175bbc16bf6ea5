"""Two desks and more in the same second: every limit and alias exact, every undo exact."""

import threading
import uuid

import pytest
from django.db import connections
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from egenmakt.desk.tests.conftest import Desk
from egenmakt.participants.models import Card, Participant
from egenmakt.provisions.models import Provision, TurnedAway
from egenmakt.visits.models import Visit


def at_once(works):
    """Run these in a thread each, all starting together; return what they returned."""
    start, done = threading.Barrier(len(works)), []

    def run(work):
        start.wait()
        try:
            done.append(work())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return done


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_fifty_asks_for_one_bag_give_exactly_one(world):
    nour, karim = world.person("sion", alias="Nour"), world.person("sion", alias="Karim")
    world.household("sion", [nour, karim])
    desks = [Desk(world.client("vard", "sion"), "sion", timezone.now()) for _ in range(10)]

    def ask(desk, who):
        return lambda: [desk.one("provision", who, service="matkasse") for _ in range(5)]

    works = [ask(desk, (nour, karim)[number % 2]) for number, desk in enumerate(desks)]
    answers = [answer for some in at_once(works) for answer in some]
    assert len(answers) == 50
    assert sorted(one["code"] or "" for one in answers) == [""] + ["limit"] * 49
    assert Provision.objects.count() == 1


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_one_item_sent_by_ten_retries_at_once_is_one_registration(world):
    desks = [Desk(world.client("vard", "sion"), "sion", timezone.now()) for _ in range(10)]
    item = desks[0].item("visit", {"new": str(uuid.uuid4()), "alias": "Storken"})
    answers = at_once([lambda desk=desk: desk.send(item)[0] for desk in desks])
    assert [one["status"] for one in answers] == ["stored"] * 10
    assert sum(one["first"] for one in answers) == 1
    assert (Visit.objects.count(), Participant.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_one_alias_wanted_at_ten_desks_is_given_once(world):
    desks = [Desk(world.client("vard", "sion"), "sion", timezone.now()) for _ in range(10)]

    def want(desk):
        return lambda: desk.one("visit", {"new": str(uuid.uuid4()), "alias": "Storken"})

    answers = at_once([want(desk) for desk in desks])
    assert sorted(one["code"] or "" for one in answers) == [""] + ["alias"] * 9
    assert Participant.objects.count() == 1


def everything():
    """All that registrations leave, by what it says; their own ids and times left out."""
    visits = Visit.objects.filter(counts=True)
    return (
        sorted(map(str, visits.values_list("participant", "number", "service_day"))),
        sorted(map(str, Provision.objects.values_list("participant", "service", "quantity"))),
        sorted(map(str, TurnedAway.objects.values_list("participant", "service", "reason"))),
        sorted(map(str, Participant.objects.values_list("id"))),
        Card.objects.filter(revoked_at=None).count(),
    )


WISH = st.tuples(
    st.sampled_from(["visit", "bag", "coffee", "count", "away"]),
    st.integers(0, 1),  # which of two people
    st.booleans(),  # whether it is taken back
)
WISHES = st.lists(WISH, max_size=7)
NEWS = st.lists(st.tuples(st.sampled_from(["new", "meal for new"]), st.integers(0, 1)), max_size=4)
OFTEN = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class Wishes:
    """Turns wishes into items of the food-bag day at Sion."""

    def __init__(self, world, desk):
        self.desk = desk
        found = list(Participant.objects.filter(register=world.site("sion").register)[:2])
        self.people = found or [world.person("sion", alias=name) for name in ("Nour", "Karim")]
        self.news = [str(uuid.uuid4()) for _ in range(2)]

    def item(self, wish, number):
        """One item of its own; it happened, so that no rule refuses it."""
        person, new = self.people[number], self.news[number]
        kinds = {
            "visit": ("visit", person, {}),
            "bag": ("provision", person, {"service": "matkasse"}),
            "coffee": ("provision", person, {"service": "kaffe", "quantity": 2}),
            "count": ("head_count", {"count": 2 + number}, {}),
            "away": ("turned_away", person, {"reason": "full"}),
            "new": ("visit", {"new": new, "alias": f"Ny {new}"}, {}),
            "meal for new": ("provision", {"participant": new}, {"service": "kaffe"}),
        }
        kind, who, rest = kinds[wish]
        return self.desk.item(kind, who, mode="happened", **rest)


@pytest.mark.django_db(databases="__all__")
@OFTEN
@given(wishes=WISHES)
def test_what_is_undone_might_as_well_never_have_been(world, desk_at, wishes):
    made = Wishes(world, desk_at("sion"))
    before = everything()
    first = made.desk.send(*[made.item(wish, number) for wish, number, _ in wishes])
    kept = [made.item(wish, number) for wish, number, back in wishes if not back]
    for answer, (_, _, back) in zip(first, wishes, strict=True):
        if back:
            made.desk.undo(answer)
    with_undo = everything()
    for answer in first:
        made.desk.undo(answer)
    assert everything() == before
    second = made.desk.send(*kept)
    assert everything() == with_undo
    for answer in second:
        made.desk.undo(answer)


@pytest.mark.django_db(databases="__all__")
@OFTEN
@given(wishes=NEWS, order=st.randoms(use_true_random=False))
def test_newcomers_undone_in_any_order_leave_nothing(world, desk_at, wishes, order):
    made = Wishes(world, desk_at("sion"))
    before = everything()
    answers = made.desk.send(*[made.item(wish, number) for wish, number in wishes])
    stored = [answer for answer in answers if answer["status"] != "refused"]
    order.shuffle(stored)
    for answer in stored:
        made.desk.undo(answer)
    assert everything() == before
