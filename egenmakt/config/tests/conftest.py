"""Every address there is, with one of everything at Sion to open."""

import pytest
from django.urls import reverse

from egenmakt.access.guard import Command
from egenmakt.config.tests.house import addresses
from egenmakt.figures.models import ImportRun
from egenmakt.organisations.models import Offering, Succession
from egenmakt.participants.actions import issue_card
from egenmakt.provisions.models import Limit

OF_THE_ORGANISATION = {"organisations:organisation", "organisations:add_site"}


@pytest.fixture
def paths(world):
    """The path of every address, for one of everything at Sion."""
    site, by, now = world.site("sion"), Command("test"), world.now
    person = world.person("sion", alias="Selam")
    run = ImportRun.objects.create(
        site=site, measure="visits", known="counted", source="x", at=now, rows=1, stored=True
    )
    before = world.site("kontaktcentrum")
    things = {
        "uuid": person.id,
        "card": issue_card(person, by=by, now=now)[0].id,
        "number": run.id,
        "period": "2019",
        "sort": "utbud",
        "row_id": Offering.objects.filter(site=site)[0].id,
        "link_id": Succession.objects.create(predecessor=before, successor=site, on=world.today).id,
        "limit_id": Limit.objects.filter(register=site.register)[0].id,
        "uidb36": "1",
        "key": "x",
    }

    def slug(name):
        if name in OF_THE_ORGANISATION:
            return site.organisation.slug
        return "linkoping-iop" if name.startswith("partnerships:") else "sion"

    return {
        name: reverse(name, kwargs={part: {**things, "slug": slug(name)}[part] for part in parts})
        for name, _view, parts in addresses()
    }
