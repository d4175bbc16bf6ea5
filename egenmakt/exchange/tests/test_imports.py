"""A file is taken in whole or not at all, once, by whoever may, and can be taken back."""

import csv
import io
import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from egenmakt.audit.models import Entry
from egenmakt.config import cli
from egenmakt.conftest import TESTER, World
from egenmakt.exchange import actions, queries
from egenmakt.exchange.models import Upload
from egenmakt.exchange.tests.files import shared, workbook
from egenmakt.figures import actions as figures
from egenmakt.figures.intake import Intake, Reported
from egenmakt.figures.models import DayValue, ImportRun
from egenmakt.kit.spreadsheets import harmless

CLIENTS = "Drop-in Center Clients Served"
COLUMNS = {
    "measure": "visits",
    "date": "dag",
    "value": "antal",
    "where": "[]",
    "missing": "NA, -",
    "zero": "zero",
    "known": "counted",
    "source": "Dagböckerna 2024",
}
DAYS = "dag;antal\n2024-01-29;12\n2024-01-30;NA\n2024-01-31;0\n"
HOSTILE = '=HYPERLINK("http://x")'


def chef(world: World, site: str = "iogt-nto") -> Client:
    """A site manager."""
    return world.client("chef", site)


def sent(client: Client, content: str | bytes, site: str = "iogt-nto", name: str = "x.csv") -> Any:
    """A file, uploaded on the page."""
    data = content.encode() if isinstance(content, str) else content
    return client.post(f"/siffror/{site}/ny/", {"file": SimpleUploadedFile(name, data)})


def chosen(client: Client, content: str | bytes, **other: str) -> tuple[str, Any]:
    """The address of an uploaded file, and what came of choosing its columns."""
    address = sent(client, content)["Location"]
    return address, client.post(address, COLUMNS | other)


def taken_in(client: Client, content: str | bytes, **other: str) -> ImportRun:
    """A file all the way through the pages."""
    address, answer = chosen(client, content, **other)
    assert answer["Location"] == f"{address}granska/"
    seen = client.get(answer["Location"]).context["seen"]
    done = client.post(f"{address}ta-in/", {"seen": seen})
    return ImportRun.objects.get(id=done["Location"].split("/")[-2])


def held() -> dict[date, int | None]:
    """What is held at the site."""
    return dict(DayValue.objects.values_list("day", "value"))


def test_a_file_is_looked_through_taken_in_and_taken_back(world: World) -> None:
    client = chef(world)
    run = taken_in(client, DAYS)
    assert held() == {date(2024, 1, 29): 12, date(2024, 1, 30): None, date(2024, 1, 31): 0}
    assert (run.measure, run.known, run.source) == ("visits", "counted", "Dagböckerna 2024")
    assert run.by == world.user("chef", "iogt-nto").id
    assert not Upload.objects.exists()
    page = client.get(f"/siffror/iogt-nto/{run.id}/").content.decode()
    assert "3 rader: 2 värden, 1 saknad dag, 0 fel" in page
    for _ in range(2):
        client.post(f"/siffror/iogt-nto/{run.id}/angra/")
    assert held() == {}
    assert taken_in(client, DAYS).stored
    acts = Entry.objects.filter(action__startswith="figures.").values_list("action", flat=True)
    assert sorted(acts) == ["figures.take_in", "figures.take_in", "figures.undo_take_in"]


def test_the_same_day_again_is_nothing_new_and_another_value_is_refused(world: World) -> None:
    client = chef(world)
    first = taken_in(client, DAYS)
    again = taken_in(client, DAYS + "2024-02-01;7\n")
    assert (again.unchanged, DayValue.objects.filter(run=again).count()) == (3, 1)
    address, _ = chosen(client, DAYS)
    assert "Allt i filen är redan intaget." in client.get(f"{address}granska/").content.decode()
    _, answer = chosen(client, "dag;antal\n2024-01-29;13\n2024-02-02;5\n")
    refused = ImportRun.objects.get(stored=False)
    assert answer["Location"] == f"/siffror/iogt-nto/{refused.id}/"
    assert refused.errors == [[2, "held", ["2024-01-29", "13"]]]
    assert date(2024, 2, 2) not in held()
    assert "försvinner också" in client.get(f"/siffror/iogt-nto/{first.id}/").content.decode()
    client.post(f"/siffror/iogt-nto/{first.id}/angra/")
    assert held() == {date(2024, 2, 1): 7}


