"""Pages where counts that others kept are looked through, taken in and taken back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from egenmakt.access.guard import Request, page
from egenmakt.access.rules import Right
from egenmakt.exchange import actions, forms, queries, rules, tables, words
from egenmakt.exchange.bounds import Trouble, Unreadable
from egenmakt.exchange.models import Upload
from egenmakt.figures import actions as figures
from egenmakt.figures.catalogue import NAMES
from egenmakt.figures.models import ImportRun
from egenmakt.kit.calendar import service_day
from egenmakt.kit.spreadsheets import csv_file
from egenmakt.organisations import queries as organisations
from egenmakt.organisations.models import Site
from egenmakt.ui.pages import redirect, render

A_PAGE = 50
SHOWN_ERRORS = 20
SHOWN_ROWS = 6
SHOWN_COLUMNS = 12


@page(Right.IMPORT_FIGURES)
@require_safe
def home(request: Request) -> HttpResponse:
    """The sites where figures can be taken in; an only one is gone to at once."""
    sites = queries.sites(request.user)
    if len(sites) == 1:
        return redirect(request, "exchange:site", slug=sites[0].slug)
    return render(request, "exchange/home.html", {"sites": sites})


@page(Right.IMPORT_FIGURES, scope=organisations.site)
@require_safe
def runs(request: Request, site: Site) -> HttpResponse:
    """Every import at the site, and the user's own files that wait."""
    found = Paginator(queries.runs(site), A_PAGE).get_page(request.GET.get("sida"))
    waiting = queries.uploads(request.user, site, now=timezone.now())
    known = {"site": site, "page": found, "runs": queries.named(found)}
    return render(request, "exchange/runs.html", known | {"waiting": waiting})


@page(Right.IMPORT_FIGURES, scope=organisations.site)
def new(request: Request, site: Site) -> HttpResponse:
    """Choose a file."""
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"]
        upload = actions.keep(site, content, by=request.user, now=timezone.now())
        return redirect(request, "exchange:columns", slug=site.slug, number=upload.id)
    known = {
        "title": gettext("Ta in en fil"),
        "lead": gettext("Du väljer sedan vad som står var, och ser allt innan något sparas."),
        "submit": gettext("Läs filen"),
    }
    return render(request, "ui/form_page.html", known | {"form": form} | back(site))


@page(Right.IMPORT_FIGURES, scope=organisations.site)
def sheet(request: Request, site: Site, number: UUID) -> HttpResponse:
    """Choose one of a workbook's sheets."""
    upload = own(request, site, number)
    names = tables.sheets(bytes(upload.content))
    if not names:
        raise Http404
    form = forms.SheetForm(
        request.POST or None, initial={"sheet": upload.sheet}, upload=upload, names=names
    )
    if form.is_valid():
        actions.choose_sheet(upload, form.cleaned_data["sheet"])
        return redirect(request, "exchange:columns", slug=site.slug, number=number)
    known = {"title": gettext("Välj blad"), "submit": gettext("Läs bladet"), "lead": ""}
    return render(request, "ui/form_page.html", known | {"form": form} | back(site))


@page(Right.IMPORT_FIGURES, scope=organisations.site)
def columns(request: Request, site: Site, number: UUID) -> HttpResponse:
    """Choose what the file counts and which column says what, beside its first rows."""
    upload = own(request, site, number)
    try:
        found = queries.sheet(upload)
    except Unreadable as unreadable:
        if unreadable.trouble is Trouble.SEVERAL:
            return redirect(request, "exchange:sheet", slug=site.slug, number=number)
        raise Http404 from unreadable
    shown = found.rows[:SHOWN_ROWS]
    plan, of = queries.choice(upload) or (rules.guess(found, shown=shown), None)
    form = forms.ColumnsForm(
        request.POST or None,
        initial=forms.starting(plan, of),
        columns=found.columns,
        kinds=rules.filters(found),
    )
    if form.is_valid():
        run = actions.choose(
            upload, form.plan(), of=form.counted(), by=request.user, now=timezone.now()
        )
        to = "exchange:run" if run else "exchange:preview"
        return redirect(request, to, slug=site.slug, number=number)
    table = {
        "columns": found.columns[:SHOWN_COLUMNS],
        "rows": [(row.number, queries.cells(row)[:SHOWN_COLUMNS]) for row in shown],
        "more": len(found.columns) - SHOWN_COLUMNS,
    }
    known = {"site": site, "upload": upload, "form": form, "table": table, "found": found}
    return render(request, "exchange/columns.html", known)


