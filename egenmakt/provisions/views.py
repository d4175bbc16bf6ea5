"""The limits of a place: a page where its manager sets and ends them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.access.guard import Request, page
from egenmakt.access.rules import Right
from egenmakt.kit.calendar import service_day
from egenmakt.organisations import queries as organisations
from egenmakt.organisations.models import Site
from egenmakt.provisions import actions, forms, queries, words
from egenmakt.ui.pages import SeeOther, redirect, render

JUST_ENDED = "avslutad"


@page(Right.SEE_SITE, scope=organisations.site)
def limits(request: Request, site: Site) -> HttpResponse:
    """How often things may be given here, now and before."""
    today = service_day(timezone.now())
    kept = [(one, words.said(one, today=today)) for one in queries.all_limits(site.register_id)]
    just = request.GET.get(JUST_ENDED)
    known = {
        "site": site,
        "keeps": request.user.may(Right.KEEP_SITE, site.places),
        "holding": [pair for pair in kept if not pair[0].ended_by(today)],
        "ended": [pair for pair in kept if pair[0].ended_by(today)],
        "undo": next((one for one, _said in kept if one.valid_to and str(one.id) == just), None),
    }
    return render(request, "provisions/limits.html", known)


@page(Right.KEEP_SITE, scope=organisations.site)
def add(request: Request, site: Site) -> HttpResponse:
    """Set a limit, from a day on."""
    now = timezone.now()
    form = forms.LimitForm(request.POST or None, site=site, today=service_day(now))
    if form.is_valid():
        if actions.set_limit(site.register, limit=form.limit, by=request.user, now=now):
            messages.success(request, _("Gränsen är sparad."))
            return redirect(request, "provisions:limits", slug=site.slug)
        clash = _("Tjänsten har redan en sådan gräns. Avsluta den först.")
        form.add_error("service", clash)
    known = {
        "title": _("Ny gräns"),
        "form": form,
        "submit": _("Spara gränsen"),
        "back_href": reverse("provisions:limits", kwargs={"slug": site.slug}),
        "back_label": _("Gränser"),
    }
    return render(request, "ui/form_page.html", known)


@page(Right.KEEP_SITE, scope=organisations.site)
@require_POST
def end(request: Request, site: Site, *, limit_id: UUID) -> HttpResponse:
    """Let a limit hold no longer, or again when that was a mistake."""
    limit = queries.limit(site.register, limit_id)
    if limit is None:
        raise Http404
    again = request.POST.get("again") == "1"
    done = actions.end_limit(limit, again=again, by=request.user, now=timezone.now())
    if not again:
        page_of = reverse("provisions:limits", kwargs={"slug": site.slug})
        return SeeOther(f"{page_of}?{JUST_ENDED}={limit.id}")
    if done:
        messages.success(request, _("Gränsen gäller igen."))
    else:
        clash = _("En annan gräns för tjänsten gäller nu. Avsluta den först.")
        messages.error(request, clash)
    return redirect(request, "provisions:limits", slug=site.slug)
