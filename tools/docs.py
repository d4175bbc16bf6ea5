"""The pages of docs/ that the code itself can write, and the pictures of the README.

    ./dev docs            write docs/rules.md and the list of rooms, and take the pictures
    ./dev docs pages      the pages alone

A test compares both with what is committed (`egenmakt/config/tests/test_docs.py`).
"""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PACKAGE = HERE / "egenmakt"
DOCS = HERE / "docs"
RULES = DOCS / "rules.md"
HOUSE = DOCS / "house.md"
PICTURES = DOCS / "screenshots"
BEGIN, END = "<!-- rooms: written by ./dev docs -->", "<!-- end of rooms -->"

Public = ast.ClassDef | ast.FunctionDef


def sentence(file: Path) -> str:
    """The module's docstring."""
    return ast.get_docstring(ast.parse(file.read_text())) or ""


def floors() -> list[list[str]]:
    """The floors from the ground up, each with the rooms that exist (`importlinter.ini`)."""
    contracts = ConfigParser()
    contracts.read(HERE / "importlinter.ini")
    lines = contracts["importlinter:contract:floors"]["layers"].split("\n")
    named = [re.findall(r"\w+", line) for line in reversed(lines)]
    standing = [[room for room in floor if (PACKAGE / room).is_dir()] for floor in named]
    return [floor for floor in standing if floor]


def rooms() -> str:
    """Every room with its own sentence, floor by floor from the ground up."""
    lines = ["| floor | room | what it is |", "|---|---|---|"]
    for number, floor in enumerate(floors()):
        for room in floor:
            lines.append(f"| {number} | `{room}` | {sentence(PACKAGE / room / '__init__.py')} |")
    return "\n".join(lines)


def house() -> str:
    """docs/house.md with the list of rooms as it is now."""
    before, rest = HOUSE.read_text().split(BEGIN)
    after = rest.split(END)[1]
    return f"{before}{BEGIN}\n\n{rooms()}\n\n{END}{after}"


def rules() -> str:
    """Every decision of the house in its own words: what each `rules.py` promises."""
    pages = [
        "# The rules of the house\n",
        "Written by `./dev docs` from the docstrings of every `rules.py`: decisions as plain "
        "functions on plain values, without clock, database or framework. From the ground up.\n",
    ]
    for room in (room for floor in floors() for room in floor):
        file = PACKAGE / room / "rules.py"
        if file.exists():
            pages.append(f"## {room}\n\n{sentence(file)}\n")
            pages += [described(one) for one in public(ast.parse(file.read_text()))]
        if room == "access":
            pages.append(rights())
    return "\n".join(pages)


def public(module: ast.Module) -> Iterator[Public]:
    """The classes and functions of a module that other rooms may use."""
    for one in module.body:
        if isinstance(one, Public) and not one.name.startswith("_"):
            yield one


def described(one: Public) -> str:
    """A class or function with its docstring, and what a list of words may say."""
    text = ast.get_docstring(one) or ""
    if isinstance(one, ast.FunctionDef):
        back = f" → {ast.unparse(one.returns)}" if one.returns else ""
        names = [arg.arg for arg in (*one.args.args, *one.args.kwonlyargs)]
        return f"### `{one.name}({', '.join(names)}){back}`\n\n{text}\n"
    said = " · ".join(f"`{word}`" for word in words(one))
    return f"### `{one.name}`\n\n{text}\n" + (f"\n{said}\n" if said else "")


def words(one: ast.ClassDef) -> Iterator[str]:
    """The words of an enumeration, in order; a number stands before its name."""
    if any(ast.unparse(base) in {"StrEnum", "IntEnum"} for base in one.bases):
        for line in one.body:
            if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
                value = line.value.value
                name = ast.unparse(line.targets[0]).lower()
                yield value if isinstance(value, str) else f"{value} {name}"


def rights() -> str:
    """Who may do what: the one table of rights, right by role."""
    table = import_module("egenmakt.access.rules")
    lines = [
        "### Who may do what\n",
        "| right | " + " | ".join(role.value for role in table.Role) + " |",
        "|---" * (len(table.Role) + 1) + "|",
    ]
    for right in table.Right:
        marks = ("●" if right in table.RIGHTS[role] else "" for role in table.Role)
        lines.append(f"| {right.value} | " + " | ".join(marks) + " |")
    return "\n".join(lines) + "\n"


def take_pictures() -> int:
    """Let the browser tests leave the README's pictures behind."""
    told = {**os.environ, "EGENMAKT_SHOTS": str(PICTURES)}
    tests = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:xdist",
        "-m",
        "browser",
        "-k",
        "picture",
    ]
    return subprocess.call([*tests, str(PACKAGE / "config")], cwd=HERE, env=told)


def main(arguments: list[str]) -> int:
    """Write the pages and, unless `pages` is asked for alone, take the pictures."""
    if arguments not in ([], ["pages"]):
        print(__doc__, file=sys.stderr)
        return 2
    RULES.write_text(rules())
    HOUSE.write_text(house())
    return 0 if arguments else take_pictures()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
