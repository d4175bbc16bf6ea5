"""What the import checker cannot see of the floors: tables, templates and names across rooms."""

import ast
import re
from pathlib import Path

import allauth
from django.apps import apps

from egenmakt.config.tests.house import (
    PACKAGE,
    addresses,
    called,
    name,
    python,
    strings,
    templates,
    tree,
)
from tools.docs import floors

FLOOR = {room: number for number, floor in enumerate(floors()) for room in floor}
ASKED_BY_THE_FRAMEWORK = {
    "400.html",
    "403.html",
    "403_csrf.html",
    "404.html",
    "429.html",
    "500.html",
}
ASKED_BY_ALLAUTH = re.compile(r"(account|mfa)/")
ASKED_FROM_OUTSIDE = {"api:api-root", "api:openapi-json", "api:registrations"}
INCLUDES = re.compile(r"""{% (?:include|extends) ["']([^"']+)["']""")
NAMES = re.compile(r"""["']((?:[a-z_]+:)?[a-z_0-9-]+)["']""")


def ours():
    """Every table of the house."""
    return [model for model in apps.get_models() if model.__module__.startswith("egenmakt.")]


def foreign_keys(model):
    return [field for field in model._meta.get_fields() if field.is_relation and field.concrete]


def test_a_table_points_downward_and_the_other_does_not_know():
    wrong = []
    for model in ours():
        for field in foreign_keys(model):
            other = field.related_model._meta.app_label
            own = model._meta.app_label
            if other != own and not field.remote_field.hidden:
                wrong.append(f"{own}.{model.__name__}.{field.name}: related_name is not +")
            if other in FLOOR and FLOOR[other] > FLOOR[own]:
                wrong.append(f"{own}.{model.__name__}.{field.name} points upward to {other}")
    assert wrong == []


def test_a_foreign_key_names_its_table_and_not_a_text():
    kinds = {"ForeignKey", "OneToOneField", "ManyToManyField"}
    texts = [
        f"{name(file)}:{node.lineno}"
        for file in python()
        if file.name == "models.py"
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in kinds
        for target in [*node.args[:1], *(word.value for word in node.keywords if word.arg == "to")]
        if isinstance(target, ast.Constant) and target.value != "self"
    ]
    assert texts == []


def test_every_table_has_an_order_that_leaves_nothing_to_chance():
    loose = []
    for model in ours():
        last = (model._meta.ordering or ["nothing"])[-1].lstrip("-")
        fields = {field.name: field for field in model._meta.concrete_fields}
        if last != "pk" and not (last in fields and fields[last].unique):
            loose.append(f"{model._meta.label}: {model._meta.ordering}")
    assert loose == []


def test_a_template_is_put_together_from_its_own_room_and_those_below():
    owner = {called(file): file.relative_to(PACKAGE).parts[0] for file in templates()}
    upward = [
        f"{name(file)} uses {used}"
        for file in templates()
        for used in INCLUDES.findall(file.read_text())
        for own in [file.relative_to(PACKAGE).parts[0]]
        for other in [owner.get(used, own)]
        if other != own and FLOOR[other] >= FLOOR[own]
    ]
    assert upward == []


def test_no_template_lies_about_unused():
    said = {text for file in python() for text in strings(file)}
    said |= {used for file in templates() for used in INCLUDES.findall(file.read_text())}
    unused = {
        called(file)
        for file in templates()
        if called(file) not in said | ASKED_BY_THE_FRAMEWORK
        if not ASKED_BY_ALLAUTH.match(called(file))
    }
    assert unused == set()


def test_a_template_of_allauths_that_we_write_anew_is_one_of_its_own():
    theirs = Path(allauth.__file__).parent / "templates"
    ours = [called(file) for file in templates() if ASKED_BY_ALLAUTH.match(called(file))]
    assert [one for one in ours if not (theirs / one).exists()] == []


def test_every_named_address_is_led_to_from_somewhere():
    text = "".join(
        file.read_text()
        for file in [*python(), *templates()]
        if file.name != "urls.py" or "rooms = " in file.read_text()
    )
    used = set(NAMES.findall(text))
    unused = {one for one, *_ in addresses() if one not in used and ":" in one}
    assert unused == ASKED_FROM_OUTSIDE