def test_one_bad_row_keeps_everything_out_and_every_bad_row_is_told(world: World) -> None:
    client = chef(world)
    rows = f"2024-01-29;12;a\n{HOSTILE};5;b\n2024-01-31;<script>x</script>;@SUM(A1)\n"
    address, answer = chosen(client, "dag;antal;not\n" + rows)
    assert held() == {}
    page = client.get(answer["Location"]).content.decode()
    assert "2 av 3 rader behöver rättas." in page
    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
    file = client.get(f"{answer['Location']}fel.csv")
    assert file["Content-Type"].startswith("text/csv")
    text = file.content.decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert table[0] == ["rad", "varför", "dag", "antal", "not"]
    assert [row[0] for row in table[1:]] == ["3", "4"]
    assert table[1][2] == f"'{HOSTILE}"
    assert table[2][4] == "'@SUM(A1)"
    # The file is still there, and a mended choice takes the place of the refused attempt.
    mended = {"where": json.dumps(["not", "a"])}
    client.post(address, COLUMNS | mended)
    seen = client.get(f"{address}granska/").context["seen"]
    client.post(f"{address}ta-in/", {"seen": seen})
    assert ImportRun.objects.get().stored
    assert held() == {date(2024, 1, 29): 12}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\uff1d"])
def test_nothing_that_is_exported_starts_a_formula(start: str) -> None:
    assert harmless(f"{start}1+1").startswith("'")
    assert harmless(f"1{start}1") == f"1{start}1"


def test_confirming_twice_gives_one_import(world: World) -> None:
    client = chef(world)
    address, _ = chosen(client, DAYS)
    seen = client.get(f"{address}granska/").context["seen"]
    upload = Upload.objects.get()
    answers = [client.post(f"{address}ta-in/", {"seen": seen})["Location"] for _ in range(2)]
    assert answers[0] == answers[1]
    # A second server process that had read the file before the first one was done.
    late = actions.take_in(upload, by=TESTER, now=world.now)
    assert late.id == ImportRun.objects.get().id
    assert len(held()) == 3


def test_what_is_taken_in_is_what_was_looked_at(world: World) -> None:
    client = chef(world)
    address, _ = chosen(client, DAYS)
    seen = client.get(f"{address}granska/").context["seen"]
    client.post(address, COLUMNS | {"zero": "missing"})
    answer = client.post(f"{address}ta-in/", {"seen": seen})
    assert answer["Location"] == f"{address}granska/"
    assert not ImportRun.objects.exists()


def test_two_files_at_once_do_not_both_say_what_a_day_was(world: World) -> None:
    client, other = chef(world), world.client("verksamhetschef", "iogt-nto")
    one, _ = chosen(client, DAYS)
    two, _ = chosen(other, DAYS.replace("12", "13"))
    for who, address in ((client, one), (other, two)):
        seen = who.get(f"{address}granska/").context["seen"]
        answer = who.post(f"{address}ta-in/", {"seen": seen})
    assert held()[date(2024, 1, 29)] == 12
    assert "Inget är intaget än" in other.get(answer["Location"]).content.decode()


def test_a_workbook_with_several_sheets_asks_which(world: World) -> None:
    client = chef(world)
    rows: list[list[object]] = [["dag", "antal"], [date(2024, 1, 31), 9]]
    content = workbook(("Besök", rows), ("Anteckningar", [["bara", "text"], ["a", "b"]]))
    address = sent(client, content, name="bok.xlsx")["Location"]
    assert client.get(address)["Location"] == f"{address}blad/"
    assert client.post(f"{address}blad/", {"sheet": "Finns inte"}).status_code == 200
    assert client.post(f"{address}blad/", {"sheet": "Besök"})["Location"] == address
    assert client.post(address, COLUMNS)["Location"] == f"{address}granska/"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "tom"),
        (b"\x00\x01", "ingen tabell"),
        (b"PK\x03\x04", "skadad"),
        (b"dag\n2024-01-31\n", "minst två kolumner"),
        (b"dag;antal" + b";" * 1_000_000 + b"x\n", "1\u00a0000 kolumner"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    world: World, content: bytes, said: str
) -> None:
    answer = sent(chef(world), content)
    assert answer.status_code == 200
    assert said in answer.content.decode().replace("1 000", "1\u00a0000")
    assert not Upload.objects.exists()


