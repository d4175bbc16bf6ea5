"""Agreements as an actor may fetch them, whose raw figures they may see, and the internal draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from egenmakt.access.guard import Actor
from egenmakt.access.rules import Right
from egenmakt.figures import catalogue
from egenmakt.figures.queries import annotations, has_figures, tables
from egenmakt.figures.rules import MEASURES, Table, until_today, year_before
from egenmakt.kit.calendar import Period
from egenmakt.kit.canonical import canonical, sha256_of
from egenmakt.organisations.models import Annotation, Organisation, Site
from egenmakt.partnerships.models import Agreement, AgreementQuerySet, Coverage, Party

DRAFTS = UUID("5b1f4a0e-7c53-4c1e-9a55-8a1de3a1c0f7")
EARLIEST = 1900
LONGEST = 5 * 366  # days: a term with a year to spare
NO_GATE = dict.fromkeys(("D", "sd", "threshold", "exact", "narrow"))


@dataclass(frozen=True)
class Part:
    """A party's sites in an agreement, as far as somebody may see their raw figures."""

    organisation: Organisation
    sites: tuple[Site, ...]
    whole: bool  # all of the party's sites that the agreement covers


@dataclass(frozen=True)
class Draft:
    """One part's figures for the days of a period that are over, not protected."""

    agreement: Agreement
    part: Part
    period: Period
    counted: Period
    tables: tuple[Table, ...]
    annotations: tuple[Annotation, ...]


def agreement(actor: Actor, slug: str) -> Agreement | None:
    """The agreement with this slug, when the actor's grants reach it."""
    return Agreement.objects.visible_to(actor).filter(slug=slug).first()


def agreements(actor: Actor) -> AgreementQuerySet:
    """The agreements whose follow-up the actor may open, with the parties' names at hand."""
    found = Agreement.objects.visible_to(actor, Right.SEE_RELEASES)
    return found.prefetch_related("parties__organisation")


def parties(agreement: Agreement) -> list[Organisation]:
    """Everyone who is party to it, those who run the sites first."""
    return [
        party.organisation
        for party in Party.objects.filter(agreement=agreement).select_related("organisation")
    ]


def sites(agreement: Agreement) -> list[Site]:
    """Every site that it covers."""
    rows = Coverage.objects.filter(agreement=agreement)
    return [row.site for row in rows.select_related("site__organisation", "site__register")]


def parts(actor: Actor, agreement: Agreement) -> list[Part]:
    """The parties whose raw figures the actor may see: a whole organisation's, or some sites'.

    Only grants on the organisation, the register or the site count: one on the agreement itself
    is a partner's, who sees what was released and nothing else.
    """
    reach = actor.reach(Right.SEE_FIGURES)
    covered = sites(agreement)
    rows = Party.objects.filter(agreement=agreement, with_figures=True)
    found = []
    for party in rows.select_related("organisation"):
        own = [site for site in covered if site.organisation_id == party.organisation_id]
        seen = tuple(site for site in own if reach.covers(site.places))
        if seen:
            found.append(Part(party.organisation, seen, whole=len(seen) == len(own)))
    return found


def years(part: Sequence[Part], *, agreement: Agreement, today: date) -> list[Period]:
    """The years from the agreement's first in which there is anything to show, latest first."""
    seen = [site for one in part for site in one.sites]
    every = [
        Period.parse(f"{year}") for year in range(today.year, agreement.starts_on.year - 1, -1)
    ]
    return [year for year in every if has_figures(seen, year)]


def period_in(text: str) -> Period | None:
    """The period that an address or a command names; None when it is none, or too long to count."""
    try:
        period = Period.parse(text)
    except ValueError:
        return None
    usual = period.starts_on.year >= EARLIEST and period.length <= LONGEST
    return period if usual else None


def draft(agreement: Agreement, part: Part, *, period: Period, today: date) -> Draft | None:
    """The part's figures for what is over of the period; None when it has not begun."""
    counted = until_today(period, today=today)
    if counted is None:
        return None
    part = replace(part, sites=there(part.sites, counted))
    return Draft(
        agreement=agreement,
        part=part,
        period=period,
        counted=counted,
        tables=tuple(tables(part.sites, counted)),
        annotations=tuple(annotations(part.sites, counted)),
    )


def there(sites: Sequence[Site], period: Period) -> tuple[Site, ...]:
    """The sites that existed in the period, or left figures in it all the same."""

    def lived(site: Site) -> bool:
        begun = site.opened_on < period.ends_before
        return begun and (site.closed_on is None or site.closed_on > period.starts_on)

    return tuple(site for site in sites if lived(site) or has_figures([site], period))


def draft_before(this: Draft, *, part: Part) -> Draft | None:
    """The same days a year earlier, of the part's sites then; None when nothing is left of them."""
    counted = year_before(this.counted)
    if not has_figures(part.sites, counted):
        return None
    return draft(this.agreement, part, period=counted, today=counted.ends_before)


def document(this: Draft) -> dict[str, Any]:
    """The draft as `docs/contracts.md` says: `egenmakt.draft/1`, hash and id made of its content.

    The same figures give the same document, so that a page and a file can be held side by side.
    """
    content: dict[str, Any] = {
        "format": "egenmakt.draft/1",
        "id": None,
        "version": None,
        "replaces": None,
        "agreement": this.agreement.slug,
        "party": this.part.organisation.slug,
        "period": {"from": str(this.period.starts_on), "to": str(this.period.last_day)},
        "cut_off": str(this.counted.last_day),
        "gate": NO_GATE,
        "measures": [catalogue.described(code) for code in MEASURES],
        "tables": [table.as_json() for table in this.tables],
        "goals": [],
        "contributions": [],
        "texts": [
            {"kind": "annotation", "site": one.site.slug, "on": str(one.on), "text": one.text}
            for one in this.annotations
        ],
        "development": [],
    }
    content["id"] = str(uuid5(DRAFTS, canonical(content).decode()))
    return content | {"sha256": sha256_of(content)}
