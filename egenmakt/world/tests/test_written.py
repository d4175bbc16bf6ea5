"""What was drawn is written down: people with their keys, visits, what they got, one log line."""

from collections import Counter

from django.db.models import Min

from egenmakt.audit.models import Entry
from egenmakt.desk.models import Registration
from egenmakt.kit.calendar import service_day
from egenmakt.participants.models import Card, Household, Membership, Participant
from egenmakt.participants.queries import known, with_card
from egenmakt.provisions.models import Provision, TurnedAway
from egenmakt.vault.models import BlindIndex
from egenmakt.visits.models import Visit
from egenmakt.world.build import Wish, build_years


def test_a_small_world_is_written_as_it_was_drawn(world):
    told = []
    made = build_years(Wish(world.today, small=True), now=world.now, tell=told.append)
    written = {
        "people": Participant.objects.count(),
        "households": Household.objects.count(),
        "visits": Visit.objects.count(),
        "provisions": Provision.objects.count(),
        "turned away": TurnedAway.objects.count(),
    }
    assert dict(made) == written
    assert min(written.values()) > 0
    assert Entry.objects.get(action="world.build").count == made.total()
    assert Entry.objects.count() < 200
    assert not Registration.objects.exists()
    assert told[-1].startswith(" 100%")
    whoever_came_was_registered_then()
    everything_happened_on_its_day(world)
    known_as_deep_as_the_ground_allows(world)
    nobody_is_called_like_another()
    households_are_of_sion_and_have_children(world)


def whoever_came_was_registered_then():
    firsts = Visit.objects.exclude(participant=None).values_list("participant")
    came = dict(firsts.annotate(Min("at")).order_by())
    assert came == dict(Participant.objects.values_list("id", "registered_at"))


def everything_happened_on_its_day(world):
    for model in (Visit, Provision, TurnedAway):
        days = model.objects.values_list("at", "service_day")
        assert not [day for at, day in days if service_day(at) != day]
        assert not model.objects.filter(service_day__gte=world.today).exists()
    closed = Visit.objects.filter(site__closed_on__isnull=False)
    assert not [
        one for one in closed.select_related("site") if one.service_day >= one.site.closed_on
    ]
    split = Visit.objects.filter(site__slug="varberg", participant=None)
    assert all(one.women + one.men + one.children == one.number for one in split)


def known_as_deep_as_the_ground_allows(world):
    here = world.site("kontaktcentrum").register
    people = Participant.objects.filter(register=here)
    assert set(people.values_list("tier", flat=True)) == {"alias"}
    card = Card.objects.first()
    assert card.participant.register == here
    assert with_card(here, "0000000000") is None
    people = known(here, list(people.values_list("id", flat=True)[:5]))
    assert all(one.alias and not one.name for one in people.values())


def nobody_is_called_like_another():
    digests = Counter(bytes(one) for one in BlindIndex.objects.values_list("digest", flat=True))
    assert max(digests.values()) == 1


def households_are_of_sion_and_have_children(world):
    sion = world.site("sion").register
    assert set(Household.objects.values_list("register", flat=True)) == {sion.id}
    assert Membership.objects.count() == Participant.objects.filter(register=sion).count()
    assert Household.objects.exclude(children={}).exists()
    bags = Provision.objects.filter(service__slug="matkasse")
    assert bags.exists()
    assert not bags.filter(household=None).exists()
