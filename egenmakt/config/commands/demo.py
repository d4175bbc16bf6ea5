"""Building the demo world in a home of its own, once, and building it anew when asked."""

import fcntl
import json
import os
import shutil
import sys
import time
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from egenmakt.config.commands.refusals import BadUsage, Refused
from egenmakt.kit.calendar import service_day

STATE = "demo.json"
OF_THE_DEMO = ("data.sqlite3*", "keys", "master.key", "session.key", STATE)


@dataclass(frozen=True)
class State:
    """What demo.json says. `built` is begun, places, filling or all; found at rest, begun and
    filling mean that a build was interrupted. `tables` tells which tables it was built for."""

    today: str
    small: bool
    tables: str
    built: str = "begun"


def build(args: Namespace) -> dict[str, Any]:
    """Build the demo world unless it is built; `--places` leaves the years to a second call."""
    today = day_of(args.today)
    home = Path(os.environ.setdefault("EGENMAKT_HOME", "var/demo")).absolute()
    home.mkdir(parents=True, exist_ok=True)
    with turn(home / "building.lock"):
        known = found(home, args)
        state = known or begin(home, State(str(today), args.small, tables()))
        if args.places or state != known or state.built == "all":
            show_log_ins()
        if state.built == "places" and not args.places:
            state = fill(home, state)
    if known == state:
        tell(f"It stood already, up to {state.today}. For a new one: egenmakt demo --fresh")
    return {"home": str(home), **asdict(state)}


@contextmanager
def turn(lock: Path) -> Iterator[None]:
    """Build one at a time: a second call waits for the first."""
    with lock.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            tell("The demo is being built already. Waiting …")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def unserved(home: Path) -> Iterator[None]:
    """Keep every server away while the files change. Raises Refused when one is at work."""
    with (home / "serving.lock").open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Refused("The demo is being served. Stop the server first.") from held
        yield


def found(home: Path, args: Namespace) -> State | None:
    """The world that is here, whole or waiting for its years; None when one must be begun.

    What is left of an interrupted build or made for other tables, and all of it with `--fresh`,
    is swept away first. Raises Refused when the home holds something else, or another world than
    asked for.
    """
    file = home / STATE
    if not file.exists():
        if (home / "data.sqlite3").exists():
            raise Refused(f"{home} holds data that is not a demo. Nothing was touched.")
        return None
    state = State(**{"tables": "", **json.loads(file.read_text())})
    if args.fresh or state.built in {"begun", "filling"} or state.tables != tables():
        sweep(home)
        return None
    if (args.today and args.today != state.today) or (args.small and not state.small):
        raise Refused(f"Another demo world is here, up to {state.today}. Add --fresh.")
    return state


def tables() -> str:
    """A word that changes with every migration of the house."""
    files = sorted(Path(__file__).parents[2].glob("*/migrations/*.py"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def sweep(home: Path) -> None:
    """Delete the demo's own files. Refused while it is served, or lies in other databases."""
    if os.environ.get("DATABASE_URL") or os.environ.get("KEYS_URL"):
        raise Refused("The demo's databases are not files: empty them and delete demo.json.")
    with unserved(home):
        for pattern in OF_THE_DEMO:
            for path in home.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def begin(home: Path, state: State) -> State:
    """Make the home, its key, both databases, the places and the log-ins."""
    keep(home, state)
    started = time.monotonic()
    world = loaded()
    make_databases()
    world.build_standing(wish_of(state), now=datetime.now(UTC))
    state = keep(home, replace(state, built="places"))
    tell(f"Places and log-ins after {time.monotonic() - started:.1f} s.")
    return state


def fill(home: Path, state: State) -> State:
    """Let the made-up people come through the years, beside a server or not."""
    world = loaded()
    keep(home, replace(state, built="filling"))
    started = time.monotonic()

    def told(line: str) -> None:
        tell(f"{time.monotonic() - started:>6.1f} s {line}")

    made = world.build_years(wish_of(state), now=datetime.now(UTC), tell=told)
    told(" 100%  " + ", ".join(f"{count} {what}" for what, count in made.items()))
    return keep(home, replace(state, built="all"))


def keep(home: Path, state: State) -> State:
    """Write down how far the build has come, in one stroke."""
    fresh = home / f"{STATE}.new"
    fresh.write_text(json.dumps(asdict(state)))
    fresh.replace(home / STATE)
    return state


def loaded() -> Any:
    """The builder, once the framework is loaded with the demo's settings."""
    import django

    django.setup()
    from egenmakt.world import build as world

    return world


def make_databases() -> None:
    """The master key and the tables. Raises Refused when the databases hold something already."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connections

    from egenmakt.vault import masterkey

    if not Path(settings.MASTER_KEY_FILE).exists():
        masterkey.create(Path(settings.MASTER_KEY_FILE))
    for alias in connections:
        if connections[alias].introspection.table_names():
            raise Refused(f"The database «{alias}» is not empty. Nothing was touched.")
        call_command("migrate", database=alias, verbosity=0)


def wish_of(state: State) -> Any:
    """The state in the builder's words."""
    return loaded().Wish(today=date.fromisoformat(state.today), small=state.small)


def day_of(text: str | None) -> date:
    """The day that the world ends on: the one asked for, or the real today."""
    try:
        return date.fromisoformat(text) if text else service_day(datetime.now(UTC))
    except ValueError as wrong:
        raise BadUsage("--today is a day such as 2026-11-22.") from wrong


def show_log_ins() -> None:
    """Who can log in, and with what."""
    from egenmakt.world.log_ins import ROLES, SAME_FOR_ALL, SITES

    tell(f"Log in as ROLE@SITE.demo with the password {SAME_FOR_ALL}")
    tell(f"  ROLE  {' '.join(ROLES)}")
    tell(f"  SITE  {' '.join(SITES)} (the last: {', '.join(SITES['new-york'])})")


def tell(line: str) -> None:
    """Say something to whoever waits at the shell."""
    print(line, file=sys.stderr, flush=True)
