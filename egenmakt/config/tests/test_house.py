"""The rules of the house that can be read off its files: sizes, first sentences, what is where."""

import ast
import re
import tokenize
from collections import Counter

from egenmakt.config.tests.house import (
    HERE,
    PACKAGE,
    functions,
    is_test,
    name,
    python,
    templates,
    tree,
)
from tools import catalogue

MAY_FETCH = {"models.py", "queries.py", "actions.py"}
FETCHES_TOO = {  # a room's queries or actions, split by subject
    "egenmakt/desk/batch.py",
    "egenmakt/desk/panel.py",
    "egenmakt/desk/undoing.py",
    "egenmakt/participants/households.py",
    "egenmakt/participants/names.py",
}
UNORDERED = {  # rows that are counted, locked or looked up by key, where an order would only cost
    "egenmakt/desk/batch.py": 1,
    "egenmakt/desk/queries.py": 1,
    "egenmakt/figures/queries.py": 1,
    "egenmakt/participants/models.py": 1,
    "egenmakt/participants/queries.py": 2,
    "egenmakt/provisions/queries.py": 1,
    "egenmakt/visits/queries.py": 1,
}
CLOCKS = {"now", "today", "utcnow", "localdate", "localtime"}
MAY_ASK_THE_CLOCK = {"views.py", "api.py", "tasks.py"}


def lines(file):
    return file.read_text().count("\n")


def test_no_file_is_over_400_lines():
    files = [*python(tests=True), *PACKAGE.rglob("static/**/*.js")]
    assert {name(file): lines(file) for file in files if lines(file) > 400} == {}


def test_no_template_is_over_150_lines_and_the_stylesheet_stays_under_600():
    assert {name(file): lines(file) for file in templates() if lines(file) > 150} == {}
    assert {name(one): lines(one) for one in PACKAGE.rglob("*.css") if lines(one) >= 600} == {}


def test_no_function_is_over_40_lines():
    long = {
        f"{name(file)}:{one.name}": one.end_lineno - one.lineno + 1
        for file in python(tests=True)
        for one in functions(file)
        if one.end_lineno - one.lineno + 1 > 40
    }
    assert long == {}


def test_every_module_opens_with_one_sentence():
    silent = []
    for file in python(tests=True):
        first = (ast.get_docstring(tree(file)) or "").split("\n\n")[0].strip()
        if not first.endswith(".") or not first[0].isupper() and first[0] not in "`*":
            silent.append(name(file))
    assert silent == []


def test_a_package_says_what_it_is_and_nothing_else():
    inits = [file for file in python(tests=True) if file.name == "__init__.py"]
    assert [name(file) for file in inits if len(tree(file).body) != 1] == []


def test_every_public_function_of_the_lower_floors_says_what_it_does():
    told = {"rules.py", "queries.py", "actions.py", "models.py"}
    silent = [
        f"{name(file)}:{one.name}"
        for file in python()
        if file.name in told or file.parent.name in {"methods", "kit"}
        for one in tree(file).body
        if isinstance(one, ast.FunctionDef | ast.ClassDef)
        if not one.name.startswith("_") and not ast.get_docstring(one)
    ]
    assert silent == []


def test_everything_after_the_first_arguments_is_named():
    """At most five by position, and no flag among them: nobody reads `f(x, True, False)`."""
    long = {
        f"{name(file)}:{one.name}": len(one.args.args)
        for file in python()
        for one in functions(file)
        if len([arg for arg in one.args.args if arg.arg not in {"self", "cls"}]) > 5
    }
    assert long == {}


def test_rows_are_fetched_in_models_queries_and_actions_only():
    found = {
        name(file)
        for file in python()
        if file.name not in MAY_FETCH and file.is_relative_to(PACKAGE)
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    }
    assert found == FETCHES_TOO


def test_only_pages_the_api_and_commands_ask_the_clock():
    asking = {
        f"{name(file)}:{node.lineno}"
        for file in python()
        if file.name not in MAY_ASK_THE_CLOCK and file.parts[-2] != "commands"
        if file.is_relative_to(PACKAGE) and "config" not in file.parts
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr in CLOCKS
        and ast.unparse(node.func.value) in {"timezone", "date", "datetime", "time"}
    }
    assert asking == set()


def test_an_order_is_taken_away_only_where_rows_are_counted_together():
    bare = Counter(
        name(file)
        for file in python()
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if node.func.attr == "order_by" and not node.args
    )
    assert bare == UNORDERED


def test_hardly_anything_is_excused_from_the_checks():
    excuses = []
    for file in python(tests=True):
        with file.open("rb") as source:
            excuses += [
                f"{name(file)}:{token.start[0]}"
                for token in tokenize.tokenize(source.readline)
                if token.type == tokenize.COMMENT
                if re.search(r"noqa|type: ignore|pragma: no", token.string)
            ]
    assert len(excuses) <= 5, excuses


def test_tests_are_shorter_than_six_fifths_of_the_code():
    def length(files):
        return sum(lines(file) for file in files)

    tests = [file for file in python(tests=True) if is_test(file)]
    assert length(tests) <= 1.2 * length(python())


def test_no_code_comes_from_far_away():
    """No script, style or font of anybody else's is asked for by a template."""
    far = re.compile(r"""(src|href|action)=["'](https?:)?//""")
    assert [name(file) for file in templates() if far.search(file.read_text())] == []


def test_no_template_holds_a_script_or_a_style():
    inline = re.compile(r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    allowed = {"partnerships/draft_file.html"}
    found = {file for file in templates() if inline.search(file.read_text())}
    assert {name(file) for file in found if not name(file).endswith(tuple(allowed))} == set()


def test_the_english_catalogue_is_complete():
    assert catalogue.missing() == []


def test_no_room_has_a_name_that_means_anything():
    words = {"core", "common", "utils", "helpers", "misc", "shared", "base"}
    files = [*python(tests=True), *PACKAGE.rglob("*.js")]
    vague = {name(f) for f in files if f.stem in words or f.parent.name in words}
    assert vague - {"egenmakt/storage/sqlite/base.py"} == set()


def test_no_place_on_a_machine_is_named():
    told = re.compile(r"(?<![\w.~])/(?:home|root|Users|tmp)/")
    files = [*python(tests=True), *templates(), *HERE.glob("*.md"), *(HERE / "docs").rglob("*.md")]
    assert [name(file) for file in files if told.search(file.read_text())] == []
