"""A file becomes a table, or says what to do instead, and never takes the server with it."""

import io
import json
import subprocess
import tracemalloc
import zipfile
from datetime import date, datetime, time

import pytest

from egenmakt.exchange import tables, workbooks
from egenmakt.exchange.bounds import MAX_BYTES, Trouble, Unreadable
from egenmakt.exchange.rules import Row
from egenmakt.exchange.tests.files import (
    HEAD,
    MAIN,
    SHEET,
    shared,
    with_cells,
    with_parts,
    workbook,
)
from egenmakt.exchange.words import trouble

WHAT_IS_SAID = [
    ("any_sheets.xlsx", Trouble.NO_HEAD),
    ("biff5_write.xls", Trouble.OTHER_KIND),
    ("covered.ods", Trouble.OTHER_KIND),
    ("date.ods", Trouble.OTHER_KIND),
    ("date.xls", Trouble.OTHER_KIND),
    ("date_1904.xlsx", Trouble.NO_HEAD),
    ("date_iso.xlsx", Trouble.ONE_COLUMN),
    ("date_quoted_format.xlsx", Trouble.ONE_COLUMN),
    ("empty_shared_string.xlsx", Trouble.ONE_COLUMN),
    ("empty_sheet.xlsx", Trouble.EMPTY),
    ("encoded_entities.xlsx", Trouble.ONE_COLUMN),
    ("errors.xlsx", Trouble.ONE_COLUMN),
    ("formula.issue.xlsx", Trouble.NO_HEAD),
    ("has_x000D_.xlsx", Trouble.ONE_COLUMN),
    ("header-row.xlsx", ("Columns", "Column A", "Column B", "Column C")),
    ("hyperlinks.xlsx", Trouble.SEVERAL),
    ("inventory-table.xlsx", ("Item", "Type", "Quantity")),
    ("issue127.ods", Trouble.OTHER_KIND),
    ("issue343.xls", Trouble.OTHER_KIND),
    ("issue_174.xlsx", 11),
]


def outcome(content: bytes) -> object:
    """The headings of a file, or why it has none."""
    try:
        return tables.read(content).columns
    except Unreadable as unreadable:
        return unreadable.trouble if trouble(unreadable) else ""


@pytest.mark.parametrize(("name", "said"), WHAT_IS_SAID)
def test_every_odd_workbook_gets_a_clear_answer(name: str, said: object) -> None:
    found = outcome(shared(f"messy/{name}").read_bytes())
    assert (len(found) if isinstance(said, int) else found) == said


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("datum;antal\n2024-01-31;12,5\n", ("datum", "antal")),
        ("date,count\n2024-01-31,366\n", ("date", "count")),
        ("datum\tantal\r\n2024-01-31\t9 012\r\n", ("datum", "antal")),
        ("sep=,\ndatum,antal\n2024-01-31,3\n", ("datum", "antal")),
        ("Besök 2024\n\nBesök, dag;antal\n2024-01-31;3\n", ("Besök, dag", "antal")),
        ('datum;"antal\nbesök"\n2024-01-31;3\n', ("datum", "antal besök")),
        ("datum;antal;antal;\n2024-01-31;3;4\n", ("datum", "antal", "antal (C)")),
    ],
)
def test_a_csv_says_itself_how_its_cells_are_parted(text: str, columns: tuple[str, ...]) -> None:
    assert tables.read(text.encode()).columns == columns


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_swedish_letters_survive_every_usual_encoding(encoding: str) -> None:
    sheet = tables.read("dag;besök på Åsögatan\n2024-01-31;3\n".encode(encoding))
    assert sheet.columns == ("dag", "besök på Åsögatan")


def test_rows_bear_the_numbers_that_a_spreadsheet_shows() -> None:
    sheet = tables.read(b'Titel\n\ndag;antal\n"2024-\n01-31";1\n\n2024-02-01;2\n')
    assert [row.number for row in sheet.rows] == [4, 6]


def test_a_workbook_keeps_days_moments_texts_and_numbers_apart() -> None:
    moment = datetime.combine(date(2024, 2, 1), time(9, 30))
    rows: list[list[object]] = [["dag", "antal"], [date(2024, 1, 31), 366], [moment, " NA "]]
    sheet = tables.read(workbook(("Blad", rows)))
    assert [row.cells for row in sheet.rows] == [
        (date(2024, 1, 31), 366.0),
        (moment, "NA"),
    ]


