"""A place and all that is dated about it: its page, its forms, its organisation, and the log."""

from copy import copy
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.access.guard import Request, page
from egenmakt.access.rules import Right
from egenmakt.kit.calendar import STOCKHOLM, service_day
from egenmakt.organisations import actions, forms, logbook, pages, queries, words
from egenmakt.organisations.models import Offering, Organisation, Site
from egenmakt.organisations.rules import Refused, Timeline
from egenmakt.ui.pages import SeeOther, redirect, render


def moment() -> tuple[datetime, date, time]:
    """Now, and the day and the clock on the wall in Stockholm."""
    now = timezone.now()
    return now, service_day(now), now.astimezone(STOCKHOLM).time()


@page(Right.SEE_SITE)
def home(request: Request) -> HttpResponse:
    """The places that somebody may read about; straight in where there is only one."""
    _now, today, clock = moment()
    mine = queries.sites(request.user)
    if len(mine) == 1:
        return redirect(request, "organisations:site", slug=mine[0].slug)
    doors = queries.doors(mine, today=today, clock=clock)
    here = [(site, door, words.doorway(door, today=today)) for site, door in doors]
    known = {
        "sites": [one for one in here if not one[0].gone_by(today)],
        "gone": [one for one in here if one[0].gone_by(today)],
    }
    return render(request, "organisations/home.html", known)


@page(Right.SEE_SITE, scope=queries.site)
def site(request: Request, site: Site) -> HttpResponse:
    """Everything about a place: open now, this week, what is offered, and what has been."""
    now, today, clock = moment()
    seen = queries.overview(site, today=today, clock=clock)
    keeps = pages.keeps(request, site)
    lists: dict[str, Timeline[Any]] = {
        "hours": seen.hours,
        "special": seen.special,
        "offerings": seen.offerings,
        "annotations": seen.annotations,
        "addresses": seen.addresses,
    }
    known = {
        name: pages.split(rows, site, today=today, keeps=keeps) for name, rows in lists.items()
    }
    more = {
        "site": site,
        "seen": seen,
        "week": [(words.in_week(one.day, today=today), one) for one in seen.week],
        "grounds": pages.grounds(seen.offerings.now),
        "before": [(link, pages.keeps(request, link.predecessor)) for link in seen.before],
        "keeps": keeps,
        "keeps_more": keeps and pages.keeps_more(request),
        "said": words.doorway(seen.door, today=today),
        "undo": pages.undo_offered(request, site, now=now),
    }
    return render(request, "organisations/site.html", known | more)


@page(Right.KEEP_SITE, scope=queries.site)
def add(request: Request, site: Site, *, sort: str) -> HttpResponse:
    """Write something new about the place, from a day on."""
    kept = pages.sort_of(sort)
    now, today, _clock = moment()
    begun = pages.first_values(request, site, today=today)
    form = kept.new(
        request.POST or None, instance=kept.table(site=site), today=today, initial=begun
    )
    if form.is_valid():
        with pages.refusals_in(form, today=today):
            actions.add(form.rows, by=request.user, now=now)
            return pages.back(request, site, said=_("Det är sparat."))
    return pages.form_page(request, site, form, title=kept.add, submit=kept.save)


@page(Right.KEEP_SITE, scope=queries.site)
def change(request: Request, site: Site, *, sort: str, row_id: UUID) -> HttpResponse:
    """Let something about the place be otherwise: from a day on, or from its start."""
    kept = pages.sort_of(sort)
    now, today, _clock = moment()
    row = queries.row(kept.table, site, row_id=row_id)
    if row is None:
        return gone(request, site, sort=sort)
    form = pages.changed_form(kept, row, data=request.POST or None, today=today)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        with pages.refusals_in(form, today=today):
            new = form.instance
            if isinstance(row, actions.Lasting) and isinstance(new, actions.Lasting):
                actions.change_from(row, new=new, seen=seen, by=request.user, now=now)
            else:
                actions.change(new, seen=seen, by=request.user, now=now)
            return pages.back(request, site, said=_("Ändringen är sparad."))
    return pages.RowPage(form).answer(request, row, today=today)


