"""The places of the made-up world as rows: what is on the table in `atlas` and `offers`."""

from collections.abc import Iterator
from datetime import date

from holidays.countries.sweden import Sweden

from egenmakt.kit.calendar import DAY
from egenmakt.organisations.models import (
    Address,
    Annotation,
    Offering,
    OpeningHours,
    Organisation,
    Register,
    Service,
    Site,
    SpecialDays,
    Succession,
)
from egenmakt.partnerships.models import Agreement, Coverage, Party
from egenmakt.provisions.models import Limit
from egenmakt.vault.actions import make_register_key
from egenmakt.world import atlas, offers
from egenmakt.world.actions import put
from egenmakt.world.made import made_id

FIRST_DAY = date(2018, 1, 1)
CHRISTMAS_WEEK = ((12, 17), (12, 25))


def build_places(*, today: date) -> None:
    """Every organisation, register with its key, site, service, limit and agreement."""
    organisations()
    sites()
    for place in atlas.PLACES:
        put_dated(place)
    put([row for place in atlas.PLACES for row in special_days(place, until=today.year + 1)])
    services()
    put([row for slug in offers.OFFERS for row in offerings(slug, until=today.year + 1)])
    limits()
    agreements()


def organisations() -> None:
    """The legal entities, and the registers that they are controllers of, with their keys."""
    put(
        [
            Organisation(id=made_id("organisation", slug), slug=slug, name=name, kind=kind)
            for slug, (name, kind) in atlas.ORGANISATIONS.items()
        ]
    )
    rows = [
        Register(
            id=made_id("register", slug),
            name=name,
            controller_id=made_id("organisation", controller),
        )
        for slug, (name, controller) in atlas.REGISTERS.items()
    ]
    for register in put(rows):
        make_register_key(register.id)


def sites() -> None:
    """The sites, which of them took over after which, and what happened there."""
    put(
        [
            Site(
                id=made_id("site", place.slug),
                slug=place.slug,
                name=place.name,
                organisation_id=made_id("organisation", place.organisation),
                register_id=made_id("register", place.register),
                opened_on=place.opened_on,
                closed_on=place.closed_on,
                about=place.about,
                person_word=place.person_word,
                split_counts=place.split_counts,
            )
            for place in atlas.PLACES
        ]
    )
    put(
        [
            Succession(
                id=made_id("succession", before, after),
                predecessor_id=made_id("site", before),
                successor_id=made_id("site", after),
                on=atlas.SUCCEEDED_ON,
            )
            for before, successors in atlas.SUCCESSIONS.items()
            for after in successors
        ]
    )
    put(
        [
            Annotation(
                id=made_id("annotation", slug, on), site_id=made_id("site", slug), on=on, text=text
            )
            for slug, on, text in atlas.ANNOTATIONS
        ]
    )


def put_dated(place: atlas.Place) -> None:
    """The addresses and opening hours of one site."""
    site = made_id("site", place.slug)
    put(
        [
            Address(
                id=made_id("address", place.slug, home.valid_from),
                site_id=site,
                street=home.street,
                postcode=home.postcode,
                town=home.town,
                directions=home.directions,
                valid_from=home.valid_from,
            )
            for home in place.homes
        ]
    )
    put(
        [
            OpeningHours(
                id=made_id("hours", place.slug, weekday, span.opens, span.valid_from),
                site_id=site,
                weekday=int(weekday),
                opens=span.opens,
                closes=span.closes,
                audience=span.audience,
                valid_from=span.valid_from or place.opened_on,
                valid_to=span.valid_to,
            )
            for span in place.hours
            for weekday in span.weekdays
        ]
    )


def special_days(place: atlas.Place, *, until: int) -> Iterator[SpecialDays]:
    """Holidays, feasts and the closed week of each year, as far as they change the week.

    `until` is the last year. A holiday on a day that is closed anyway is not said.
    """
    first = max(place.opened_on, FIRST_DAY)
    last = place.closed_on or date(until, 12, 31)
    usual = {int(weekday) for span in place.hours for weekday in span.weekdays}
    site = made_id("site", place.slug)
    closed = set()
    for start, end in closed_weeks(place, until=until):
        if first <= start < last:
            closed |= {start + DAY * number for number in range((end - start).days)}
            yield SpecialDays(
                id=made_id("closed", place.slug, start),
                site_id=site,
                starts_on=start,
                ends_before=end,
                reason=atlas.CLOSED_WEEKS[place.slug][3],
            )
    if not place.keeps_holidays:
        return
    for day, name in red_days(first.year, until):
        feast = place.feasts.get(name)
        if first <= day < last and day not in closed and (feast or day.weekday() in usual):
            yield SpecialDays(
                id=made_id("holiday", place.slug, day),
                site_id=site,
                starts_on=day,
                ends_before=day + DAY,
                opens=feast[0] if feast else None,
                closes=feast[1] if feast else None,
                reason=name,
            )


