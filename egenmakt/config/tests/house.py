"""The house as files and as addresses: what the tests of its rules walk through."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

import egenmakt

PACKAGE = Path(egenmakt.__file__).parent
HERE = PACKAGE.parent


def name(file: Path) -> str:
    """A file as the house calls it."""
    return str(file.relative_to(HERE))


def python(*, tests: bool = False) -> list[Path]:
    """Every Python file of the house except migrations; its tests too when they are wanted."""
    files = [*PACKAGE.rglob("*.py"), *(HERE / "tools").glob("*.py")]
    return sorted(
        file for file in files if "migrations" not in file.parts and (tests or not is_test(file))
    )


def is_test(file: Path) -> bool:
    """Whether the file is for tests alone."""
    return "tests" in file.parts or file.name == "conftest.py"


def templates() -> list[Path]:
    """Every template, mails and text included."""
    return sorted(file for file in PACKAGE.rglob("templates/**/*") if file.is_file())


def called(template: Path) -> str:
    """The name under which a template is asked for."""
    return template.as_posix().split("/templates/")[1]


@cache
def tree(file: Path) -> ast.Module:
    """The file as Python reads it."""
    return ast.parse(file.read_text())


def functions(file: Path) -> Iterator[ast.FunctionDef]:
    """Every function and method of a file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def strings(file: Path) -> set[str]:
    """Every text that stands in the code of a file."""
    return {
        node.value
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def addresses(patterns=None, space=""):
    """Every address: its name with the room before it, its view and the parts it is made of."""
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one.url_patterns, inner)
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}", one.callback, set(one.pattern.regex.groupindex)