def gone(request: Request, site: Site, *, sort: str) -> HttpResponse:
    """What somebody wrote about a row that another has taken away meanwhile, as a new one."""
    if request.method != "POST":
        raise Http404
    kept = pages.sort_of(sort)
    _now, today, _clock = moment()
    form = kept.new(request.POST, instance=kept.table(site=site), today=today)
    form.add_error(None, str(words.GONE))
    action = pages.address(site, "add", sort=sort)
    return pages.form_page(request, site, form, title=kept.add, submit=kept.save, action=action)


@page(Right.KEEP_SITE, scope=queries.site)
@require_POST
def end(request: Request, site: Site, *, sort: str, row_id: UUID) -> HttpResponse:
    """Say which day is the last, or that there is none."""
    now, today, _clock = moment()
    row = pages.fetched(site, sort=sort, row_id=row_id)
    if not isinstance(row, actions.Lasting):
        raise Http404
    changing = pages.changed_form(pages.sort_of(sort), row, data=None, today=today)
    ending = forms.EndForm(request.POST)
    if ending.is_valid():
        with pages.refusals_in(ending, today=today):
            actions.end(row, **ending.cleaned_data, by=request.user, now=now)
            return pages.back(request, site, said=_("Det är sparat. Det som varit finns kvar."))
    return pages.RowPage(changing, ending).answer(request, row, today=today)


@page(Right.KEEP_SITE, scope=queries.site)
@require_POST
def remove(request: Request, site: Site, *, sort: str, row_id: UUID) -> HttpResponse:
    """Take away what was written by mistake; the place's page then offers to undo it."""
    now, today, _clock = moment()
    row = pages.fetched(site, sort=sort, row_id=row_id)
    said = words.line(row, today=today).title
    try:
        kept = actions.remove(row, seen=request.POST.get("seen", ""), by=request.user, now=now)
    except Refused as refusal:
        messages.error(request, words.why(refusal, today=today))
        return redirect(request, "organisations:change", slug=site.slug, sort=sort, row_id=row_id)
    pages.offer_undo(request, site, kept=kept, said=said, now=now)
    return redirect(request, "organisations:site", slug=site.slug)


@page(Right.KEEP_SITE, scope=queries.site)
@require_POST
def restore(request: Request, site: Site) -> HttpResponse:
    """Put back exactly what was just taken away."""
    now, today, _clock = moment()
    taken = request.session.get(pages.REMOVED)
    if taken and taken["site"] == str(site.id):
        try:
            actions.restore(site, taken["kept"], by=request.user, now=now)
        except Refused as refusal:
            messages.error(request, words.why(refusal, today=today))
            return redirect(request, "organisations:site", slug=site.slug)
        del request.session[pages.REMOVED]
    return pages.back(request, site, said=_("Tillbaka som det var."))


@page(Right.KEEP_SITE, scope=queries.site)
def add_service(request: Request, site: Site) -> HttpResponse:
    """A new service of the organisation, and on to offering it here."""
    now, today, _clock = moment()
    form = forms.ServiceForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_in(form, today=today):
            wished = actions.NewService(**form.cleaned_data)
            made = actions.add_service(site, wished, by=request.user, now=now)
            messages.success(request, _("Tjänsten finns. Skriv nu när och hur den erbjuds här."))
            return SeeOther(f"{pages.address(site, 'add', sort='utbud')}?service={made.slug}")
    submit = _("Spara tjänsten")
    return pages.form_page(request, site, form, title=_("Ny tjänst"), submit=submit)


@page(Right.KEEP_SITE, scope=queries.site)
def order(request: Request, site: Site) -> HttpResponse:
    """The order in which the door shows what is offered."""
    _now, today, _clock = moment()
    offered = queries.dated(Offering, site, today=today)
    known = {"site": site, "offerings": offered.now + offered.coming}
    return render(request, "organisations/order.html", known)


@page(Right.KEEP_SITE, scope=queries.site)
@require_POST
def reorder(request: Request, site: Site, *, row_id: UUID) -> HttpResponse:
    """Move what is offered a step up or down."""
    now, today, _clock = moment()
    offering = queries.row(Offering, site, row_id=row_id)
    if offering is None:
        raise Http404
    up = request.POST.get("way") == "up"
    actions.reorder(offering, up=up, today=today, by=request.user, now=now)
    return redirect(request, "organisations:order", slug=site.slug)


