"""`./dev bench`: every figure the issues ask for, best of three, with the load beside it."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROUNDS = 3


def best(rounds: Callable[[], float]) -> float:
    """The best of three, since others share the machine."""
    return min(rounds() for _ in range(ROUNDS))


def say(name: str, figure: str, bar: str = "") -> None:
    """One line: what, how much, and the bar it is held to."""
    load = os.getloadavg()[0]
    print(f"{name:<58} {figure:>16}   {bar:<26} load {load:.1f}", flush=True)


def milliseconds(work: Callable[[], Any], *, times: int) -> list[float]:
    """How long each of `times` runs took."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        took.append((time.perf_counter() - start) * 1000)
    return took


def prepare() -> None:
    """A home of its own, with the places and log-ins of the world."""
    home = Path(tempfile.mkdtemp(prefix="egenmakt-bench-"))
    (home / "demo.json").write_text("{}")
    (home / "static").mkdir()
    os.environ["EGENMAKT_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "egenmakt.config.settings"
    import django
    from django.conf import settings

    django.setup()
    settings.ROOT_URLCONF = "tools.bench_urls"
    settings.ALLOWED_HOSTS = ["*"]
    from django.core.management import call_command
    from django.utils import timezone

    from egenmakt.kit.calendar import service_day
    from egenmakt.vault import masterkey
    from egenmakt.world.places import build_places
    from egenmakt.world.users import build_users
    from tools import bench_urls

    masterkey.create(settings.MASTER_KEY_FILE)
    for alias in ("default", "keys"):
        call_command("migrate", database=alias, verbosity=0)
    now = timezone.now()
    build_places(today=service_day(now))
    build_users(now=now)
    bench_urls.SITES.append(site("sion"))


def site(slug: str) -> Any:
    """A site of the world."""
    from egenmakt.organisations.models import Site

    return Site.objects.select_related("register").get(slug=slug)


def people(slug: str, *, number: int) -> list[Any]:
    """So many made-up people in the site's register."""
    from django.utils import timezone

    from egenmakt.access.guard import Command
    from egenmakt.participants.actions import Newcomer, welcome
    from egenmakt.world.names import staff

    names = [next(given) for given in [staff()] for _ in range(40)]
    made: list[Any] = []
    for start in range(0, number, 500):
        some = range(start, min(start + 500, number))
        new = [Newcomer(uuid.uuid4(), f"{names[n % len(names)]} {n}") for n in some]
        made += welcome(
            site(slug).register, new, by=Command("bench"), now=timezone.now(), run="bench"
        )
    return made


def earlier_visits(slug: str, who: list[Any], *, numbers: range, service: str = "kaffe") -> None:
    """Visits and provisions of these numbers, everybody once a day, backwards from yesterday."""
    from django.utils import timezone

    from egenmakt.organisations.models import Service
    from egenmakt.provisions.models import Provision
    from egenmakt.visits.models import Visit

    here = site(slug)
    given = Service.objects.get(organisation=here.organisation, slug=service)
    now = timezone.now()

    def rows() -> Iterator[dict[str, Any]]:
        for n in numbers:
            at = now - timedelta(days=1 + n // len(who))
            yield {
                "id": uuid.uuid4(),
                "site_id": here.id,
                "participant_id": who[n % len(who)].id,
                "at": at,
                "service_day": at.date(),
            }

    Visit.objects.bulk_create((Visit(**row) for row in rows()), batch_size=5000)
    provisions = (Provision(**row, service=given) for row in rows())
    Provision.objects.bulk_create(provisions, batch_size=5000)


def client(role: str, slug: str) -> Any:
    """A logged-in client."""
    from django.test import Client

    from egenmakt.access.models import User

    made = Client()
    made.force_login(User.objects.get(email=f"{role}@{slug}.demo"))
    return made


def batch(who: Any, *, services: tuple[str, ...]) -> dict[str, Any]:
    """A visit and services, as the desk sends them."""
    from django.utils import timezone

    now = timezone.now().isoformat()
    common = {"mode": "ask", "at": now, "site": "sion", "who": {"participant": str(who.id)}}
    kinds = [{"kind": "visit"}] + [{"kind": "provision", "service": one} for one in services]
    items = [common | kind | {"id": str(uuid.uuid4())} for kind in kinds]
    return {"sent_at": now, "items": items}


def registrations() -> None:
    """A registration with two services against a bare insert, at 3 000 and 300 000 visits."""
    who = people("sion", number=2800)
    desk = client("vard", "sion")
    turn = iter(range(10**9))

    def register() -> None:
        one = who[next(turn) % len(who)]
        body = json.dumps(batch(one, services=("matkasse", "kaffe")))
        answer = desk.post("/api/v1/registrations", body, content_type="application/json")
        assert answer.status_code == 200, answer.content

    def bare() -> None:
        assert desk.post("/bare/").status_code == 200

    against: dict[int, float] = {}
    held = 0
    for number in (3_000, 300_000):
        earlier_visits("sion", who, numbers=range(held, number))
        held = number
        rounds = [in_turn(register, bare, times=150) for _ in range(ROUNDS)]
        cost, p95, against[number] = min(rounds, key=lambda one: one[2])
        say(
            f"registration, visit + 2 services, {number} earlier visits",
            f"{cost:.1f} ms p95 {p95:.1f}",
        )
        say("  against a bare view (log-in, one insert)", f"{against[number]:.2f} ×", "at most 4 ×")
    say(
        "  300 000 against 3 000, each by its bare view",
        f"{against[300_000] / against[3_000]:.2f} ×",
        "1 ×",
    )


def in_turn(
    work: Callable[[], Any], bare: Callable[[], Any], *, times: int
) -> tuple[float, float, float]:
    """Both by turns, so that others' load falls on both: median and p95 of `work`, the ratio."""
    work(), bare()
    took = [(milliseconds(work, times=1)[0], milliseconds(bare, times=1)[0]) for _ in range(times)]
    of_work, of_bare = [one for one, _ in took], [one for _, one in took]
    return median(of_work), quantiles(of_work, n=20)[-1], median(of_work) / median(of_bare)


def search() -> None:
    """Finding the right person among 10 000."""
    from egenmakt.participants.queries import find

    people("kontaktcentrum", number=10_000)
    register = site("kontaktcentrum").register
    start = time.perf_counter()
    find(register, "björken", limit=8)
    say("name index of 10 000 people, first search", f"{time.perf_counter() - start:.2f} s")
    queries = ["bj", "kapten", "mohamed", "zeinab 41", "x", "fågel", "selma"]
    took = [
        best(lambda q=q: median(milliseconds(lambda: find(register, q), times=10))) for q in queries
    ]
    say("search among 10 000, slowest of seven", f"{max(took):.1f} ms", "at most 50 ms")


def draft() -> None:
    """The draft of the last year at one site, with 30 000 visits in it."""
    from django.utils import timezone

    earlier_visits(
        "norrtalje", people("norrtalje", number=82), numbers=range(30_000), service="fika"
    )
    today = timezone.now().date()
    period = f"{today - timedelta(days=365)}..{today - timedelta(days=1)}"
    director = client("verksamhetschef", "norrtalje")

    def page() -> None:
        answer = director.get(f"/uppfoljning/norrtalje-iop/{period}/")
        assert "29\u00a0930" in answer.content.decode(), "82 people on each of 365 days"

    took = best(lambda: median(milliseconds(page, times=3)))
    say(
        "draft of a year, one site, 30 000 visits, as a page", f"{took / 1000:.2f} s", "at most 1 s"
    )


def commands() -> None:
    """How soon the command answers."""
    command = Path(sys.executable).with_name("egenmakt")
    took = best(
        lambda: milliseconds(
            lambda: subprocess.run([command, "--help"], capture_output=True), times=1
        )[0]
    )
    say("egenmakt --help", f"{took:.0f} ms", "at most 500 ms")


def demo() -> None:
    """How long the demo world takes to build, and to find that it stands."""
    command = Path(sys.executable).with_name("egenmakt")
    home = tempfile.mkdtemp(prefix="egenmakt-demo-")
    environment = os.environ | {"EGENMAKT_HOME": home}
    for name, bar in (
        ("demo world from nothing", "at most 90 s"),
        ("demo, second time", "at most 5 s"),
    ):
        start = time.perf_counter()
        subprocess.run([command, "demo"], env=environment, capture_output=True, check=True)
        say(name, f"{time.perf_counter() - start:.1f} s", bar)


def hostile() -> None:
    """Every form and registration with all 500 naughty strings."""
    start = time.perf_counter()
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:xdist",
            "egenmakt/config/tests/test_hostile.py",
        ],
        env=os.environ | {"NAUGHTY_STRINGS": "500"},
        capture_output=True,
        text=True,
    )
    took = f"{time.perf_counter() - start:.0f} s"
    say(f"500 naughty strings: {done.stdout.strip().splitlines()[-1]}", took, "no 500, no change")


BENCHES = [commands, registrations, search, draft, demo, hostile]


def main() -> None:
    """Run the benches named, or all."""
    names = [bench.__name__ for bench in BENCHES]
    words = argparse.ArgumentParser(prog="./dev bench")
    words.add_argument("bench", nargs="*", choices=[*names, []], help="which; all by default")
    wanted = words.parse_args().bench or names
    prepare()
    for bench in BENCHES:
        if bench.__name__ in wanted:
            bench()


if __name__ == "__main__":
    main()
