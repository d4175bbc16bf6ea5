"""A person's own page and what is kept on it; every opening is logged."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from egenmakt.access.guard import Request, page
from egenmakt.access.rules import Right
from egenmakt.audit.models import Entry
from egenmakt.kit.calendar import service_day
from egenmakt.kit.qr import qr
from egenmakt.organisations import queries as organisations
from egenmakt.organisations.models import Site
from egenmakt.organisations.rules import Depth
from egenmakt.participants import actions, forms, households, queries, words
from egenmakt.participants.models import Participant
from egenmakt.participants.rules import Refused
from egenmakt.ui.pages import redirect, render
from egenmakt.ui.signs import sign

LATEST = 5
ON_A_PAGE = 50
LISTS_OF = timedelta(days=90)
LEFT = "left"
AN_HOUR = timedelta(hours=1)


@page(Right.OPEN_PERSON)
def home(request: Request) -> HttpResponse:
    """To the people of the one site where somebody may open them, else the list of sites."""
    sites = organisations.sites(request.user, right=Right.OPEN_PERSON)
    if len(sites) == 1:
        return redirect(request, "participants:people", slug=sites[0].slug)
    return render(request, "participants/sites.html", {"sites": sites})


@page(Right.OPEN_PERSON, scope=organisations.site)
def people(request: Request, site: Site) -> HttpResponse:
    """The way to a person: a search, sent so that no name stands in an address."""
    form = forms.SearchForm(request.POST or None)
    found = None
    if form.is_valid():
        query, now = form.cleaned_data["query"], timezone.now()
        found = actions.search(site.register, query, by=request.user, now=now)
    hits = [(one, sign(one.id, one.alias)) for one in found.people] if found else []
    context = {"site": site, "form": form, "found": found, "hits": hits, "where": site.name}
    return render(request, "participants/people.html", context)


@page(Right.OPEN_PERSON, scope=queries.participant)
def person(request: Request, row: Participant) -> HttpResponse:
    """Somebody's page: what is known, with whom they live, their cards, who has read."""
    now = timezone.now()
    known = actions.open_person(row, by=request.user, now=now)
    home = households.home_of(row, on=service_day(now))
    context = {
        "person": row,
        "known": known,
        "sign": sign(row.id, known.alias),
        "facts": list(words.facts(row, known)),
        "suggestion": words.suggestion(known.facts),
        "home": home,
        "children": words.children(home.children),
        "since": service_day(row.registered_at),
        "cards": [
            (one, service_day(one.revoked_at or one.issued_at)) for one in queries.cards(row)
        ],
        "reads": told(queries.reads(row)[:ON_A_PAGE])[:LATEST],
        "may_keep": request.user.may(Right.KEEP_PERSON, row.places),
    }
    return render(request, "participants/person.html", context)


@page(Right.KEEP_PERSON, scope=queries.participant)
def edit(request: Request, row: Participant) -> HttpResponse:
    """What is known of somebody, to write down anew."""
    now = timezone.now()
    known = actions.open_person(row, by=request.user, now=now)
    form = forms.PersonForm(
        request.POST or None,
        row=row,
        known=known,
        young=request.user.may(Right.ADMIT_YOUNG, row.places),
        named=queries.deepest(row.register, on=service_day(now)) >= Depth.NAMED,
    )
    if form.is_valid() and unchanged(request, row, form=form) and kept(request, row, form, now):
        messages.success(request, _("Sparat."))
        return redirect(request, "participants:person", uuid=row.id)
    context = {"person": row, "known": known, "form": form}
    return render(request, "participants/edit.html", context)


def unchanged(request: Request, row: Participant, *, form: forms.PersonForm) -> bool:
    """Whether the form was filled in on what is still known; says so on the form if not."""
    if request.POST.get("version") == str(row.version):
        return True
    text = _("Någon annan ändrade medan du skrev. Titta igenom och spara igen.")
    form.add_error(None, text)
    return False


