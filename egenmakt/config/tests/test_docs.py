"""The documents tell of the house as it stands, and none of them leads nowhere."""

import re

from django.apps import apps

from egenmakt.figures.rules import MEASURES
from tools import docs

NAMED = re.compile(r"`(?:docs/)?([\w-]+\.md)")
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")


def test_the_rules_page_is_what_the_rules_say():
    assert docs.RULES.read_text() == docs.rules(), "write it anew: ./dev docs pages"


def test_the_tour_names_every_room_with_its_own_sentence():
    assert docs.HOUSE.read_text() == docs.house(), "write it anew: ./dev docs pages"


def test_every_room_of_the_house_stands_on_a_floor():
    packages = {file.parent.name for file in docs.PACKAGE.glob("*/__init__.py")}
    assert {room for floor in docs.floors() for room in floor} == packages


def test_every_table_of_the_house_is_explained_in_the_glossary():
    page = (docs.DOCS / "glossary.md").read_text()
    words = set(re.findall(r"^\| ([^|]+?) \|", page, re.MULTILINE))
    tables = {
        str(model._meta.verbose_name)
        for model in apps.get_models()
        if model.__module__.startswith("egenmakt.")
    }
    assert tables - words == set()


def test_every_measure_is_explained_with_what_divides_it():
    lines = (docs.DOCS / "figures.md").read_text().splitlines()
    told = {line.split(" | ")[0]: line.split(" | ")[-1] for line in lines}
    wanted = {f"| `{one.code}`": f"{', '.join(one.dimensions)} |" for one in MEASURES.values()}
    assert wanted.items() - told.items() == set()


def test_every_document_that_the_code_names_is_there():
    named = {
        page for file in docs.PACKAGE.rglob("*.py") for page in NAMED.findall(file.read_text())
    }
    assert [page for page in sorted(named) if not (docs.DOCS / page).exists()] == []


def test_every_link_in_a_document_leads_somewhere():
    dead = [
        f"{page.relative_to(docs.HERE)}: {link}"
        for page in (*docs.HERE.glob("*.md"), *docs.DOCS.rglob("*.md"))
        for link in LINK.findall(page.read_text())
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert dead == []
