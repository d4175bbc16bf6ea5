"""Reads everything a period's figures are made of, one statement a source, and tables of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db.models import (
    Case,
    Count,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    UUIDField,
    Value,
    When,
)

from egenmakt.figures import counting
from egenmakt.figures.catalogue import CHILD, OWN, UNKNOWN, overruled_source
from egenmakt.figures.models import DayValue
from egenmakt.figures.rules import Daily, Known, Person, Reading, Seen, Table, weakest
from egenmakt.kit.calendar import Period
from egenmakt.organisations.models import Annotation, Offering, Site
from egenmakt.organisations.queries import open_days
from egenmakt.participants.models import Household, Membership, Participant
from egenmakt.participants.rules import Gender, Unsaid
from egenmakt.provisions.models import Provision, TurnedAway
from egenmakt.visits.models import Visit, VisitQuerySet

Numbers = dict[tuple[UUID, str], dict[date, int]]
BAGS = frozenset({"food_bags"})


def tables(sites: Sequence[Site], period: Period) -> list[Table]:
    """Every table of the catalogue for these sites of one party, in the catalogue's order.

    The number of statements is the same however many visits there are. The period is over:
    cut it with `rules.until_today` first.
    """
    return counting.tables(read(sites, period))


def annotations(sites: Sequence[Site], period: Period) -> list[Annotation]:
    """What happened at the sites in the period, oldest first: it follows every series."""
    rows = Annotation.objects.filter(site__in=sites, on__gte=period.starts_on)
    rows = rows.filter(on__lt=period.ends_before).order_by("on", "site__name", "id")
    return list(rows.select_related("site"))


def has_figures(sites: Sequence[Site], period: Period) -> bool:
    """Whether anything at all was registered or taken in for the period."""
    own = Visit.objects.at(*sites).during(period)
    given = Provision.objects.during(period).filter(site__in=sites)
    return own.exists() or given.exists() or _imported(sites, period).exists()


def read(sites: Sequence[Site], period: Period) -> Reading:
    """Everything the tables are made of: registrations, imported days, opening hours, people."""
    numbers: dict[str, Numbers] = {"visits": _visits(sites, period)}
    numbers["head_counts"] = _part(numbers["visits"], "head")
    numbers["visits"] = _without(numbers["visits"], "head")
    numbers["turned_away"] = _turned_away(sites, period)
    numbers["provisions"], numbers["food_bags"], services = _provisions(sites, period)
    named = Visit.objects.counted().at(*sites).during(period).filter(participant__isnull=False)
    daily = _with_imports(numbers, sites=sites, period=period)
    return Reading(
        period=period,
        sites={site.id: (site.slug, site.name) for site in sites},
        hours={
            site: {one.day: one.hours for one in days if one.spans}
            for site, days in open_days(sites, period).items()
        },
        daily=daily,
        people=_people(named),
        seen=_seen(named, period),
        children=_children(sites),
        services=services,
        idle=frozenset() if daily["food_bags"].numbers or _bags_offered(sites, period) else BAGS,
    )


def _bags_offered(sites: Sequence[Site], period: Period) -> bool:
    """Whether any of the sites has offered food bags, until the period was over."""
    bags = Offering.objects.filter(site__in=sites, service__kind="food_bag")
    return bags.filter(valid_from__lt=period.ends_before).exists()


def _visits(sites: Sequence[Site], period: Period) -> Numbers:
    """People a site and day by gender, and beside them (`head`) those of head counts alone."""
    numbers: Numbers = defaultdict(dict)
    heads = Q(participant=None)
    rows = (
        Visit.objects.counted()
        .at(*sites)
        .during(period)
        .order_by("site__slug", "service_day", "participant__gender")
        .values_list("site__slug", "service_day", "participant__gender")
        .annotate(
            known=Count("participant"),
            counted=Sum("number", filter=heads, default=0),
            women=Sum("women", filter=heads, default=0),
            men=Sum("men", filter=heads, default=0),
            children=Sum("children", filter=heads, default=0),
        )
    )
    ids = {site.slug: site.id for site in sites}  # cheaper to read than as many ids
    for slug, day, gender, known, counted, women, men, children in rows:
        parts = {
            Gender.WOMAN: women,
            Gender.MAN: men,
            CHILD: children,
            UNKNOWN: max(0, counted - women - men - children),
            "head": counted,
        }
        own = gender_of(gender)
        parts[own] = parts.get(own, 0) + known
        for part, number in parts.items():
            if number:
                there = numbers[ids[slug], str(part)]
                there[day] = there.get(day, 0) + number
    return numbers


def gender_of(stored: str | None) -> str:
    """The gender that is counted; not asked, not known and not said are all *vet ej*."""
    return UNKNOWN if stored is None or stored in set(Unsaid) else stored


def _part(numbers: Numbers, part: str) -> Numbers:
    return {at: days for at, days in numbers.items() if at[1] == part}


def _without(numbers: Numbers, part: str) -> Numbers:
    return {at: days for at, days in numbers.items() if at[1] != part}


def _turned_away(sites: Sequence[Site], period: Period) -> Numbers:
    """People who did not get what they came for, a site and day by reason."""
    numbers: Numbers = defaultdict(dict)
    rows = TurnedAway.objects.filter(
        site__in=sites, service_day__gte=period.starts_on, service_day__lt=period.ends_before
    )
    rows = rows.order_by("site_id", "service_day", "reason")
    for site, day, reason, people in rows.values_list("site_id", "service_day", "reason").annotate(
        total=Sum("people")
    ):
        numbers[site, reason][day] = people
    return numbers


def _provisions(sites: Sequence[Site], period: Period) -> tuple[Numbers, Numbers, dict[str, str]]:
    """What was given a site and day by service, the food bags among it, the services' names."""
    numbers: Numbers = defaultdict(dict)
    bags: Numbers = defaultdict(dict)
    names: dict[str, str] = {}
    ids = {site.slug: site.id for site in sites}
    fields = ("site__slug", "service_day", "service__slug", "service__name", "service__kind")
    rows = Provision.objects.during(period).filter(site__in=sites).order_by(*fields)
    for where, day, slug, name, kind, given in rows.values_list(*fields).annotate(
        total=Sum("quantity")
    ):
        names[slug] = name
        numbers[ids[where], slug][day] = given
        if kind == "food_bag":
            bags[ids[where], slug][day] = given
    return numbers, bags, names