def kept(request: Request, row: Participant, form: forms.PersonForm, now: datetime) -> bool:
    """Whether what the form says is kept; says why on the form if not."""
    try:
        actions.keep(row, changes=form.changes, by=request.user, now=now)
    except Refused as refused:
        free = queries.free_aliases(row.register, form.cleaned_data["alias"])
        form.refuse(refused, free=free)
        return False
    return True


@page(Right.KEEP_PERSON, scope=queries.participant)
def step_down(request: Request, row: Participant) -> HttpResponse:
    """Ask once, then delete the name."""
    if request.method == "POST":
        actions.step_down(row, by=request.user, now=timezone.now())
        messages.success(request, _("Namnet är borttaget."))
        return redirect(request, "participants:person", uuid=row.id)
    return render(request, "participants/step_down.html", {"person": row})


@page(Right.OPEN_PERSON, scope=queries.participant)
def reads(request: Request, row: Participant) -> HttpResponse:
    """Everybody who has done or read anything of somebody."""
    now = timezone.now()
    known = actions.open_person(row, by=request.user, now=now)
    lines = Paginator(queries.reads(row), ON_A_PAGE).get_page(request.GET.get("sida"))
    context = {
        "person": row,
        "known": known,
        "page": lines,
        "reads": told(lines),
        "listed": queries.listed(row, since=now - LISTS_OF),
    }
    return render(request, "participants/reads.html", context)


def told(entries: Iterable[Entry]) -> list[words.Read]:
    """Lines of the log in words: when, who and what."""
    lines = list(entries)
    return words.reads(lines, names=organisations.names(lines))


@page(Right.KEEP_PERSON, scope=queries.participant)
@require_POST
def issue_card(request: Request, row: Participant) -> HttpResponse:
    """A new card, shown at once for printing."""
    card, _code = actions.issue_card(row, by=request.user, now=timezone.now())
    return redirect(request, "participants:card", uuid=row.id, card=card.id)


@page(Right.OPEN_PERSON, scope=queries.participant)
def card(request: Request, row: Participant, card: UUID) -> HttpResponse:
    """A card to print: its code as letters and as a square to scan."""
    shown = actions.show_card(row, card=card, by=request.user, now=timezone.now())
    if shown is None:
        raise Http404
    drawing = qr(shown.code)
    context = {"person": row, "shown": shown, "drawing": drawing}
    return render(request, "participants/card.html", context)


@page(Right.KEEP_PERSON, scope=queries.participant)
@require_POST
def revoke_card(request: Request, row: Participant, card: UUID) -> HttpResponse:
    """From now on the card finds nobody."""
    shown = queries.card(row, card)
    if shown is None:
        raise Http404
    actions.revoke_card(shown.card, by=request.user, now=timezone.now())
    messages.success(request, _("Kortet är spärrat."))
    return redirect(request, "participants:person", uuid=row.id)


@page(Right.SEE_DESK, scope=queries.participant)
@require_POST
def found_us(request: Request, row: Participant) -> HttpResponse:
    """The answer to how somebody found the way here; says nothing of what was known before."""
    form = forms.FoundUsForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    answer = form.cleaned_data["answer"]
    actions.found_us(row, answer=answer, by=request.user, now=timezone.now())
    return HttpResponse(status=204)


@page(Right.KEEP_PERSON, scope=queries.participant)
def household(request: Request, row: Participant) -> HttpResponse:
    """With whom somebody lives: add by search, let leave, count the children."""
    form = forms.MemberForm(request.POST) if request.method == "POST" else None
    return household_page(request, row, form=form)


def household_page(
    request: Request,
    row: Participant,
    *,
    form: forms.MemberForm | None = None,
    children: forms.ChildrenForm | None = None,
) -> HttpResponse:
    """The page of the household, with what a search found."""
    now = timezone.now()
    today = service_day(now)
    known = actions.open_person(row, by=request.user, now=now)
    home = households.home_of(row, on=today)
    left = who_left(request, row, now=now)
    context = {
        "person": row,
        "known": known,
        "home": home,
        "left": queries.opened(left) if left else None,
        "form": form or forms.MemberForm(initial={"on": today}),
        "children": children or forms.ChildrenForm(children=home.children),
        "on": today,
    }
    if form and form.is_valid():
        query = form.cleaned_data["query"]
        found = actions.search(row.register, query, by=request.user, now=now)
        hits = households.candidates(row, found, home=home, on=today)
        context |= {"found": found, "hits": hits, "on": form.cleaned_data["on"]}
    return render(request, "participants/household.html", context)


