"""The page where a site manager keeps the limits."""

import pytest
from django.urls import reverse

from egenmakt.provisions.models import Limit


def limits_page(name="limits", **rest):
    return reverse(f"provisions:{name}", kwargs={"slug": "sion", **rest})


def wish(world, **other):
    return {
        "service": world.service("sion", "kaffe").id,
        "count": "2",
        "every": "30",
        "unit": "days",
        "per": "person",
        "valid_from": world.today.isoformat(),
    } | other


def test_a_manager_sets_a_limit_ends_it_and_lets_it_hold_again(world):
    chef = world.client("chef", "sion")
    answer = chef.post(limits_page("add"), wish(world), follow=True)
    assert "högst 2 på 30 dagar för varje person" in answer.content.decode()
    made = Limit.objects.get(unit="days", service__slug="kaffe")
    ended = chef.post(limits_page("end", limit_id=made.id), follow=True)
    made.refresh_from_db()
    assert made.valid_to == world.today
    assert ended.context["undo"] == made
    assert f"Gränsen för {made.service.name} gäller inte längre." in ended.content.decode()
    chef.post(limits_page("end", limit_id=made.id), {"again": "1"})
    made.refresh_from_db()
    assert made.valid_to is None


def test_a_second_limit_of_the_same_kind_is_refused_and_the_form_kept(world):
    chef = world.client("chef", "sion")
    chef.post(limits_page("add"), wish(world))
    answer = chef.post(limits_page("add"), wish(world, count="3"))
    assert "Avsluta den först" in answer.content.decode()
    assert 'value="3"' in answer.content.decode()
    assert Limit.objects.filter(service__slug="kaffe").count() == 1


@pytest.mark.parametrize(
    "bad", [{"count": "0"}, {"every": "0"}, {"every": "9999"}, {"unit": "moons"}, {"count": "<b>"}]
)
def test_a_limit_that_cannot_be_kept_is_refused_with_the_form_kept(world, bad):
    answer = world.client("chef", "sion").post(limits_page("add"), wish(world, **bad))
    assert answer.status_code == 200
    assert "behöver rättas" in answer.content.decode()
    assert not Limit.objects.filter(service__slug="kaffe").exists()


def test_anothers_service_and_anothers_limit_are_not_to_be_had(world):
    theirs = world.service("kontaktcentrum", "skor")
    chef = world.client("chef", "sion")
    assert chef.post(limits_page("add"), wish(world, service=theirs.id)).status_code == 200
    limit = Limit.objects.get(service=theirs)
    assert chef.post(limits_page("end", limit_id=limit.id)).status_code == 404
    assert Limit.objects.filter(service=theirs).count() == 1


def test_a_host_may_read_the_limits_and_not_set_them(world):
    vard = world.client("vard", "sion")
    assert "var femte vecka" in vard.get(limits_page()).content.decode()
    assert vard.get(limits_page("add")).status_code == 403
    assert world.client("vard", "city").get(limits_page()).status_code == 404
