"""Sites as an actor may fetch them, and their opening hours day by day."""

from collections.abc import Iterable
from uuid import UUID

from egenmakt.access.guard import Actor
from egenmakt.kit.calendar import Period
from egenmakt.organisations import models, rules
from egenmakt.organisations.models import Offering, OpeningHours, Site


def site(actor: Actor, slug: str) -> Site | None:
    """The site with this slug, when the actor's grants reach it."""
    found = Site.objects.visible_to(actor).filter(slug=slug)
    return found.select_related("register", "organisation").first()


def open_days(sites: Iterable[Site], period: Period) -> dict[UUID, list[rules.OpenDay]]:
    """For each site every day of the period with its hours; closed days have none."""
    here = list(sites)
    spans: dict[UUID, list[rules.Span]] = {one.id: [] for one in here}
    for row in OpeningHours.objects.filter(site__in=here):
        spans[row.site_id].append(
            rules.Span(
                row.weekday, row.opens, row.closes, row.audience, row.valid_from, row.valid_to
            )
        )
    special: dict[UUID, list[rules.SpecialDays]] = {one.id: [] for one in here}
    for other in models.SpecialDays.objects.filter(site__in=here):
        special[other.site_id].append(
            rules.SpecialDays(
                other.starts_on, other.ends_before, other.opens, other.closes, other.reason
            )
        )
    return {
        one.id: [
            rules.hours_on(
                day,
                spans=spans[one.id],
                special=special[one.id],
                life=(one.opened_on, one.closed_on),
            )
            for day in period.days()
        ]
        for one in here
    }


def offerings(here: Site, period: Period) -> list[Offering]:
    """What is offered at the site on any day of the period, in the site's own order."""
    rows = Offering.objects.filter(site=here, valid_from__lt=period.ends_before)
    rows = rows.exclude(valid_to__lte=period.starts_on)
    return list(rows.select_related("service"))