def _imported(sites: Sequence[Site], period: Period) -> QuerySet[DayValue]:
    """The days that others counted, of runs that stand; a missing report is no value."""
    return DayValue.objects.filter(
        site__in=sites,
        day__gte=period.starts_on,
        day__lt=period.ends_before,
        value__isnull=False,
        run__stored=True,
        run__undone_at=None,
    )


def _with_imports(
    own: Mapping[str, Numbers], *, sites: Sequence[Site], period: Period
) -> dict[str, Daily]:
    """Own registrations and, on days that have none, the imported value of the same measure.

    A day is reported for visits when a visit was registered: a food bag alone says nothing of
    who was here. For what is given and refused it is when anything was registered that day.
    Both for one day: what was registered when it happened stands, and the source says so.
    """
    here = [_days(own["visits"]), _days(own["head_counts"])]
    visited = _union(here)
    busy = _union([visited, _days(own["provisions"]), _days(own["turned_away"])])
    rows: dict[str, list[DayValue]] = defaultdict(list)
    for row in _imported(sites, period).select_related("run").order_by("day", "id"):
        rows[row.measure].append(row)
    heads = own["head_counts"]
    return {
        "visits": _daily(own["visits"], days=visited, imported=rows["visits"]),
        "head_counts": _daily(heads, days=visited, imported=rows["head_counts"]),
        "anonymous": _daily(heads, days=visited, imported=rows["visits"]),
        "provisions": _daily(own["provisions"], days=busy, imported=rows["provisions"]),
        "food_bags": _daily(own["food_bags"], days=busy, imported=rows["food_bags"]),
        "turned_away": _daily(own["turned_away"], days=busy, imported=rows["turned_away"]),
    }


