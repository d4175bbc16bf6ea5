"""Enrolling, listing and revoking devices from the shell."""

from argparse import Namespace
from typing import Any
from uuid import UUID

from django.utils import timezone

from egenmakt.access import actions
from egenmakt.access import queries as access
from egenmakt.access.guard import Command
from egenmakt.config.commands.refusals import BadUsage, Refused
from egenmakt.kit.calendar import service_day
from egenmakt.organisations import queries
from egenmakt.organisations.models import Site

LONGEST = 60
SHELL = Command("device")


def site_named(slug: str) -> Site:
    """The site with this slug. Raises BadUsage when there is none."""
    site = queries.site(SHELL, slug)
    if site is None:
        raise BadUsage(f"There is no site called {slug}.")
    return site


def enrol(args: Namespace) -> dict[str, Any]:
    """Enrol a device and print its token, this once."""
    site, name, now = site_named(args.site), args.name.strip(), timezone.now()
    if not 1 <= len(name) <= LONGEST:
        raise BadUsage(f"A device is called something, in at most {LONGEST} characters.")
    if site.gone_by(service_day(now)):
        raise Refused(f"{site.name} has closed for good.")
    device, token = actions.enrol(site.id, name=name, by=SHELL, now=now)
    if not args.json:
        print(token)
    return {"device": str(device.id), "site": site.slug, "name": device.name, "token": token}


def show(args: Namespace) -> dict[str, Any]:
    """List the devices, of one site or all, oldest first."""
    devices = access.devices(site=site_named(args.site).id if args.site else None)
    rows = [
        {
            "device": str(one.id),
            "name": one.name,
            "enrolled": one.enrolled_at.isoformat(),
            "revoked": one.revoked_at and one.revoked_at.isoformat(),
        }
        for one in devices
    ]
    if not args.json:
        for row in rows:
            print(row["device"], row["name"], "revoked" if row["revoked"] else "")
    return {"devices": rows}


def revoke(args: Namespace) -> dict[str, Any]:
    """Make a device's token stop working. Unknown devices are bad usage."""
    try:
        device = access.devices().filter(id=UUID(args.device)).first()
    except ValueError as wrong:
        raise BadUsage("A device is named by its id: egenmakt device list") from wrong
    if device is None:
        raise BadUsage("There is no such device: egenmakt device list")
    actions.revoke(device, by=SHELL, now=timezone.now())
    return {"device": str(device.id), "revoked": True}