def test_a_workbook_that_counts_from_1904_gives_the_same_days() -> None:
    rows: list[list[object]] = [["dag", "antal"], [date(2024, 1, 31), 366]]
    sheet = tables.read(workbook(("Blad", rows), date_1904=True))
    assert sheet.rows[0].cells == (date(2024, 1, 31), 366.0)


def test_among_several_sheets_one_is_chosen_and_an_empty_one_does_not_count() -> None:
    rows: list[list[object]] = [["dag", "antal"], ["2024-01-31", 3]]
    content = workbook(("Tomt", []), ("Besök", rows), ("Mat", rows))
    assert tables.sheets(content) == ["Besök", "Mat"]
    assert outcome(content) is Trouble.SEVERAL
    assert len(tables.read(content, "Mat").rows) == 1
    assert tables.read(workbook(("Tomt", []), ("Besök", rows))).columns == ("dag", "antal")
    with pytest.raises(Unreadable):
        tables.read(content, "Tomt")


def test_an_error_in_a_cell_is_said_and_not_read_as_an_empty_one() -> None:
    cells = """<c r="A2" t="e"><v>#N/A</v></c><c r='B2' s='0' t='e'><v>#SPILL!</v></c>"""
    sheet = tables.read(with_cells(f'<row r="2">{cells}</row>'))
    assert sheet.rows[0].cells == ("#N/A", "#SPILL!")


def test_rows_and_columns_are_counted_from_the_corner_and_hidden_sheets_are_not_there() -> None:
    rows: list[list[object]] = [[], [], ["", "dag", "antal"], [], ["", "NA", True]]
    content = workbook(("Blad", rows), ("Dolt", rows), hidden={"Dolt"})
    sheet = tables.read(content)
    assert sheet.columns == ("(A)", "dag", "antal")
    assert sheet.rows == [Row(5, ("", "NA", "TRUE"))]


def marked_zip(at: int, mark: int) -> bytes:
    """A workbook whose directory says this of every part."""
    content = bytearray(workbook(("Blad", [["dag", "antal"]])))
    start = 0
    while (start := content.find(b"PK\x01\x02", start)) >= 0:
        content[start + at] |= mark
        start += 4
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", Trouble.EMPTY),
        (b" \r\n \n", Trouble.EMPTY),
        (b"\x89PNG\r\n\x1a\n\x00\x00", Trouble.NOT_A_TABLE),
        ("dag;antal\n2024-01-31;3".encode("utf-16-le"), Trouble.NOT_A_TABLE),
        (b"dag;antal\n2024-01-31;\x003", Trouble.NOT_A_TABLE),
        (b"dag;antal\n2024-01-31;\x81\x8d", Trouble.NOT_A_TABLE),
        (b"Bara en mening om ingenting.\n", Trouble.ONE_COLUMN),
        (b"2024-01-31;3\n2024-02-01;4\n", Trouble.NO_HEAD),
        (b"dag;antal\n", Trouble.NO_ROWS),
        (b"dag;antal" + b";" * 1_000_000 + b"x\n1;2\n", Trouble.COLUMNS),
        (b"dag;antal\n1;" + b"x" * 40_000, Trouble.LONG),
        (b'dag;antal\n1;"' + b"x\n" * 100_000, Trouble.LONG),
        (b"dag;antal\n" + b"1;2\n" * 200_001, Trouble.ROWS),
        (b"x" * (MAX_BYTES + 1), Trouble.BIG),
        (b"PK\x03\x04 and no more", Trouble.BROKEN),
        (b"PK\x05\x06" + b"\x00" * 18, Trouble.OTHER_KIND),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 99, Trouble.OTHER_KIND),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            Trouble.LOCKED,
        ),
        (marked_zip(8, 1), Trouble.LOCKED),  # encrypted
        (marked_zip(6, 99), Trouble.BROKEN),  # made for a program of the future
        (marked_zip(10, 12), Trouble.BROKEN),  # packed in another way
        (workbook(("Blad", [["dag", "antal"], ["a", "b"]]))[:-40], Trouble.BROKEN),
        (b"PK\x03\x04" + b"PK\x01\x02" * 5_001, Trouble.BIG),
    ],
    ids=lambda value: value.name if isinstance(value, Trouble) else "",
)
def test_a_file_that_is_no_table_says_what_to_do(content: bytes, said: Trouble) -> None:
    assert outcome(content) is said