def test_what_was_chosen_is_still_there_after_an_error(world: World) -> None:
    client = chef(world)
    _, answer = chosen(client, DAYS, value="dag", source="<b>Olle</b> & co")
    page = answer.content.decode()
    assert "Välj en annan kolumn än den med datum." in page
    assert "&lt;b&gt;Olle&lt;/b&gt; &amp; co" in page


def test_who_has_several_sites_chooses_and_who_has_one_is_there(world: World) -> None:
    page = world.client("verksamhetschef", "city").get("/siffror/").content.decode()
    assert "/siffror/varberg/" in page
    assert "/siffror/sion/" not in page
    assert chef(world).get("/siffror/")["Location"] == "/siffror/iogt-nto/"


@pytest.mark.parametrize("role", ["vard", "kamrat", "ombud", "handledare", "kommun", "dso"])
def test_other_roles_take_nothing_in(world: World, role: str) -> None:
    client = world.client(role, "sion")
    assert client.get("/siffror/").status_code == 403
    answer = sent(client, DAYS, "sion")
    assert answer.status_code == (404 if role == "kommun" else 403)
    assert not Upload.objects.exists()


def test_another_site_and_anothers_file_are_not_there(world: World) -> None:
    mine = chef(world)
    address, _ = chosen(mine, DAYS)
    run = taken_in(mine, "dag;antal\n2024-03-01;4\n")
    stranger = chef(world, "sion")
    colleague = world.client("verksamhetschef", "iogt-nto")
    for client in (stranger, colleague):
        for page in ("", "granska/", "blad/"):
            assert client.get(f"{address}{page}").status_code == 404
        assert client.post(f"{address}ta-in/", {"seen": ""}).status_code == 404
        client.post(f"{address}slang/")
    assert Upload.objects.count() == 1
    for page in (f"{run.id}/", f"{run.id}/fel.csv", "", "ny/"):
        assert stranger.get(f"/siffror/iogt-nto/{page}").status_code == 404
        assert colleague.get(f"/siffror/iogt-nto/{page}").status_code == 200
    assert stranger.post(f"/siffror/iogt-nto/{run.id}/angra/").status_code == 404
    assert stranger.post(f"/siffror/sion/{run.id}/angra/").status_code == 404
    assert mine.get(f"/siffror/iogt-nto/{run.id}/angra/").status_code == 405
    assert date(2024, 3, 1) in held()


def test_a_forged_form_takes_nothing_in(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.user("chef", "iogt-nto"))
    assert sent(client, DAYS).status_code == 403


def test_a_file_is_gone_after_a_day_and_few_are_kept(world: World) -> None:
    site, user = world.site("iogt-nto"), world.user("chef", "iogt-nto")
    old = actions.keep(site, DAYS.encode(), by=user, now=world.now - timedelta(days=2))
    assert queries.upload(user, site, old.id, now=world.now) is None
    for minute in range(8):
        actions.keep(site, b"x", by=user, now=world.now + timedelta(minutes=minute))
    assert Upload.objects.count() == actions.AT_ONCE
    assert not Upload.objects.filter(id=old.id).exists()


def test_an_unfinished_file_is_thrown_away_and_a_second_time_is_nothing(world: World) -> None:
    mine = chef(world)
    address, _ = chosen(mine, DAYS)
    assert f'action="{address}slang/"' in mine.get("/siffror/iogt-nto/").content.decode()
    said = [mine.post(f"{address}slang/", follow=True).content.decode() for _ in range(2)]
    assert ["Filen är slängd" in one for one in said] == [True, False]
    assert not Upload.objects.exists()
    assert held() == {}


