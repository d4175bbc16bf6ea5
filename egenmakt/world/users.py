"""The demo's users and what each of them holds."""

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password

from egenmakt.access.models import Grant, User
from egenmakt.access.rules import Scope
from egenmakt.access.undertaking import VERSION
from egenmakt.world import atlas, names, offers
from egenmakt.world.actions import put
from egenmakt.world.log_ins import ROLES, SAME_FOR_ALL, email, log_ins
from egenmakt.world.made import made_id


def build_users(*, now: datetime) -> None:
    """A user with a grant for every log-in; the password is hashed once for them all."""
    shared = make_password(SAME_FOR_ALL)
    staff = names.staff()
    put(
        [
            User(
                id=made_id("user", role, site),
                email=email(role, site),
                name=next(staff),
                password=shared,
                undertaking_version=VERSION,
                undertaking_at=now,
            )
            for role, site in log_ins()
        ]
    )
    put([granted(role, site) for role, site in log_ins()])


def granted(role: str, site: str) -> Grant:
    """What one of them holds; a manager's people are those of the register of the site."""
    held, scope = ROLES[role]
    return Grant(
        id=made_id("grant", role, site),
        user_id=made_id("user", role, site),
        role=held,
        kind=scope,
        place=place_of(scope, site),
    )


def place_of(scope: Scope, site: str) -> UUID:
    """The id of what a grant of this scope stands on, for somebody at the site."""
    place = next(place for place in atlas.PLACES if place.slug == site)
    agreement = next(deal.slug for deal in offers.DEALS if site in deal.sites)
    slug = {
        Scope.SITE: site,
        Scope.REGISTER: place.register,
        Scope.ORGANISATION: place.organisation,
        Scope.AGREEMENT: agreement,
    }[scope]
    return made_id(scope.value, slug)
