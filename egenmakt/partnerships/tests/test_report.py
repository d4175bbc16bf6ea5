"""The report command: one document, the same in JSON and HTML, as the contracts say."""

import json
import re
from html import unescape
from pathlib import Path

import pytest

from egenmakt.config import cli
from egenmakt.kit.canonical import sha256_of
from egenmakt.partnerships.tests.conftest import MARCH, crowd

CONTRACTS = Path(__file__).parents[3] / "docs" / "contracts.md"


@pytest.fixture
def report(march, tmp_path, capsys):
    """Runs the command; gives its exit code, the file's text and what it said."""

    def run(*words, agreement="linkoping-iop", form="json"):
        out = tmp_path / f"report.{form}"
        out.unlink(missing_ok=True)
        line = ["report", agreement, "--draft", "--format", form, "--out", str(out), *words]
        code = cli.main(line)
        return code, out.read_text() if out.exists() else "", capsys.readouterr()

    return run


def keys_of(value):
    """Every key of a document, however deep."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    return set(value).union(*map(keys_of, value.values())) if isinstance(value, dict) else set()


def test_the_document_has_the_keys_of_the_contract_and_no_others(report):
    block = re.search(r'\{"format": "egenmakt.release/1".*?\n\n', CONTRACTS.read_text(), re.S)[0]
    promised = set(re.findall(r'"(\w+)"(?=[:,}])', block))
    document = json.loads(report("--period", "2019", "--party", "iogt-nto")[1])
    dimensions = {name for table in document["tables"] for name in table["dimensions"]}
    noted = {key for text in document["texts"] for key in text}
    assert keys_of(document) - dimensions - noted == promised


def test_a_draft_protects_nothing_and_carries_its_own_hash(report):
    code, text, _ = report("--period", "2019-03", "--party", "sionforsamlingen")
    document = json.loads(text)
    assert code == 0
    assert document["format"] == "egenmakt.draft/1"
    assert document["period"] == {"from": "2019-03-01", "to": "2019-03-31"}
    assert document["cut_off"] == "2019-03-31"
    assert document["sha256"] == sha256_of(document)
    rows = [row for table in document["tables"] for row in table["rows"]]
    assert {row["protected"] for row in rows} == {None}
    assert {row["known"] for row in rows} <= {"counted", "estimated", "stated", "unknown"}


def test_the_page_in_the_file_says_what_the_document_says_to_the_digit(report):
    words = ("--period", "2019", "--party", "iogt-nto")
    tables = {table["id"]: table for table in json.loads(report(*words)[1])["tables"]}
    page = report(*words, form="html")[1]
    cells = re.findall(r'data-cell="([^":]+):(\d+):(\w+)">([^<]*)<', page)
    assert {cell[0] for cell in cells} >= {"visits", "visits-by-month", "people-by-month"}
    for table, row, column, text in cells:
        expected = tables[table]["rows"][int(row)][column]
        shown = unescape(text).replace("\u00a0", "")
        assert shown == str(expected).replace("\u00a0", "")


def test_the_file_opens_alone_and_says_that_it_must_not_leave(report):
    page = report("--period", "2019-03", "--party", "iogt-nto", form="html")[1]
    assert "Internt – får inte lämnas ut" in page
    assert '@page internal { @top-right { content: "Internt – får inte lämnas ut"' in page
    assert not re.search(r'(?:src|href)="(?!#)|url\(', page)


def test_the_same_figures_give_the_same_hash_and_a_new_visit_another(report, march):
    words = ("--period", "2019-03", "--party", "sionforsamlingen")
    first, second = report(*words)[1], report(*words)[1]
    assert first == second
    crowd(march.site("sion"), MARCH.last_day, 1)
    third = json.loads(report(*words)[1])
    assert third["sha256"] != json.loads(first)["sha256"]
    assert third["id"] != json.loads(first)["id"]


@pytest.mark.parametrize(
    ("words", "agreement", "help_"),
    [
        (["--period", "2019"], "linkoping-iop", "iogt-nto, sionforsamlingen"),
        (["--period", "2019", "--party", "linkopings-kommun"], "linkoping-iop", "--party"),
        (["--period", "2019"], "ingenstans", "ingenstans"),
        (["--period", "19"], "kontaktcentrum", "2024-07"),
        (["--period", "2999"], "kontaktcentrum", "not begun"),
        (["--period", "2019", "--out", "/finns/inte/x"], "kontaktcentrum", "cannot be written"),
    ],
)
def test_what_cannot_be_understood_is_bad_usage_with_help(report, words, agreement, help_):
    code, text, said = report(*words, agreement=agreement)
    assert (code, text) == (2, "")
    assert help_ in said.err


def test_a_program_is_told_the_file_and_its_hash(report):
    code, text, said = report("--period", "2019-03", "--json", agreement="kontaktcentrum")
    assert code == 0
    assert json.loads(said.out)["sha256"] == json.loads(text)["sha256"]
