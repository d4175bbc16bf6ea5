"""The room *Uppföljning*: agreements, their periods, and the internal draft of one."""

from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone

from egenmakt.access.guard import Request, page
from egenmakt.access.rules import Right
from egenmakt.kit.calendar import service_day
from egenmakt.partnerships import actions, queries
from egenmakt.partnerships.layout import Layout, in_groups, period_name
from egenmakt.partnerships.models import Agreement
from egenmakt.partnerships.queries import Part
from egenmakt.ui.pages import render


@page(Right.SEE_RELEASES)
def home(request: Request) -> HttpResponse:
    """The agreements that somebody follows up."""
    found = queries.agreements(request.user)
    return render(request, "partnerships/agreements.html", {"agreements": found})


@page(Right.SEE_RELEASES, scope=queries.agreement)
def agreement(request: Request, agreement: Agreement) -> HttpResponse:
    """Who agreed to what and for how long, and the periods that there are figures for."""
    return render(request, "partnerships/agreement.html", about(request, agreement))


@page(Right.SEE_RELEASES, scope=queries.agreement)
def follow_up(request: Request, agreement: Agreement, period: str) -> HttpResponse:
    """A period's internal draft for whoever may see raw figures; a partner sees what is released.

    An unknown period, or one before the agreement, is 404 with the ones there are.
    """
    parts = queries.parts(request.user, agreement)
    if not parts:
        return render(request, "partnerships/unreleased.html", {"agreement": agreement})
    part = chosen(parts, request.GET.get("part"))
    asked = queries.period_in(period)
    if asked and asked.ends_before <= agreement.starts_on:
        asked = None
    found = asked and queries.draft(agreement, part, period=asked, today=today())
    if not found:
        known = about(request, agreement) | {"wrong": True}
        return render(request, "partnerships/agreement.html", known, status=404)
    actions.open_draft(found.part.sites, by=request.user, now=timezone.now())
    layout = Layout(found, before=queries.draft_before(found, part=part))
    known = {
        "agreement": agreement,
        "parts": parts,
        "layout": layout,
        "number": in_groups(queries.document(found)["sha256"]),
    }
    return render(request, "partnerships/draft.html", known)


def today() -> date:
    """The service day that it is now."""
    return service_day(timezone.now())


def chosen(parts: list[Part], slug: str | None) -> Part:
    """The part asked for, or the first. Another party's is not there: 404."""
    found = next((part for part in parts if slug in (None, part.organisation.slug)), None)
    if found is None:
        raise Http404
    return found


def about(request: Request, agreement: Agreement) -> dict[str, object]:
    """What the page of an agreement shows this user."""
    parts = queries.parts(request.user, agreement)
    now = today()
    years = queries.years(parts, agreement=agreement, today=now)
    whole = [year for year in years if agreement.holds_throughout(year) and year.ends_before <= now]
    return {
        "agreement": agreement,
        "parties": queries.parties(agreement),
        "sites": queries.sites(agreement),
        "parts": parts,
        "last_whole": whole[0] if whole else None,
        "years": [
            {
                "period": str(year),
                "running": year.ends_before > now,
                "after": bool(agreement.last_day and year.starts_on > agreement.last_day),
                "months": [
                    {"period": str(month), "name": period_name(month)}
                    for month in year.months()
                    if month.starts_on < now and month.ends_before > agreement.starts_on
                ],
            }
            for year in years
        ],
    }
