"""A place of the tests' own, whose hours they know, and registrations made by hand."""

import uuid
from datetime import date, datetime, time

import pytest

from egenmakt.figures.models import DayValue, ImportRun
from egenmakt.figures.queries import tables
from egenmakt.kit.calendar import STOCKHOLM, service_day
from egenmakt.organisations.models import OpeningHours, Site
from egenmakt.provisions.models import Provision, TurnedAway
from egenmakt.visits.models import Visit


class Place:
    """A site open Monday to Friday 9–12 since 2018, in Sion's register."""

    def __init__(self, world):
        self.world = world
        self.site = self.neighbour("provplats")

    def neighbour(self, slug):
        """Another site in the same register, with the same hours."""
        sion = self.world.site("sion")
        site = Site.objects.create(
            slug=slug,
            name=slug,
            organisation=sion.organisation,
            register=sion.register,
            opened_on=date(2018, 1, 1),
        )
        for weekday in range(5):
            OpeningHours.objects.create(
                site=site,
                weekday=weekday,
                opens=time(9),
                closes=time(12),
                valid_from=date(2018, 1, 1),
            )
        return site

    def visit(self, when, person=None, *, site=None, **known):
        """A visit of somebody, or a head count; `when` is a day or a moment."""
        return Visit.objects.create(participant=person, **self.happening(when, site), **known)

    def give(self, when, service, **known):
        """Something given."""
        return Provision.objects.create(service=service, **self.happening(when), **known)

    def turn_away(self, when, **known):
        """Somebody who did not get what they came for."""
        return TurnedAway.objects.create(**self.happening(when), **known)

    def happening(self, when, site=None):
        """What every registration has."""
        at = when if isinstance(when, datetime) else datetime.combine(when, time(10), STOCKHOLM)
        own = site or self.site
        return {"id": uuid.uuid4(), "site": own, "at": at, "service_day": service_day(at)}

    def take_in(self, values, *, measure="visits", known="counted", source="listan"):
        """A series that somebody else counted."""
        run = ImportRun.objects.create(
            site=self.site,
            measure=measure,
            known=known,
            source=source,
            at=self.world.now,
            rows=len(values),
            stored=True,
        )
        for day, value in values.items():
            DayValue.objects.create(run=run, site=self.site, measure=measure, day=day, value=value)
        return run

    def figures(self, period, *more):
        """The tables of a period by id, of the place and more sites."""
        return {table.id: table for table in tables([self.site, *more], period)}


@pytest.fixture
def place(world):
    """The place of the tests."""
    return Place(world)
