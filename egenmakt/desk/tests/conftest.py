"""A desk to register at in tests."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from egenmakt.desk.models import Registration
from egenmakt.desk.tests.door import Door
from egenmakt.kit.calendar import service_day
from egenmakt.visits.actions import Mark, arrive


class Desk:
    """Sends items as one logged-in client at one site, with the clock of the world."""

    def __init__(self, client, site, now):
        self.client, self.site, self.now = client, site, now

    def item(self, kind, who=None, **rest):
        """An item as the contract writes it; a person may be given as such."""
        if hasattr(who, "id"):
            who = {"participant": str(who.id)}
        made = {
            "id": str(uuid.uuid4()),
            "kind": kind,
            "mode": "ask",
            "at": self.now.isoformat(),
            "site": self.site,
        }
        return made | ({"who": who} if who else {}) | rest

    def post(self, items, **envelope):
        """The whole answer."""
        body = {"sent_at": self.now.isoformat(), "items": items} | envelope
        return self.client.post(
            "/api/v1/registrations", body, content_type="application/json", **self.headers
        )

    headers: dict = {}

    def send(self, *items, **envelope):
        """The answers, in order."""
        answer = self.post(list(items), **envelope)
        assert answer.status_code == 200, answer.content
        return answer.json()["items"]

    def one(self, kind, who=None, **rest):
        """The one answer to one new item."""
        return self.send(self.item(kind, who, **rest))[0]

    def undo(self, of):
        """The answer to taking one item back."""
        return self.one("undo", of=of["id"])

    def earlier(self, days):
        """The same desk some days ago: what is sent there happened then."""
        return EarlierDesk(self, days)


class EarlierDesk:
    """Adds items that happened some days ago."""

    def __init__(self, desk, days):
        self.desk, self.at = desk, desk.now - timedelta(days=days)

    def one(self, kind, who=None, **rest):
        """The one answer to one item that happened then."""
        said = {"mode": "happened", "at": self.at.isoformat()} | rest
        return self.desk.one(kind, who, **said)


@pytest.fixture
def desk_at(world):
    """Make a desk for a role at a site."""

    def made(site="kontaktcentrum", role="vard"):
        return Desk(world.client(role, site), site, timezone.now())

    return made


@pytest.fixture
def desk(desk_at):
    """The host's desk at Kontaktcentrum."""
    return desk_at()


@pytest.fixture
def kept():
    """The registration kept for an answer."""
    return lambda answer: Registration.objects.get(id=answer["id"])


@pytest.fixture
def door(served):
    """Make a door; what happened on it is clean when the test is over."""
    made = []

    def at(site="varberg", role="vard", **look):
        made.append(Door(served, served.page(role, site, **look), site))
        return made[-1]

    yield at
    for one in made:
        served.clean(one.page)
        one.page.context.close()


@pytest.fixture
def came(world):
    """Somebody was at a site some days ago."""

    def made(person, site="sion", days_ago=1):
        at = world.now - timedelta(days=days_ago)
        here = world.site(site)
        mark = Mark(
            id=uuid.uuid4(), site=here, at=at, service_day=service_day(at), late=False, by=None
        )
        arrive(mark, participant=person.id)

    return made


@pytest.fixture
def find(world):
    """What a search at a desk answers."""

    def answer(q, role="vard", site="sion"):
        return world.client(role, site).post(f"/idag/{site}/hitta/", {"q": q}).content.decode()

    return answer
