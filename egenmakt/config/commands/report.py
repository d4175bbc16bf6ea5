"""Writing an agreement's figures for a period to a file."""

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone

from egenmakt.access.guard import Command
from egenmakt.config.commands.refusals import BadUsage
from egenmakt.kit.calendar import service_day
from egenmakt.partnerships import actions, queries
from egenmakt.partnerships.layout import Layout, in_groups
from egenmakt.partnerships.models import Agreement
from egenmakt.partnerships.queries import Draft, Part

SHELL = Command("report")


def write(args: Namespace) -> dict[str, Any]:
    """Write the internal draft of one party. Unknown names and a future period are bad usage."""
    agreement = queries.agreement(SHELL, args.agreement)
    if agreement is None:
        raise BadUsage(f"There is no agreement called {args.agreement}.")
    part = part_named(agreement, args.party)
    period = queries.period_in(args.period)
    if period is None:
        raise BadUsage("A period is 2024, 2024-07 or 2024-01-01..2024-06-30, five years at most.")
    now = timezone.now()
    draft = queries.draft(agreement, part, period=period, today=service_day(now))
    if draft is None:
        raise BadUsage(f"The period {period} has not begun.")
    document = queries.document(draft)
    text = as_html(draft, document) if args.format == "html" else as_json(document)
    try:
        Path(args.out).write_text(text, encoding="utf-8")
    except OSError as wrong:
        raise BadUsage(f"{args.out} cannot be written: {wrong.strerror}.") from wrong
    actions.open_draft(draft.part.sites, by=SHELL, now=now)
    if not args.json:
        print(args.out)
    names = ("id", "sha256", "agreement", "party", "period")
    return {"file": args.out, **{name: document[name] for name in names}}


def part_named(agreement: Agreement, slug: str | None) -> Part:
    """The party with figures of its own. None named is fine when there is only one."""
    parts = {part.organisation.slug: part for part in queries.parts(SHELL, agreement)}
    if slug is None and len(parts) == 1:
        return next(iter(parts.values()))
    if slug in parts:
        return parts[slug]
    wish = f"{slug} has no figures in it" if slug else "Several parties have figures in it"
    raise BadUsage(f"{wish}: name one of {', '.join(sorted(parts))} with --party.")


def as_json(document: dict[str, Any]) -> str:
    """The document as a file."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def as_html(draft: Draft, document: dict[str, Any]) -> str:
    """The same document as a page that opens alone: its look lies in the file itself."""
    look = Path(str(finders.find("ui/egenmakt.css"))).read_text(encoding="utf-8")
    known = {
        "agreement": draft.agreement,
        "layout": Layout(draft),
        "number": in_groups(document["sha256"]),
        "today": service_day(timezone.now()),
        "demo": settings.DEMO,
        "look": look,
    }
    return render_to_string("partnerships/draft_file.html", known)
