"""What the views of a place share: the page around a form, the way back, and the undo."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.urls import reverse

from egenmakt.access.guard import Request
from egenmakt.access.rules import Right, Scope
from egenmakt.organisations import forms, queries, words
from egenmakt.organisations.dated import SORTS, RowForm, Sort
from egenmakt.organisations.models import Offering, OfSite, Site
from egenmakt.organisations.rules import Life, Refused, Timeline
from egenmakt.ui.pages import redirect, render

REMOVED: Final = "removed"
SOON: Final = 5
AN_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True)
class Shown:
    """A row in words, and where it is kept; nowhere for somebody who only reads."""

    line: words.Line
    href: str


def shown(rows: Iterable[OfSite], site: Site, *, today: date, keeps: bool) -> list[Shown]:
    """Rows about a site for the page, with the way to each where the reader keeps the site."""
    names = {sort.table: name for name, sort in SORTS.items()}
    return [
        Shown(
            words.line(row, today=today),
            address(site, "change", sort=names[type(row)], row_id=row.id) if keeps else "",
        )
        for row in rows
    ]


def split(
    rows: Timeline[Any], site: Site, *, today: date, keeps: bool
) -> Mapping[str, list[Shown]]:
    """What holds now or soon, what comes later, and what is past, in words."""
    coming = sorted(rows.coming, key=lambda row: row.life[0])
    past = sorted(rows.past, key=lambda row: row.life[0], reverse=True)
    parts = {"ahead": [*rows.now, *coming[:SOON]], "later": coming[SOON:], "past": past}
    return {name: shown(part, site, today=today, keeps=keeps) for name, part in parts.items()}


def grounds(offered: Iterable[Offering]) -> list[words.Line]:
    """Each legal ground and decision, and what is offered under it."""
    under: dict[tuple[str, str], list[str]] = {}
    for one in offered:
        under.setdefault((one.get_regime_display(), one.decision), []).append(one.service.name)
    return [
        words.Line(ground, words.joined(decision, ", ".join(names)))
        for (ground, decision), names in under.items()
    ]


def address(site: Site, name: str, **rest: object) -> str:
    """The address of one of the site's pages."""
    return reverse(f"organisations:{name}", kwargs={"slug": site.slug, **rest})


def sort_of(name: str) -> Sort:
    """The sort of thing that an address names; an unknown one is 404."""
    if name not in SORTS:
        raise Http404
    return SORTS[name]


def fetched(site: Site, *, sort: str, row_id: UUID) -> OfSite:
    """The site's own row; anything else is 404."""
    row = queries.row(sort_of(sort).table, site, row_id=row_id)
    if row is None:
        raise Http404
    return row


def first_values(request: Request, site: Site, *, today: date) -> dict[str, Any]:
    """What a new form begins with: today, and the service that was just made."""
    made = request.GET.get("service", "")
    service = next((one for one in queries.services(site) if one.slug == made), None)
    return {"valid_from": today, "starts_on": today, "on": today, "service": service}


def changed_form(kept: Sort, row: OfSite, *, data: Any, today: date) -> RowForm:
    """The form for changing a row: from today on where it holds now, else from its own start."""
    instance = row
    if kept.ends:
        instance = row.twin(valid_from=today if holds(row.life, today=today) else row.life[0])
    begun = {"seen": queries.fingerprint(row)}
    return kept.changed(data, instance=instance, today=today, initial=begun)


def holds(life: Life, *, today: date) -> bool:
    """Whether something holds today."""
    return life[0] <= today and (life[1] is None or today < life[1])


@contextmanager
def refusals_in(form: BaseForm, *, today: date) -> Iterator[None]:
    """Say in the form why a rule said no, instead of going on."""
    try:
        yield
    except Refused as refusal:
        forms.refuse(form, refusal, today=today)


def back(request: Request, site: Site, *, said: str) -> HttpResponse:
    """To the site's page, with word of what was done."""
    messages.success(request, said)
    return redirect(request, "organisations:site", slug=site.slug)


def form_page(request: Request, site: Site, form: BaseForm, **said: object) -> HttpResponse:
    """A page with one form about the site. `said` is its title, what the button says (submit),
    and where it is sent if not to its own address (action)."""
    known = {"form": form, "back_href": address(site, "site"), "back_label": site.name, **said}
    return render(request, "ui/form_page.html", known)


@dataclass(frozen=True)
class RowPage:
    """One row on a page of its own: the form that changes it, and the one that ends it."""

    form: RowForm
    ending: forms.EndForm | None = None

    def answer(self, request: Request, row: OfSite, *, today: date) -> HttpResponse:
        """The page, with the wish to take the row away where it was a mistake."""
        name, kept = next((name, kept) for name, kept in SORTS.items() if kept.table is type(row))
        begun = isinstance(row, Offering) and row.valid_from < today
        known = {
            "site": row.site,
            "row": row,
            "sort": name,
            "title": kept.change,
            "line": words.line(row, today=today),
            "form": self.form,
            "ending": self.ending or (ending_form(row) if kept.ends else None),
            "seen": None if begun else queries.fingerprint(row),
        }
        return render(request, "organisations/row.html", known)


def ending_form(row: OfSite) -> forms.EndForm:
    """The form for the last day of a row."""
    gone = row.life[1]
    last_on = gone - timedelta(days=1) if gone else None
    return forms.EndForm(initial={"seen": queries.fingerprint(row), "last_on": last_on})


def offer_undo(request: Request, site: Site, *, kept: str, said: str, now: datetime) -> None:
    """Keep what was just taken away within reach of *Ångra*, for this log-in and an hour."""
    request.session[REMOVED] = {
        "site": str(site.id),
        "kept": kept,
        "said": said,
        "at": now.isoformat(),
    }


def undo_offered(request: Request, site: Site, *, now: datetime) -> str:
    """What may be put back on this site just now, in words; nothing is an empty word."""
    taken = request.session.get(REMOVED)
    if not taken or taken["site"] != str(site.id):
        return ""
    if now - datetime.fromisoformat(taken["at"]) > AN_HOUR:
        return ""
    return str(taken["said"])


def keeps(request: Request, site: Site) -> bool:
    """Whether the reader may change what is written about the site."""
    return request.user.may(Right.KEEP_SITE, site.places)


def keeps_more(request: Request) -> bool:
    """Whether the reader keeps other places too, so that one may have taken over after another."""
    reach = request.user.reach(Right.KEEP_SITE)
    return reach.everywhere or len(reach.places) > 1 or not reach.of(Scope.SITE)
