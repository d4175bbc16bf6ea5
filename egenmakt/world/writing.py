"""Writing the drawn years down: people with their keys, homes, visits, what they got."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import numpy as np

from egenmakt.access.guard import Command
from egenmakt.kit.calendar import service_day
from egenmakt.organisations.models import Register
from egenmakt.participants.actions import Newcomer, issue_card, welcome
from egenmakt.participants.models import Household, Membership, Participant
from egenmakt.provisions.models import Provision, TurnedAway
from egenmakt.visits.models import Visit
from egenmakt.world.actions import date_back, pour, put
from egenmakt.world.atlas import PLACES
from egenmakt.world.cast import Aliases, newcomer
from egenmakt.world.coming import NOBODY, Came, Numbers
from egenmakt.world.crowds import CROWDS
from egenmakt.world.giving import Given
from egenmakt.world.log_ins import SITES
from egenmakt.world.made import made_id
from egenmakt.world.texts import ids, instants, iso_days
from egenmakt.world.years import Chapter

BUILDER = Command("demo")
TOGETHER = 100  # people welcomed in one transaction
CARDS = {"kontaktcentrum": 60}
PAYS = ("swish", "kontant", "bjuds")
PLACE = {place.slug: place for place in PLACES}


class Scribe:
    """Writes one register's years down."""

    def __init__(self, chapter: Chapter, *, register: Register, now: datetime) -> None:
        """`now` is when the writing is done; people are dated back to when they first came."""
        self.chapter = chapter
        self.register = register
        self.now = now
        self.first_came = chapter.first_came
        self.household = chapter.household
        self.ids = {one: made_id("person", chapter.register, one) for one in self.first_came}
        self.hex = {one: made.hex for one, made in self.ids.items()} | {NOBODY: None}

    def people(self) -> int:
        """Everybody who came at all, with their keys; some of them get a card."""
        rng, aliases = self.chapter.rng, Aliases(self.chapter.rng)
        whole = [
            newcomer(rng, key=self.ids[person], crowd=CROWDS[site], aliases=aliases)
            for person, (_, site) in self.first_came.items()
        ]
        came_at = {self.ids[person]: at for person, (at, _) in self.first_came.items()}
        cards = CARDS.get(self.chapter.register, 0)
        for start in range(0, len(whole), TOGETHER):
            made = self.welcomed(whole[start : start + TOGETHER], came_at)
            for participant in made[: max(0, cards - start)]:
                issue_card(participant, by=BUILDER, now=self.now)
        return len(whole)

    def welcomed(self, some: list[Newcomer], came_at: dict[UUID, int]) -> list[Participant]:
        """These people as participants, registered when they first came."""
        made = welcome(self.register, some, by=BUILDER, now=self.now, run="world.welcome")
        for one in made:
            one.registered_at = datetime.fromtimestamp(came_at[one.id], UTC)
        date_back(made)
        return made

    def homes(self) -> int:
        """The homes, and who has belonged to them since they first came."""
        where = self.chapter.register
        put(
            [
                Household(
                    id=made_id("household", where, number),
                    register=self.register,
                    children=home.children,
                )
                for number, home in enumerate(self.chapter.homes)
            ]
        )
        put(
            [
                Membership(
                    id=made_id("membership", where, person),
                    household_id=made_id("household", where, number),
                    participant_id=self.ids[person],
                    valid_from=service_day(datetime.fromtimestamp(self.first_came[person][0], UTC)),
                )
                for person, number in self.household.items()
            ]
        )
        return len(self.chapter.homes)

    def visits(self, came: Came) -> int:
        """The visits of one stint."""
        columns = self.happening(came.site, came.day, came.at) | {
            "participant_id": [self.hex[person] for person in came.person.tolist()],
            "number": came.number.tolist(),
        }
        if PLACE[came.site].split_counts:
            columns |= self.split(came)
        return pour(Visit, columns, number=len(came.day))

    def split(self, came: Came) -> dict[str, list[int | None]]:
        """Head counts as women, men and children; on Saturdays, which are for families, half of
        them are children."""
        rng = self.chapter.rng
        saturday = (came.day - 1) % 7 == 5
        children = rng.binomial(came.number, np.where(saturday, 0.5, 0.1))
        women = rng.binomial(came.number - children, CROWDS[came.site].women)
        counts = {"women": women, "men": came.number - children - women, "children": children}
        counted = (came.person == NOBODY).tolist()
        return {
            name: [n if c else None for n, c in zip(numbers.tolist(), counted, strict=True)]
            for name, numbers in counts.items()
        }

    def provisions(self, site: str, given: Given) -> int:
        """One service given at one site."""
        number = len(given.day)
        if not number:
            return 0
        homes = (self.household.get(person) for person in given.person.tolist())
        columns = self.happening(site, given.day, given.at) | {
            "service_id": self.service(site, given),
            "participant_id": [self.hex[person] for person in given.person.tolist()],
            "household_id": [self.home_id(home) for home in homes],
            "people": given.number.tolist(),
            "quantity": given.number.tolist(),
            "minutes": given.minutes.tolist() if given.minutes.any() else None,
        }
        return pour(Provision, columns | self.paid(given), number=number)

    def paid(self, given: Given) -> dict[str, list[Any]]:
        """How it was paid where it costs something; some are treated."""
        if not given.offer.price:
            return {}
        how = self.chapter.rng.choice(PAYS, len(given.day), p=[0.5, 0.3, 0.2]).tolist()
        price = given.offer.price
        return {
            "paid_how": how,
            "paid_kronor": [None if pay == "bjuds" else price for pay in how],
        }

    def turned_away(self, site: str, given: Given) -> int:
        """Those who asked for a service too early."""
        day, at, person = given.refused
        if not len(day):
            return 0
        columns = self.happening(site, day, at) | {
            "service_id": self.service(site, given),
            "participant_id": [self.hex[one] for one in person.tolist()],
            "reason": "limit",
        }
        return pour(TurnedAway, columns, number=len(day))

    def happening(self, site: str, day: Numbers, at: Numbers) -> dict[str, Any]:
        """What every registration has: an id, where, when, and who wrote it."""
        return {
            "id": ids(self.chapter.rng, at),
            "site_id": made_id("site", site).hex,
            "at": instants(at),
            "service_day": iso_days(day),
            "by": made_id("user", "vard", site).hex if site in SITES else None,
        }

    def service(self, site: str, given: Given) -> str:
        """The id of the service."""
        return made_id("service", PLACE[site].organisation, given.offer.service).hex

    def home_id(self, number: int | None) -> str | None:
        """The id of a home."""
        return None if number is None else made_id("household", self.chapter.register, number).hex