def day(request: Request, *, default: date) -> date:
    """The day that was chosen, today when none was."""
    form = forms.DayForm(request.POST)
    chosen: date = form.cleaned_data["on"] if form.is_valid() else default
    return chosen


@page(Right.KEEP_PERSON, scope=queries.participant)
@require_POST
def join(request: Request, row: Participant) -> HttpResponse:
    """Somebody found by search belongs to the household from a day on."""
    now = timezone.now()
    other = member(request, row)
    on = day(request, default=service_day(now))
    home = households.home_of(row, on=service_day(now)).household
    try:
        if home:
            households.join(home, participant=other, on=on, by=request.user, now=now)
        else:
            households.set_household([row, other], on=on, by=request.user, now=now)
    except Refused as refused:
        messages.error(request, words.WHY[refused.why])
    return redirect(request, "participants:household", uuid=row.id)


@page(Right.KEEP_PERSON, scope=queries.participant)
@require_POST
def leave(request: Request, row: Participant) -> HttpResponse:
    """Somebody in the household belongs to none from a day on."""
    now = timezone.now()
    other = member(request, row)
    on = day(request, default=service_day(now))
    try:
        left = households.leave(other, on=on, by=request.user, now=now)
    except Refused as refused:
        messages.error(request, words.WHY[refused.why])
        left = None
    if left:
        kept = {"page": row.id, "member": other.id, "at": now.isoformat()} | asdict(left)
        request.session[LEFT] = {name: str(value) for name, value in kept.items()}
    return redirect(request, "participants:household", uuid=row.id)


def who_left(request: Request, row: Participant, *, now: datetime) -> Participant | None:
    """Who just left the household by this page, in this log-in and the last hour."""
    kept = request.session.get(LEFT)
    if not kept or kept["page"] != str(row.id):
        return None
    if now - datetime.fromisoformat(kept["at"]) > AN_HOUR:
        return None
    return queries.participant(request.user, UUID(kept["member"]))


@page(Right.KEEP_PERSON, scope=queries.participant)
@require_POST
def rejoin(request: Request, row: Participant) -> HttpResponse:
    """Undo that somebody just left the household; asked twice it is undone once."""
    now = timezone.now()
    if other := who_left(request, row, now=now):
        kept = request.session.pop(LEFT)
        left = households.Left(
            UUID(kept["membership"]), UUID(kept["household"]), date.fromisoformat(kept["since"])
        )
        try:
            households.rejoin(other, left=left, by=request.user, now=now)
            messages.success(request, _("Tillbaka som det var."))
        except Refused as refused:
            messages.error(request, words.WHY[refused.why])
    return redirect(request, "participants:household", uuid=row.id)


def member(request: Request, row: Participant) -> Participant:
    """The person in the same register whose id was sent. Anybody else is 404."""
    try:
        uuid = UUID(request.POST.get("member", ""))
    except ValueError as wrong:
        raise Http404 from wrong
    other = queries.participant(request.user, uuid)
    if other is None or other.register_id != row.register_id:
        raise Http404
    return other


@page(Right.KEEP_PERSON, scope=queries.participant)
@require_POST
def children(request: Request, row: Participant) -> HttpResponse:
    """How many children of each band eat in the household."""
    now = timezone.now()
    today = service_day(now)
    form = forms.ChildrenForm(request.POST, children={})
    if not form.is_valid():
        return household_page(request, row, children=form)
    home = households.home_of(row, on=today).household
    if home is None:
        home = households.set_household([row], on=today, by=request.user, now=now)
    households.count_children(home, children=form.counted, by=request.user, now=now)
    messages.success(request, _("Sparat."))
    return redirect(request, "participants:household", uuid=row.id)
