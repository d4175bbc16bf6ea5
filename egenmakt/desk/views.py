"""The page at the door, its search and its person, and the list of a day."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from egenmakt.access.guard import Request, page
from egenmakt.access.rules import Right
from egenmakt.audit.actions import Act, log
from egenmakt.desk import actions, daylist, queries, searching
from egenmakt.desk.forms import DayForm, FindForm, OpenForm
from egenmakt.desk.panel import panel
from egenmakt.kit.calendar import DAY, STOCKHOLM, service_day
from egenmakt.organisations import queries as organisations
from egenmakt.organisations.models import Site
from egenmakt.organisations.words import doorway
from egenmakt.participants import queries as people
from egenmakt.participants.forms import FoundUsForm
from egenmakt.ui.pages import SeeOther, redirect, render

ON_A_PAGE = 60


@page(Right.SEE_DESK)
def home(request: Request) -> HttpResponse:
    """To the one desk that somebody may stand at, else the list of them."""
    sites = queries.doors(request.user, today=service_day(timezone.now()))
    if len(sites) == 1:
        return redirect(request, "desk:today", slug=sites[0].slug)
    return render(request, "desk/doors.html", {"sites": sites})


@page(Right.SEE_DESK, scope=organisations.site)
def today(request: Request, site: Site) -> HttpResponse:
    """The desk: find somebody, see what they may have, count whoever has no name."""
    now = timezone.now()
    on = service_day(now)
    so_far = queries.day(site, on)
    here = {visit.participant: visit.at for visit in so_far.here}
    before = {}
    if site.recent_list:
        before = queries.lately(site, today=on, besides=[who for who in here if who])
    met = {event.participant for event in so_far.events if event.participant}
    known = queries.persons(site.register, met | set(before))
    act = Act("desk.list", register=site.register_id, site=site.id, count=len(known))
    log(request.user, act, at=now)
    context = {
        "site": site,
        "now": now,
        "day": so_far,
        "recent": queries.lines(before.items(), known),
        "here": queries.lines(here.items(), known),
        "receipts": queries.receipts(so_far, known),
        "shut": shut(site, now=now),
    }
    return render(request, "desk/today.html", context)


def shut(site: Site, *, now: datetime) -> str:
    """That the place is closed at this moment and when it opens; nothing while it is open, or
    where no hours say when. Registering goes on all the same."""
    today, clock = service_day(now), now.astimezone(STOCKHOLM).time()
    [(_site, door)] = organisations.doors([site], today=today, clock=clock)
    return "" if door.now or door.next is None else doorway(door, today=today)


@page(Right.SEE_DESK, scope=organisations.site)
@require_POST
def find(request: Request, site: Site) -> HttpResponse:
    """Those the words may mean; a card's code opens its holder at once. Nothing finds nobody."""
    form = FindForm(request.POST)
    query = form.cleaned_data["q"].strip() if form.is_valid() else ""
    if not query:
        return HttpResponse()
    if holder := people.with_card(site.register, query):
        return opened(request, site, holder, new=False)
    now = timezone.now()
    hits = searching.hits(site, query, today=service_day(now))
    act = Act("desk.search", register=site.register_id, site=site.id, count=len(hits.people))
    log(request.user, act, at=now)
    return render(request, "desk/_hits.html", {"hits": hits, "query": query})


@page(Right.SEE_DESK, scope=organisations.site)
@require_POST
def open_person(request: Request, site: Site) -> HttpResponse:
    """Somebody at the desk, as a fragment."""
    form = OpenForm(request.POST)
    if not form.is_valid():
        raise Http404
    return opened(request, site, form.cleaned_data["participant"], new=form.cleaned_data["new"])


def opened(request: Request, site: Site, participant: UUID, *, new: bool) -> HttpResponse:
    """The person's panel; that it was opened is logged."""
    now = timezone.now()
    shown = panel(site, participant, now=now)
    if shown is None:
        raise Http404
    act = Act("desk.open", subject=shown.key, register=site.register_id, site=site.id)
    log(request.user, act, at=now)
    found_us = FoundUsForm() if new else None
    return render(request, "desk/_person.html", {"panel": shown, "found_us": found_us})


@page(Right.SEE_DESK, scope=organisations.site)
def day_list(request: Request, site: Site) -> HttpResponse:
    """Everything registered on a day, with what waits for somebody to look at it; days before
    today only for whoever may open people: a host sees today and nothing else."""
    now = timezone.now()
    form = DayForm(request.GET)
    this_day = service_day(now)
    on = form.on(today=this_day)
    looks_back = request.user.may(Right.OPEN_PERSON, site.places)
    if on < this_day and not looks_back:
        raise PermissionDenied
    day = queries.day(site, on)
    on_a_page = len(day.events) if "alla" in request.GET else ON_A_PAGE
    shown = Paginator(day.events, max(on_a_page, 1)).get_page(request.GET.get("sida"))
    context = {
        "site": site,
        "on": on,
        "before": on - DAY if looks_back else None,
        "after": on + DAY,
        "day": day,
        "page": shown,
        "may_close": request.user.may(Right.CLOSE_CONFLICT, site.places),
        "listed": daylist.listed(site, day, shown=list(shown), on=on, today=this_day),
    }
    count = len({event.participant for event in shown if event.participant})
    act = Act("desk.list", register=site.register_id, site=site.id, count=count)
    log(request.user, act, at=now)
    return render(request, "desk/list.html", context)


@page(Right.CLOSE_CONFLICT, scope=organisations.site)
@require_POST
def close_conflict(request: Request, site: Site, uuid: UUID) -> HttpResponse:
    """Let a conflict stand: somebody has looked at what happened."""
    registration = queries.conflict(site, uuid)
    if registration is None:
        raise Http404
    actions.close_conflict(registration, by=request.user, now=timezone.now())
    where = reverse("desk:list", kwargs={"slug": site.slug})
    return SeeOther(f"{where}?dag={registration.service_day}")
