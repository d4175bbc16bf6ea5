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
        known["rooms"] = [
            {
                "label": room.label,
                "href": reverse(room.url_name),
                "current": request.path.startswith(reverse(room.url_name)),
            }
            for room in open_to(user)
        ]
    return known
