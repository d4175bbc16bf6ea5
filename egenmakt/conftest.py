"""What every test may lean on: the made-up world, and the same world served to a real browser."""

import inspect
import os
import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.core.cache import cache
from django.db import connections
from django.db.models.expressions import OrderBy
from django.db.models.functions import Random
from django.db.models.sql.compiler import SQLCompiler
from django.forms.renderers import get_default_renderer
from django.template import engines
from django.template.base import Node
from django.test import Client
from django.utils import timezone

from egenmakt.access.actions import enrol
from egenmakt.access.guard import Command
from egenmakt.access.models import Device, User
from egenmakt.desk.batch import terms
from egenmakt.kit.calendar import STOCKHOLM, service_day
from egenmakt.organisations.models import Service, Site
from egenmakt.participants.models import Household, Membership, Participant
from egenmakt.participants.rules import Tier, Unsaid
from egenmakt.partnerships.models import Agreement
from egenmakt.vault import masterkey
from egenmakt.world import queries
from egenmakt.world.places import build_places
from egenmakt.world.tests.served import Served, served_at
from egenmakt.world.users import build_users

TESTER = Command("test")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests the databases or the browser that their fixtures need, unasked."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "world" in fixtures and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.django_db(databases="__all__"))
        if "served" in fixtures:
            item.add_marker(pytest.mark.browser)
            if item.config.pluginmanager.hasplugin("xdist"):
                item.add_marker(pytest.mark.xdist_group(item.path.name))


pytest_collection_modifyitems = pytest.hookimpl(tryfirst=True)(pytest_collection_modifyitems)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home and a master key of this run's own, so that runs beside each other never meet."""
    path = tmp_path_factory.mktemp("home")
    live.HOME = path
    live.MASTER_KEY_FILE = path / "master.key"
    live.STATIC_ROOT = path / "static"
    live.STATIC_ROOT.mkdir()
    masterkey.create(live.MASTER_KEY_FILE)
    return path


@pytest.fixture(scope="session")
def django_db_modify_db_settings(home: Path, django_db_modify_db_settings: None) -> None:
    """Embedded databases of the tests lie in the run's own home."""
    for alias in connections:
        if connections[alias].vendor == "sqlite":
            connections[alias].settings_dict["TEST"]["NAME"] = str(home / f"{alias}.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The empty databases, and in them the places and log-ins of the world, once."""
    with django_db_blocker.unblock():
        build()


def build() -> None:
    """The places and log-ins, unless they stand: a transactional test sweeps them away."""
    if not queries.stands():
        now = timezone.now()
        build_places(today=service_day(now))
        build_users(now=now)


class Undefined:
    """Stands for a variable that a template names and nobody gave: in our own it fails the test,
    in those of others it is nothing, as always."""

    def __contains__(self, text: str) -> bool:
        """Django asks whether it may put the variable's name in."""
        return text == "%s"

    def __mod__(self, variable: object) -> str:
        """What is shown instead of the variable."""
        frame = inspect.currentframe()
        while frame is not None:
            node = frame.f_locals.get("self")
            if isinstance(node, Node) and getattr(node, "origin", None):
                if str(node.origin).startswith(str(Path(__file__).parent)):
                    pytest.fail(f"{node.origin}: «{variable}» is not defined")
                return ""
            frame = frame.f_back
        return ""


@pytest.fixture(scope="session", autouse=True)
def strict_templates() -> None:
    """A variable that a template of ours names is there: pages and forms alike."""
    forms: Any = get_default_renderer()
    pages: Any = engines["django"]
    forms.engine.engine.string_if_invalid = pages.engine.string_if_invalid = Undefined()


@pytest.fixture(scope="session", autouse=True)
def no_lucky_order() -> Iterator[None]:
    """Rows that nobody asked to be in order come in any order."""
    ordered = SQLCompiler.get_order_by

    def any_order(self: Any) -> Any:
        query = self.query
        whole = query.combinator or query.distinct or query.subquery or query.group_by is not None
        if (order := ordered(self)) or whole:
            return order
        luck = OrderBy(Random())
        return [(luck, (*self.compile(luck), False))]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SQLCompiler, "get_order_by", any_order)
        yield


@pytest.fixture(autouse=True)
def demo(settings: Any) -> None:
    """No second factor; tests of the second factor set it to False themselves. And nobody has
    tried to log in yet, and nothing is known of any place: what earlier tests did is forgotten."""
    settings.DEMO = True
    cache.clear()
    terms.cache_clear()


class World:
    """Places and log-ins as they stand, and people made when a test asks for them."""

    def __init__(self) -> None:
        """Today is the real one, for views read the real clock; it is 10.42 in the morning."""
        self.today: date = service_day(timezone.now())
        self.now = datetime.combine(self.today, time(10, 42), STOCKHOLM)

    def site(self, slug: str) -> Site:
        """A site with its register and organisation."""
        return queries.site(slug)

    def service(self, site: str, slug: str) -> Service:
        """A service of the organisation that runs the site."""
        return queries.service(self.site(site), slug)

    def agreement(self, slug: str) -> Agreement:
        """An agreement."""
        return queries.agreement(slug)

    def user(self, role: str, site: str) -> User:
        """Somebody of the demo's log-ins."""
        return queries.user(role, site)

    def client(self, role: str, site: str) -> Client:
        """A browser of sorts in which they are logged in."""
        client = Client()
        client.force_login(self.user(role, site))
        return client

    def device(self, site: str, name: str = "Plattan i dörren") -> tuple[Device, str]:
        """A device enrolled at the site, and its token."""
        return enrol(self.site(site).id, name=name, by=TESTER, now=self.now)

    def person(
        self, site: str, *, alias: str, tier: Tier = Tier.ALIAS, **known: Any
    ) -> Participant:
        """A participant in the register of the site; `known` is band, gender, name, facts."""
        people = import_module("egenmakt.participants.actions")
        known = {"band": Unsaid.NOT_ASKED, "gender": Unsaid.NOT_ASKED, **known}
        newcomer = people.Newcomer(id=uuid.uuid4(), alias=alias, tier=tier, **known)
        register = self.site(site).register
        made: list[Participant] = people.welcome(register, [newcomer], by=TESTER, now=self.now)
        return made[0]

    def household(
        self, site: str, members: Sequence[Participant], *, children: dict[str, int] | None = None
    ) -> Household:
        """A household of these people and counted children, since a while ago."""
        register = self.site(site).register
        household = Household.objects.create(register=register, children=children or {})
        for person in members:
            Membership.objects.create(
                household=household, participant=person, valid_from=date(2018, 1, 1)
            )
        return household


@pytest.fixture
def world(db: None) -> World:
    """The one builder of people and places."""
    build()
    return World()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A small demo world served by the real command, and a browser. What a test changes stays.

    Playwright's loop runs in the tests' own thread, so Django's guard against that is lifted.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with served_at(tmp_path_factory.mktemp("served")) as world:
        yield world
