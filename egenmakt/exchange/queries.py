"""Files that somebody is looking through, imports that were made, and a file judged whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Max, Min, QuerySet, Sum

from egenmakt.access.guard import Actor
from egenmakt.access.models import User
from egenmakt.access.rules import Right
from egenmakt.exchange import tables
from egenmakt.exchange.models import Upload
from egenmakt.exchange.rules import Counted, Plan, Row, Sheet, Span, judge, text_of
from egenmakt.figures.catalogue import NAMES
from egenmakt.figures.intake import Fault, Intake, Reported
from egenmakt.figures.models import DayValue, ImportRun
from egenmakt.kit.calendar import service_day
from egenmakt.kit.canonical import sha256_of
from egenmakt.organisations.models import Site

KEPT_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Run:
    """An import with the name of whoever made it; nobody's name is the command line's."""

    row: ImportRun
    by: str
    undone_by: str
    first: date | None
    last: date | None

    @property
    def on(self) -> date:
        """The day it was made."""
        return service_day(self.row.at)

    @property
    def undone_on(self) -> date | None:
        """The day it was undone."""
        return service_day(self.row.undone_at) if self.row.undone_at else None

    @property
    def measure(self) -> str:
        """What was counted, as it is called on the screen."""
        return str(NAMES.get(self.row.measure, self.row.measure))


@dataclass(frozen=True)
class Days:
    """What the days of an import come to; `total` is the sum of those that have a report."""

    first: date | None
    last: date | None
    values: int
    missing: int
    total: int


def sites(actor: Actor) -> list[Site]:
    """The sites where the actor may take figures in, by name."""
    found = Site.objects.visible_to(actor)
    return [one for one in found if actor.may(Right.IMPORT_FIGURES, one.places)]


def uploads(user: User, site: Site, *, now: datetime) -> QuerySet[Upload]:
    """The user's own files on their way into this site, a day back; nobody sees another's."""
    mine = Upload.objects.filter(by=user.id, site=site, at__gt=now - KEPT_FOR)
    return mine.defer("content")


def upload(user: User, site: Site, number: UUID, *, now: datetime) -> Upload | None:
    """One of the user's own files on their way into this site."""
    return uploads(user, site, now=now).defer(None).filter(id=number).first()


def sheet(upload: Upload) -> Sheet:
    """The table in a kept file. Raises Unreadable, also when its sheet is not chosen yet."""
    return tables.read(bytes(upload.content), upload.sheet)


def runs(site: Site) -> QuerySet[ImportRun]:
    """Every import at the site, the latest first, without its errors."""
    return ImportRun.objects.filter(site=site).defer("errors", "columns")


def run(site: Site, number: UUID) -> ImportRun | None:
    """One import at the site."""
    return ImportRun.objects.filter(site=site, id=number).first()


def run_anywhere(number: UUID) -> ImportRun | None:
    """A run by its number alone, for whoever runs the command on the machine itself."""
    return ImportRun.objects.filter(id=number).first()


def named(rows: Iterable[ImportRun]) -> list[Run]:
    """The imports with their days, and the names of those who made and undid them."""
    rows = list(rows)
    ids = {who for row in rows for who in (row.by, row.undone_by) if who}
    names: dict[UUID | None, str] = dict(User.objects.filter(id__in=ids).values_list("id", "name"))
    spans = {
        run: (first, last)
        for run, first, last in DayValue.objects.filter(run__in=rows)
        .order_by("run")
        .values_list("run")
        .annotate(Min("day"), Max("day"))
    }
    return [
        Run(
            row,
            names.get(row.by, ""),
            names.get(row.undone_by, ""),
            *spans.get(row.id, (None,) * 2),
        )
        for row in rows
    ]


def days(run: ImportRun) -> Days:
    """What an import holds now: nothing when it was refused or undone."""
    found = DayValue.objects.filter(run=run).aggregate(
        first=Min("day"),
        last=Max("day"),
        values=Count("value"),
        rows=Count("id"),
        total=Sum("value", default=0),
    )
    missing = found.pop("rows") - found["values"]
    return Days(missing=missing, **found)


def foreseen_days(intake: Intake) -> Days:
    """What a file would come to if it were taken in."""
    values = [one.value for one in intake.days if one.value is not None]
    return Days(
        first=min((one.day for one in intake.days), default=None),
        last=max((one.day for one in intake.days), default=None),
        values=len(values),
        missing=len(intake.days) - len(values),
        total=sum(values),
    )


def seen(upload: Upload) -> str:
    """A mark of what was chosen, so that what is taken in is what was looked at."""
    return sha256_of({"sheet": upload.sheet, "plan": upload.plan})


def leaning_on(run: ImportRun) -> bool:
    """Whether a later import had rows that only repeated what stands already."""
    later = ImportRun.objects.filter(site=run.site, measure=run.measure, at__gt=run.at)
    return later.filter(stored=True, undone_at=None, unchanged__gt=0).exists()


def choice(upload: Upload) -> tuple[Plan, Counted] | None:
    """What was chosen on screen for a file, when it has been."""
    if not upload.plan:
        return None
    plan = dict(upload.plan)
    of = Counted(*(plan.pop(name) for name in ("measure", "known", "source")))
    where = plan.pop("where")
    return Plan(**plan, where=(where[0], where[1]) if where else None), of


def judged(upload: Upload, *, today: date) -> Intake:
    """What a kept file says, read as was chosen. Raises Unreadable; the choice has been made."""
    chosen = choice(upload)
    if chosen is None:
        raise ValueError("nothing is chosen yet")
    plan, of = chosen
    return intake(upload.site, sheet(upload), plan, of=of, today=today)


def intake(site: Site, found: Sheet, plan: Plan, *, of: Counted, today: date) -> Intake:
    """What a sheet says of the days at a site, and which of its rows cannot be taken in."""
    judged = judge(found, plan, span=Span(site.opened_on, site.closed_on, today))
    return Intake(
        measure=of.measure,
        known=of.known,
        source=of.source,
        columns=found.columns,
        rows=judged.rows,
        days=tuple(
            Reported(said.row.number, said.day, said.value, cells(said.row)) for said in judged.days
        ),
        unchanged=judged.repeated,
        faults=tuple(Fault(row.number, reason, cells(row)) for row, reason in judged.faults),
    )


def foreseen(site: Site, intake: Intake) -> Intake:
    """The same beside what is held now; taking it in looks again, under a lock."""
    return intake.against(DayValue.objects.held(site, measure=intake.measure))


def cells(row: Row) -> tuple[str, ...]:
    """A row's cells as people read them."""
    return tuple(text_of(cell) for cell in row.cells)
