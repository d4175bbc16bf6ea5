"""The guard: nobody gets past it without log-in, right and place; and how far grants reach."""

import uuid

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.test import Client, RequestFactory

from egenmakt.access import actions, guard
from egenmakt.access.guard import Command
from egenmakt.access.models import Device, Grant, User
from egenmakt.access.rules import Reach, Right, Role, Scope, reach_of

pytestmark = pytest.mark.django_db(databases="__all__")
HERE, THERE = uuid.uuid4(), uuid.uuid4()


class Thing:
    """Something that stands at a place, as a resolver would find it."""

    def __init__(self, *places):
        self.places = frozenset(places)


def find(actor, name):
    """A resolver: what reaches nobody is nothing."""
    things = {"here": Thing((Scope.SITE, HERE)), "there": Thing((Scope.SITE, THERE))}
    found = things.get(name)
    return found if found and actor.reach().covers(found.places) else None


@pytest.fixture
def guarded(monkeypatch):
    """A view behind the guard, and how it answers a user; what it guards is forgotten after."""
    monkeypatch.setattr(guard, "GUARDED", {})

    def ask(user, *, right=Right.KEEP_SITE, scope=find, **kwargs):
        @guard.page(right, scope=scope)
        def view(request, *thing, **rest):
            return HttpResponse(f"{len(thing)} {sorted(rest)}")

        request = RequestFactory().get("/sida/?q=1")
        request.user = user
        return view(request, **kwargs)

    return ask


@pytest.fixture
def manager(world):
    user = User.objects.create_user("m@example.se", name="M")
    user.undertaking_version = guard.VERSION
    user.save()
    grant = {"role": Role.MANAGER, "place": (Scope.SITE, HERE)}
    actions.grant(user, **grant, by=Command("test"), now=world.now)
    return User.objects.get(id=user.id)


def test_without_log_in_the_way_leads_there_and_back(guarded):
    answer = guarded(AnonymousUser(), name="here")
    assert answer.headers["Location"] == "/logga-in/?next=%2Fsida%2F%3Fq%3D1"


def test_the_view_gets_the_thing_and_what_the_resolver_left(guarded, manager):
    assert guarded(manager, name="here", day="idag").content == b"1 ['day']"


def test_what_cannot_be_seen_is_not_found_and_what_may_not_be_done_is_forbidden(guarded, manager):
    for name in ("there", "nowhere"):
        with pytest.raises(Http404):
            guarded(manager, name=name)
    with pytest.raises(PermissionDenied):
        guarded(manager, right=Right.READ_LOG, name="here")


def test_a_page_without_a_place_asks_for_the_right_anywhere(guarded, manager):
    assert guarded(manager, scope=None).content == b"0 []"
    assert guarded(manager, scope=None, right=None).content == b"0 []"
    with pytest.raises(PermissionDenied):
        guarded(manager, scope=None, right=Right.READ_LOG)


def test_giving_a_role_twice_gives_it_once(manager, world):
    before = Grant.objects.filter(user=manager).count()
    place = (Scope.SITE, HERE)
    actions.grant(manager, role=Role.MANAGER, place=place, by=Command("test"), now=world.now)
    assert Grant.objects.filter(user=manager).count() == before == 1


def test_a_right_at_one_place_says_nothing_of_another(manager):
    assert manager.may(Right.KEEP_SITE, frozenset({(Scope.SITE, HERE)}))
    assert not manager.may(Right.KEEP_SITE, frozenset({(Scope.SITE, THERE)}))
    assert not manager.may(Right.KEEP_SITE, frozenset({(Scope.REGISTER, HERE)}))
    assert manager.reach(Right.READ_LOG) == Reach(everywhere=False, places=frozenset())


def test_a_grant_on_the_installation_reaches_everything():
    held = Grant(role=Role.DPO, kind=Scope.INSTALLATION, place=HERE)
    assert reach_of([held], Right.READ_LOG).covers({(Scope.SITE, THERE)})
    assert not reach_of([held], Right.OPEN_PERSON).everywhere


def test_a_device_deposits_at_its_own_site_and_can_do_nothing_else():
    device = Device(site=HERE)
    here = frozenset({(Scope.SITE, HERE)})
    assert {right for right in Right if device.may(right, here)} == {Right.DEPOSIT}
    assert not device.may(Right.DEPOSIT, frozenset({(Scope.SITE, THERE)}))


def test_the_user_of_a_session_comes_with_grants_in_one_look_up(world, django_assert_num_queries):
    client = world.client("vard", "sion")
    with django_assert_num_queries(2, info="the session, the user with what they hold"):
        client.get("/tystnadslofte/")


def test_every_role_of_the_table_has_rights():
    assert all(reach_of([Grant(role=role, kind=Scope.SITE, place=HERE)]).places for role in Role)
    assert Client().get("/").headers["Location"].startswith("/logga-in/")
