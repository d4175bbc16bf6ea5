"""The rooms in the lintel, assembled from each package's urls, and what every page knows."""

from datetime import date
from importlib import import_module
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from egenmakt.access.models import User
from egenmakt.access.rules import Right
from egenmakt.kit.calendar import service_day
from egenmakt.ui.pages import Room

LODGERS = {"provisions": "organisations"}  # pages that stand in another package's room


def rooms() -> list[Room]:
    """Every room that a package declares, in the order of the house."""
    declared: list[Room] = []
    for package in ("desk", "participants", "organisations", "exchange", "partnerships"):
        declared += getattr(import_module(f"egenmakt.{package}.urls"), "rooms", [])
    return declared


def open_to(user: User) -> list[Room]:
    """The rooms that this user's rights open, at some place at least."""
    reaches = [(room, user.reach(Right(room.right))) for room in rooms()]
    return [room for room, reach in reaches if reach.everywhere or reach.places]


def today() -> date:
    """The service day that it is now."""
    return service_day(timezone.now())


def every_page(request: HttpRequest) -> dict[str, Any]:
    """What every template knows: the demo banner, today, and the rooms of whoever is in."""
    known: dict[str, Any] = {"demo": settings.DEMO, "today": today()}
    user = getattr(request, "user", None)
    if isinstance(user, User):
        mine = open_to(user)
        here = standing_in(request, mine)
        known["rooms"] = [
            {"label": room.label, "href": reverse(room.url_name), "current": room is here}
            for room in mine
        ]
    return known


def standing_in(request: HttpRequest, mine: list[Room]) -> Room | None:
    """The room that the page belongs to: by its address, else by the package that shows it."""
    by_address = (room for room in mine if request.path.startswith(reverse(room.url_name)))
    package = request.resolver_match.app_name if request.resolver_match else ""
    package = LODGERS.get(package, package)
    by_package = (room for room in mine if room.url_name.split(":")[0] == package)
    return next(by_address, None) or next(by_package, None)