def entity_bomb() -> bytes:
    """A part that would say *lol* a thousand million times."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
    cell = '<row r="2"><c r="A2" t="inlineStr"><is><t>&l9;</t></is></c></row>'
    sheet = (SHEET % (HEAD + cell)).replace("?>", f"?><!DOCTYPE x [{entities}]>", 1)
    return with_parts(sheet1=sheet.encode())


def zip_bomb(*, honest: bool) -> bytes:
    """A megabyte that unpacks to hundreds, with its true size in the directory or a small one."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(workbook(("Blad", [["dag", "antal"], ["a", "b"]]))))
    start, end = (SHEET % (HEAD + "|")).encode().split(b"|")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            if name.endswith("sheet1.xml"):
                with target.open(name, "w") as part:
                    part.write(start)
                    for _ in range(150):
                        part.write(b"<row/>" * 175_000)
                    part.write(end)
            else:
                target.writestr(name, source.read(name))
    content = out.getvalue()
    if honest:
        return content
    info = next(one for one in target.infolist() if one.filename.endswith("sheet1.xml"))
    return content.replace(info.file_size.to_bytes(4, "little"), (500).to_bytes(4, "little"))


SHARED_TEXT = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'.encode()
FAR_APART = '<row r="1048576"><c r="{at}1048576"><v>1</v></c></row>'
WIDE = "".join(f'<row r="{n}"><c r="ALL{n}"><v>1</v></c></row>' for n in range(2, 20_000))


def repeated(times: int) -> str:
    """Rows that each show the one long text of the file."""
    return "".join(f'<row r="{n + 2}"><c t="s"><v>0</v></c></row>' for n in range(times))


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (entity_bomb, Trouble.BROKEN),
        (lambda: zip_bomb(honest=True), Trouble.BIG),
        (lambda: zip_bomb(honest=False), Trouble.BROKEN),
        (lambda: with_cells(FAR_APART.format(at="XFD")), Trouble.BROKEN),
        (lambda: with_cells(FAR_APART.format(at="B")), ("dag", "antal")),
        (lambda: with_cells('<row r="2"><c r="XFD2"><v>1</v></c></row>'), Trouble.COLUMNS),
        (lambda: with_cells(repeated(20_000), sharedStrings=SHARED_TEXT), Trouble.BROKEN),
        (lambda: with_cells(repeated(4_000), sharedStrings=SHARED_TEXT), Trouble.BROKEN),
        (lambda: with_cells(repeated(1_000), sharedStrings=SHARED_TEXT), ("dag", "antal")),
        (lambda: with_cells(WIDE), Trouble.BROKEN),
        (lambda: with_cells(WIDE[: WIDE.index('<row r="9000"')]), Trouble.BIG),
        (lambda: with_cells('<row r="99999999999"><c><v>1</v></c></row>'), Trouble.BROKEN),
        (lambda: with_cells('<row r="2"><c r="AAAAAAAA2"><v>1</v></c></row>'), Trouble.BROKEN),
        (lambda: with_cells('<row r="2"><c t="s"><v>99</v></c></row>'), Trouble.BROKEN),
        (lambda: with_cells("<row><c></row>"), Trouble.BROKEN),
    ],
)
def test_no_workbook_takes_more_memory_than_it_may(make: object, said: object) -> None:
    assert callable(make)
    content = make()
    tracemalloc.start()
    try:
        assert outcome(content) == said
        assert tracemalloc.get_traced_memory()[1] < 150 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_a_workbook_that_takes_too_long_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "SECONDS", 0)
    assert outcome(workbook(("Blad", [["dag", "antal"], ["a", 1]]))) is Trouble.BROKEN


def test_a_machine_that_gives_less_memory_reads_all_the_same() -> None:
    content = workbook(("Blad", [["dag", "antal"], ["a", 1]]))
    fewer = ["sh", "-c", 'ulimit -v 262144 -t 9; exec "$@"', "sh", *workbooks.CHILD]
    out = subprocess.run(fewer, input=b'""\n' + content, capture_output=True, check=True).stdout
    assert [json.loads(line) for line in out.splitlines()][2] == [2, "a", 1]


def test_escapes_and_unseen_signs_of_a_workbook_reach_no_page() -> None:
    texts = "_x0000_=1+1_xD800_ _x000D_\u200bx"
    cells = f'<c r="A2" t="inlineStr"><is><t>{texts}</t></is></c><c r="B2"><v>1</v></c>'
    content = with_cells(f'<row r="2">{cells}</row>')
    assert tables.read(content).rows[0].cells[0] == "=1+1_xD800_  \u200bx"