@page(Right.KEEP_SITE, scope=queries.site)
def succeed(request: Request, site: Site) -> HttpResponse:
    """This place took over after others, which close that day."""
    now, today, _clock = moment()
    mine = queries.sites(request.user, right=Right.KEEP_SITE)
    others = [one for one in mine if one.id != site.id]
    form = forms.SuccessionForm(request.POST or None, others=others)
    if form.is_valid():
        on = form.cleaned_data["on"]
        with pages.refusals_in(form, today=today):
            actions.succeed(site, form.chosen, on=on, by=request.user, now=now)
            return pages.back(request, site, said=_("Det är sparat."))
    submit = _("Spara vilka den tog över efter")
    return pages.form_page(request, site, form, title=_("Tog över efter"), submit=submit)


@page(Right.KEEP_SITE, scope=queries.site)
@require_POST
def separate(request: Request, site: Site, *, link_id: UUID) -> HttpResponse:
    """Take away a succession written by mistake; the place's page then offers to undo it.

    It may open the other place again, so the right to keep that one is asked for too.
    """
    now, _today, _clock = moment()
    link = queries.successions(site).filter(id=link_id).first()
    if link is None:
        raise Http404
    if not pages.keeps(request, link.predecessor):
        raise PermissionDenied
    kept = actions.separate(link, by=request.user, now=now)
    pages.offer_undo(request, site, kept=kept, said=link.predecessor.name, now=now)
    return redirect(request, "organisations:site", slug=site.slug)


@page(Right.KEEP_SITE, scope=queries.site)
def settle(request: Request, site: Site) -> HttpResponse:
    """What the place is called, says about itself, and how its door works."""
    now, today, _clock = moment()
    begun = {"seen": queries.fingerprint(site)}
    form = forms.SettingsForm(request.POST or None, instance=copy(site), initial=begun)
    if form.is_valid():
        seen = form.cleaned_data["seen"]
        with pages.refusals_in(form, today=today):
            actions.settle(form.instance, seen=seen, by=request.user, now=now)
            return pages.back(request, site, said=_("Inställningarna är sparade."))
    submit = _("Spara inställningarna")
    return pages.form_page(request, site, form, title=_("Inställningar"), submit=submit)


@page(Right.KEEP_SITE, scope=queries.holdings)
def organisation(request: Request, holdings: queries.Holdings) -> HttpResponse:
    """What kind of organisation it is, its places and its registers."""
    known = {
        "organisation": holdings.organisation,
        "sites": holdings.sites,
        "registers": holdings.registers,
        "keeps": request.user.may(Right.KEEP_SITE, holdings.organisation.places),
    }
    return render(request, "organisations/organisation.html", known)


@page(Right.KEEP_SITE, scope=queries.organisation)
def add_site(request: Request, organisation: Organisation) -> HttpResponse:
    """A new place of the organisation, with a register of its own or a shared one."""
    now, today, _clock = moment()
    form = forms.SiteForm(request.POST or None, registers=queries.registers(organisation))
    if form.is_valid():
        wished = actions.NewSite(**form.cleaned_data)
        with pages.refusals_in(form, today=today):
            made = actions.add_site(organisation, wished, by=request.user, now=now)
            said = _("Mötesplatsen finns. Skriv nu dess adress och öppettider.")
            return pages.back(request, made, said=said)
    kwargs = {"slug": organisation.slug}
    known = {
        "title": _("Ny mötesplats"),
        "form": form,
        "submit": _("Skapa mötesplatsen"),
        "back_href": reverse("organisations:organisation", kwargs=kwargs),
        "back_label": organisation.name,
    }
    return render(request, "ui/form_page.html", known)


@page(Right.READ_LOG)
def log(request: Request) -> HttpResponse:
    """Who did or read what, newest first, where the reader's grants reach. The reading is logged.

    It stands here because its lines name places and registers, which the log itself is below:
    this is the lowest room that sees the log, the people who act and the places.
    """
    now, today, _clock = moment()
    form = forms.LogForm(request.GET)
    search = form.search if form.is_valid() else queries.Search()
    watched = queries.watch(request.user)
    lines, more = queries.log_of(watched, search)
    actions.read_log(watched, lines=len(lines), by=request.user, now=now)
    known = {
        "form": form,
        "lines": logbook.told(lines, watched, names=queries.names(lines)),
        "more": more,
        "search": search,
    }
    return render(request, "organisations/log.html", known)