def _days(numbers: Numbers) -> dict[UUID, set[date]]:
    days: dict[UUID, set[date]] = defaultdict(set)
    for (site, _part), values in numbers.items():
        days[site].update(values)
    return days


def _union(several: Iterable[Mapping[UUID, set[date]]]) -> dict[UUID, set[date]]:
    days: dict[UUID, set[date]] = defaultdict(set)
    for one in several:
        for site, those in one.items():
            days[site] |= those
    return days


def _daily(own: Numbers, *, days: Mapping[UUID, set[date]], imported: Iterable[DayValue]) -> Daily:
    """One measure, from both; `days` are those that own registrations speak for."""
    numbers: Numbers = defaultdict(dict, {at: dict(values) for at, values in own.items()})
    reported = {site: set(those) for site, those in days.items()}
    known: dict[UUID, Known] = {}
    sources = {site: {str(OWN)} for site, those in days.items() if those}
    overruled: Counter[tuple[UUID, str]] = Counter()
    for row in imported:
        site, source = row.site_id, row.run.source
        if row.day in days.get(site, ()):
            overruled[site, source] += 1
            continue
        numbers[site, UNKNOWN][row.day] = row.value or 0
        reported.setdefault(site, set()).add(row.day)
        known[site] = weakest([known.get(site, Known.COUNTED), Known(row.run.known)])
        sources.setdefault(site, set()).add(source)
    for (site, source), count in overruled.items():
        sources[site].add(overruled_source(source, days=count))
    return Daily(
        numbers=numbers,
        reported={site: frozenset(those) for site, those in reported.items()},
        known=known,
        sources={site: frozenset(texts) for site, texts in sources.items()},
    )


def _seen(visits: VisitQuerySet, period: Period) -> dict[tuple[UUID, int], list[Seen]]:
    """Who was where in which month, and from which household: each of these once."""
    home = Membership.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("service_day")),
        participant=OuterRef("participant"),
        valid_from__lte=OuterRef("service_day"),
    )
    which = Subquery(
        home.order_by("valid_from", "id").values("household")[:1], output_field=UUIDField()
    )
    month = Case(
        *(
            When(service_day__lt=part.ends_before, then=Value(number))
            for number, part in enumerate(period.months())
        ),
        output_field=IntegerField(),
    )
    fields = ("site_id", "month", "participant_id", "home")
    rows = visits.annotate(month=month, home=which).order_by(*fields).values_list(*fields)
    seen: dict[tuple[UUID, int], list[Seen]] = defaultdict(list)
    for site, number, person, household in rows.distinct():
        seen[site, number].append(Seen(person, household))
    return seen


def _people(visits: VisitQuerySet) -> dict[UUID, Person]:
    """What is counted of everybody who was here, and their first visit anywhere."""
    earliest = Visit.objects.filter(participant=OuterRef("id")).order_by("service_day")
    rows = (
        Participant.objects.filter(id__in=visits.order_by().values("participant"))
        .annotate(first=Subquery(earliest.values("service_day")[:1]))
        .order_by("id")
        .values_list("id", "gender", "band", "first")
    )
    return {
        person: Person(gender_of(gender), UNKNOWN if band in set(Unsaid) else band, first)
        for person, gender, band, first in rows
    }


def _children(sites: Sequence[Site]) -> dict[UUID, int]:
    """How many children are counted in each household of the sites' registers."""
    registers = {site.register_id for site in sites}
    rows = Household.objects.filter(register__in=registers).order_by("id")
    return {one: sum(bands.values()) for one, bands in rows.values_list("id", "children")}
