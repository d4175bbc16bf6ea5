"""Counts that others kept, taken in from the shell, and an import taken back."""

from argparse import Namespace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone, translation

from egenmakt.access.guard import Command
from egenmakt.config.commands.device import site_named
from egenmakt.config.commands.refusals import BadUsage, Refused
from egenmakt.exchange import queries, tables, words
from egenmakt.exchange.bounds import MAX_BYTES, Trouble, Unreadable
from egenmakt.exchange.rules import Counted, Plan, Sheet
from egenmakt.figures import actions
from egenmakt.figures.intake import Intake
from egenmakt.figures.models import ImportRun
from egenmakt.figures.rules import MEASURES
from egenmakt.kit.calendar import service_day

SHELL = Command("import")
TOLD = 10


@translation.override("en")
def counts(args: Namespace) -> dict[str, Any]:
    """Take a file in, all or nothing. Row errors refuse it; a dry run stores nothing at all."""
    now = timezone.now()
    site = site_named(args.site)
    of = counted(args)
    sheet = sheet_in(args.file, args.sheet)
    judged = queries.intake(site, sheet, plan_for(args, sheet), of=of, today=service_day(now))
    intake = queries.foreseen(site, judged)
    run = None
    if not args.dry_run:
        run = actions.take_in(site, judged, run=uuid4(), by=SHELL, now=now)
        if not run.stored:
            intake = queries.foreseen(site, judged)
    answer = told(intake, run)
    if intake.faults:
        raise Refused(complaint(intake), **answer)
    if not args.json:
        print(
            "{rows} rows: {values} values, {missing} missing, {unchanged} unchanged".format(
                **answer
            )
        )
        print(f"Run {run.id}" if run else "Nothing is stored: this was a dry run.")
    return answer


def told(intake: Intake, run: ImportRun | None) -> dict[str, Any]:
    """What came of it, for a program."""
    return {
        "run": str(run.id) if run else None,
        "rows": intake.rows,
        "stored": bool(run and run.stored),
        "values": intake.values,
        "missing": intake.missing,
        "unchanged": intake.unchanged,
        "errors": [
            {
                "row": fault.row,
                "reason": str(fault.reason),
                "text": words.reason(fault.reason),
                "cells": fault.cells,
            }
            for fault in intake.faults
        ],
    }


def complaint(intake: Intake) -> str:
    """The first rows that cannot be taken in, each with its reason and its cells."""
    lines = [f"{len(intake.faults)} of {intake.rows} rows cannot be taken in. Nothing is stored."]
    lines += [
        f"Row {fault.row}: {words.reason(fault.reason)}  {' | '.join(fault.cells)[:200]}"
        for fault in intake.faults[:TOLD]
    ]
    return "\n".join(lines)


def counted(args: Namespace) -> Counted:
    """What is counted, how that is known and who says so."""
    importable = [code for code, one in MEASURES.items() if one.imported]
    if args.measure not in importable:
        raise BadUsage(f"--measure is one of: {' '.join(importable)}.")
    source = args.source.strip()
    if not source or len(source) > 300 or not source.isprintable():
        raise BadUsage("--source says in at most 300 characters where the counts come from.")
    return Counted(args.measure, args.known, source)


def sheet_in(name: str, sheet: str) -> Sheet:
    """The table in a file. Raises BadUsage with what is wrong with it."""
    try:
        path = Path(name)
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(Trouble.BIG)
        return tables.read(path.read_bytes(), sheet)
    except OSError as wrong:
        raise BadUsage(f"{name}: {wrong.strerror}.") from wrong
    except Unreadable as unreadable:
        raise BadUsage(f"{name}: {words.trouble(unreadable)}") from unreadable


def plan_for(args: Namespace, sheet: Sheet) -> Plan:
    """Which column says what. Raises BadUsage for one that is not there, naming those that are."""
    where = None
    if args.where is not None:
        column, said, text = args.where.partition("=")
        if not said:
            raise BadUsage("--where is COLUMN=TEXT.")
        where = (column, text)
    wanted = [args.date, args.value, *([where[0]] if where else [])]
    for column in wanted:
        if column not in sheet.columns:
            raise BadUsage(f"No column is called {column}. There are: {', '.join(sheet.columns)}.")
    if args.date == args.value:
        raise BadUsage("--date and --value are two columns.")
    return Plan(args.date, args.value, where, tuple(args.missing), args.zero == "missing")


def undo(args: Namespace) -> dict[str, Any]:
    """Take a run back. Twice is once; a run that was refused stored nothing."""
    try:
        run = queries.run_anywhere(UUID(args.run))
    except ValueError as wrong:
        raise BadUsage("A run is named by the id that the import printed.") from wrong
    if run is None:
        raise BadUsage("There is no such run.")
    if not run.stored:
        raise Refused("Nothing of that run was stored.", run=str(run.id))
    run = actions.undo_run(run, by=SHELL, now=timezone.now())
    if not args.json:
        print(f"Run {run.id} is undone.")
    return {"run": str(run.id), "undone": run.undone_at}