@page(Right.IMPORT_FIGURES, scope=organisations.site)
@require_safe
def preview(request: Request, site: Site, number: UUID) -> HttpResponse:
    """The whole file, judged, before anything of it is stored."""
    upload = own(request, site, number)
    if not upload.plan:
        return redirect(request, "exchange:columns", slug=site.slug, number=number)
    intake = queries.judged(upload, today=service_day(timezone.now()))
    intake = queries.foreseen(site, intake)
    known = {
        "site": site,
        "upload": upload,
        "intake": intake,
        "days": queries.foreseen_days(intake),
        "measure": NAMES[intake.measure],
        "seen": queries.seen(upload),
    }
    return render(request, "exchange/preview.html", known)


@page(Right.IMPORT_FIGURES, scope=organisations.site)
@require_POST
def take_in(request: Request, site: Site, number: UUID) -> HttpResponse:
    """Take the file in as it was shown; asked twice it is taken in once."""
    now = timezone.now()
    upload = queries.upload(request.user, site, number, now=now)
    if upload is None:
        done = queries.run(site, number)
        if done is None or done.by != request.user.id:
            raise Http404
        return redirect(request, "exchange:run", slug=site.slug, number=number)
    if not upload.plan or request.POST.get("seen") != queries.seen(upload):
        messages.warning(request, gettext("Valet har ändrats. Titta igenom det en gång till."))
        return redirect(request, "exchange:preview", slug=site.slug, number=number)
    actions.take_in(upload, by=request.user, now=now)
    return redirect(request, "exchange:run", slug=site.slug, number=number)


@page(Right.IMPORT_FIGURES, scope=organisations.site)
@require_POST
def throw_away(request: Request, site: Site, number: UUID) -> HttpResponse:
    """Let go of a file that is not taken in."""
    if actions.throw_away(number, site, by=request.user, now=timezone.now()):
        messages.success(request, gettext("Filen är slängd. Inget ur den är sparat."))
    return redirect(request, "exchange:site", slug=site.slug)


@page(Right.IMPORT_FIGURES, scope=organisations.site)
@require_safe
def run(request: Request, site: Site, number: UUID) -> HttpResponse:
    """One import: what came in, or why nothing did."""
    row = stored(site, number)
    named = queries.named([row])[0]
    known = {
        "site": site,
        "run": named,
        "measure": named.measure,
        "errors": [
            (at, words.reason(code), cells) for at, code, cells in row.errors[:SHOWN_ERRORS]
        ],
        "days": queries.days(row),
        "leaning": queries.leaning_on(row),
        "upload": queries.uploads(request.user, site, now=timezone.now()).filter(id=number).first(),
    }
    return render(request, "exchange/run.html", known)


@page(Right.IMPORT_FIGURES, scope=organisations.site)
@require_safe
def errors(request: Request, site: Site, number: UUID) -> HttpResponse:
    """The rows that could not be taken in, with the reason of each, for a spreadsheet."""
    row = stored(site, number)
    head = [gettext("rad"), gettext("varför"), *row.columns]
    rows = [[at, words.reason(code), *cells] for at, code, cells in row.errors]
    answer = HttpResponse(csv_file(head, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="fel.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@page(Right.IMPORT_FIGURES, scope=organisations.site)
@require_POST
def undo(request: Request, site: Site, number: UUID) -> HttpResponse:
    """Take an import back, whole."""
    figures.undo_run(stored(site, number), by=request.user, now=timezone.now())
    messages.success(request, gettext("Importen är ångrad. Dess siffror räknas inte längre."))
    return redirect(request, "exchange:run", slug=site.slug, number=number)


def back(site: Site) -> dict[str, object]:
    """The way back to the site's imports."""
    return {
        "back_href": reverse("exchange:site", kwargs={"slug": site.slug}),
        "back_label": gettext("Siffror för %(site)s") % {"site": site},
    }


def own(request: Request, site: Site, number: UUID) -> Upload:
    """The user's own file, or nothing is there."""
    upload = queries.upload(request.user, site, number, now=timezone.now())
    if upload is None:
        raise Http404
    return upload


def stored(site: Site, number: UUID) -> ImportRun:
    """The import at this site, or nothing is there."""
    row = queries.run(site, number)
    if row is None:
        raise Http404
    return row