def test_the_list_asks_as_much_at_twenty_imports_as_at_two(world: World) -> None:
    client, site = chef(world), world.site("iogt-nto")
    user = world.user("chef", "iogt-nto")

    def statements(number: int) -> int:
        for _ in range(number):
            ImportRun.objects.create(
                site=site,
                measure="visits",
                known="counted",
                at=world.now,
                by=user.id,
                rows=1,
                stored=True,
                source="x",
            )
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/siffror/iogt-nto/").status_code == 200
        return len(asked)

    statements(1)
    assert statements(1) == statements(18)


NYC = [
    "import", "counts", "FILE", "--site", "new-york", "--measure", "visits", "--date", "date",
    "--value", "count", "--where", f"measure={CLIENTS}", "--missing", "NA", "--zero", "missing",
    "--known", "counted", "--source", "New Yorks stad, öppna data", "--json",
]  # fmt: skip


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the command wrote on stdout."""
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_known_answer_of_new_york_and_once_more_without_doubles(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(shared("nyc_dropin_daily.csv")) if word == "FILE" else word for word in NYC]
    assert cli.main([*words, "--dry-run"]) == 0
    assert told(capsys)["run"] is None
    assert not DayValue.objects.exists()
    assert cli.main(words) == 0
    first = told(capsys)
    assert first["stored"]
    assert first["values"] + first["missing"] == first["rows"]
    year = DayValue.objects.filter(day__year=2024)
    assert (year.count(), year.filter(value=None).count()) == (192, 13)
    assert sum(value or 0 for value in year.values_list("value", flat=True)) == 65652
    assert cli.main(words) == 0
    again = told(capsys)
    assert (again["values"], again["unchanged"]) == (0, first["rows"])
    for _ in range(2):
        assert cli.main(["import", "undo", first["run"], "--json"]) == 0
        told(capsys)
    assert not DayValue.objects.exists()
    assert cli.main(words) == 0
    assert DayValue.objects.count() == first["rows"]


def test_row_errors_refuse_the_file_in_the_shell_too(
    world: World, capsys: pytest.CaptureFixture[str], tmp_path: Any
) -> None:
    file = tmp_path / "x.csv"
    file.write_text("date,count,measure\n2024-01-01,12.5,a\n2024-01-02,3,a\n")
    words = ["import", "counts", str(file), *NYC[3:11], "--known", "stated", "--source", "x"]
    assert cli.main([*words, "--json"]) == 1
    said = capsys.readouterr()
    answer = json.loads(said.out)
    assert "Row 2: " in said.err
    assert (answer["stored"], answer["errors"][0]["reason"]) == (False, "fraction")
    assert ImportRun.objects.get(id=answer["run"]).errors[0][0] == 2
    assert cli.main(["import", "undo", answer["run"]]) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"FILE": "there-is-none.csv"},
        {"new-york": "nowhere"},
        {"visits": "people"},
        {"date": "day"},
        {"count": "date"},
        {f"measure={CLIENTS}": "kind=x"},
        {f"measure={CLIENTS}": "measure"},
        {"New Yorks stad, öppna data": " "},
    ],
)
def test_what_cannot_be_understood_is_bad_usage(world: World, change: dict[str, str]) -> None:
    names = {"FILE": str(shared("nyc_dropin_daily.csv"))} | change
    assert cli.main([names.get(word, word) for word in NYC]) == 2
    assert not ImportRun.objects.exists()


def test_an_unknown_run_is_bad_usage(world: World) -> None:
    assert cli.main(["import", "undo", "not-an-id"]) == 2
    assert cli.main(["import", "undo", str(uuid.uuid4())]) == 2


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_of_eight_imports_in_the_same_second_one_says_what_the_day_was(world: World) -> None:
    site, all_ready = world.site("iogt-nto"), threading.Barrier(8)

    def stored(number: int) -> bool:
        day = Reported(2, date(2024, 1, 29), number, ("2024-01-29", str(number)))
        intake = Intake("visits", "counted", "x", ("dag", "antal"), 1, (day,), 0, ())
        all_ready.wait()
        try:
            run = figures.take_in(site, intake, run=uuid.uuid4(), by=TESTER, now=world.now)
            return run.stored
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as people:
        assert sorted(people.map(stored, range(8))) == [False] * 7 + [True]
    assert len(held()) == 1