def closed_weeks(place: atlas.Place, *, until: int) -> Iterator[tuple[date, date]]:
    """The days that the place is closed for cleaning or rest, once a year, half open."""
    if place.slug in atlas.CLOSED_WEEKS:
        month, day, length, _ = atlas.CLOSED_WEEKS[place.slug]
        for year in range(FIRST_DAY.year, until + 1):
            start = date(year, month, day)
            yield start, start + DAY * length


def red_days(first: int, last: int) -> list[tuple[date, str]]:
    """Swedish holidays and the eves that are kept as such, of these years, with their names."""
    known = Sweden(
        years=range(first, last + 1),
        language="sv",
        include_sundays=False,
        categories=("public", "de_facto"),
    )
    return sorted(known.items())


def services() -> None:
    """What each organisation can give."""
    put(
        [
            Service(
                id=made_id("service", organisation, slug),
                organisation_id=made_id("organisation", organisation),
                slug=slug,
                name=name,
                kind=kind,
                icon=icon,
            )
            for organisation, known in offers.SERVICES.items()
            for slug, name, kind, icon in known
        ]
    )


def offerings(slug: str, *, until: int) -> Iterator[Offering]:
    """What is given at one site from the day it opened; Christmas presents each December."""
    place = next(place for place in atlas.PLACES if place.slug == slug)
    usual, here = offers.OFFERS[slug]
    for position, offer in enumerate(here):
        ground = offer.ground or usual
        for start, end in spans(offer, place, until=until):
            yield Offering(
                id=made_id("offering", slug, offer.service, start),
                site_id=made_id("site", slug),
                service_id=made_id("service", place.organisation, offer.service),
                valid_from=start,
                valid_to=end,
                price=offer.price,
                weekdays=offer.weekdays,
                starts=atlas.clock(offer.starts) if offer.starts else None,
                ends=atlas.clock(offer.ends) if offer.ends else None,
                regime=ground.regime,
                decision=ground.decision,
                position=position,
            )


def spans(
    offer: offers.Offer, place: atlas.Place, *, until: int
) -> Iterator[tuple[date, date | None]]:
    """When the offer holds: as long as the place, or one week each December."""
    if not offer.december:
        yield place.opened_on, place.closed_on
        return
    start, end = CHRISTMAS_WEEK
    for year in range(max(place.opened_on, FIRST_DAY).year, until + 1):
        yield date(year, *start), date(year, *end)


def limits() -> None:
    """How often some services may be given."""
    put(
        [
            Limit(
                id=made_id("limit", register, service),
                register_id=made_id("register", register),
                service_id=made_id("service", organisation, service),
                count=count,
                every=every,
                unit=unit,
                per=per,
                valid_from=FIRST_DAY,
            )
            for register, organisation, service, count, every, unit, per in offers.LIMITS
        ]
    )


def agreements() -> None:
    """The agreements with their parties and the sites they cover."""
    put(
        [
            Agreement(
                id=made_id("agreement", deal.slug),
                slug=deal.slug,
                name=deal.name,
                kind=deal.kind,
                starts_on=deal.term[0],
                ends_before=deal.term[1],
            )
            for deal in offers.DEALS
        ]
    )
    put(
        [
            Party(
                id=made_id("party", deal.slug, organisation),
                agreement_id=made_id("agreement", deal.slug),
                organisation_id=made_id("organisation", organisation),
                with_figures=organisation in deal.figured,
            )
            for deal in offers.DEALS
            for organisation in (*deal.figured, *deal.others)
        ]
    )
    put(
        [
            Coverage(
                id=made_id("coverage", deal.slug, site),
                agreement_id=made_id("agreement", deal.slug),
                site_id=made_id("site", site),
            )
            for deal in offers.DEALS
            for site in deal.sites
        ]
    )
