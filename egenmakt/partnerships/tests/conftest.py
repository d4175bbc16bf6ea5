"""Figures at two parties of one agreement, in a month long past."""

import uuid
from datetime import datetime, time

import pytest

from egenmakt.kit.calendar import STOCKHOLM, Period
from egenmakt.visits.models import Visit

MARCH = Period.parse("2019-03")
AT_SION = 4321
AT_IOGT = 8765


def crowd(site, day, number):
    """A head count."""
    at = datetime.combine(day, time(12), STOCKHOLM)
    Visit.objects.create(id=uuid.uuid4(), site=site, at=at, service_day=day, number=number)


@pytest.fixture
def march(world):
    """Each weekday of March 2019 one visitor, and a crowd that is easy to look for."""
    for slug, number in (("sion", AT_SION), ("iogt-nto", AT_IOGT)):
        site = world.site(slug)
        for day in MARCH.days():
            crowd(site, day, 1)
        crowd(site, MARCH.starts_on, number - MARCH.length)
    return world
