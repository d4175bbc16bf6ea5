"""The product is what `docs/contracts.md` says as far as it is built, and no more than that."""

import json
import re
import uuid
from typing import get_args

import pytest
from django.urls import Resolver404, resolve

from egenmakt.access.guard import Command
from egenmakt.access.models import User
from egenmakt.config import cli
from egenmakt.config.tests.house import HERE
from egenmakt.config.tests.test_commands import FLAG, flags
from egenmakt.desk import api, rules
from egenmakt.figures.rules import MEASURES, Known
from egenmakt.kit.calendar import Period
from egenmakt.kit.canonical import sha256_of
from egenmakt.partnerships import queries
from egenmakt.partnerships.models import Agreement
from egenmakt.world.log_ins import ROLES, SAME_FOR_ALL, SITES, email, log_ins

CONTRACT = (HERE / "docs" / "contracts.md").read_text()
NOT_YET = {"/veckan/SITE/", "/utlamnat/UUID/", "/plats/SITE/", "/hsds/v3/"}
NO_COMMAND_YET = {
    "init", "doctor", "backup", "restore", "upgrade", "keys rotate", "keys verify", "erase",
    "release list", "release attack", "release verify", "forecast", "outreach evaluate",
}  # fmt: skip
NO_FLAG_YET = {"report": {"--release", "--fold"}}
BESIDES = {"report": {"--json"}}


def after(words, *, until):
    """What the contract says after some words, up to the next `until`."""
    return CONTRACT.split(words, 1)[1].split(until, 1)[0]


def ticked(text):
    """The words between backticks."""
    return re.findall(r"`([^`]+)`", text)


def one_of(field):
    """What a field of a registration or its answer may say."""
    return set(re.search(rf'"{field}": "([a-z_|]+)"', CONTRACT)[1].split("|"))


@pytest.mark.django_db(databases="__all__")
def test_the_log_ins_are_those_that_were_promised(world):
    told = after("ROLE: ", until="SITE:")
    assert ticked(told) == list(ROLES)
    sites, note = re.search(r"SITE: `([^`]+)` \(the last: ([^)]+)\)", CONTRACT).groups()
    assert sites.split() == list(SITES)
    assert tuple(note.split(", ")) == SITES["new-york"]
    assert f"password `{SAME_FOR_ALL}`" in CONTRACT
    there = set(User.objects.values_list("email", flat=True))
    assert {email(role, site) for role, site in log_ins()} <= there
    assert world.user("chef", "sion").check_password(SAME_FOR_ALL)


@pytest.mark.django_db(databases="__all__")
def test_the_agreements_and_parties_are_those_that_were_promised(world):
    agreements = ticked(after("Agreements: ", until="\n"))[0].split()
    assert {one.slug for one in Agreement.objects.all()} == set(agreements)
    told = ticked(after("Parties with figures: ", until="\n"))[0].split()
    seen = {
        part.organisation.slug
        for one in Agreement.objects.all()
        for part in queries.parts(Command("test"), one)
    }
    assert seen == set(told)


def test_the_addresses_that_are_built_are_where_they_should_be():
    filled = {"SITE": "sion", "UUID": str(uuid.uuid4()), "AGREEMENT": "sion", "PERIOD": "2024"}
    built = set()
    for address in ticked(after("**Addresses**:", until="\n")):
        path = re.sub("[A-Z]+", lambda word: filled[word[0]], address)
        try:
            resolve(path)
            built.add(address)
        except Resolver404:
            assert address in NOT_YET
    assert built & NOT_YET == set()


def promised_commands():
    """Each command of the contract with the flags that stand beside it."""
    block = after("`egenmakt demo` builds and returns", until="Draft and release are")
    for line in re.split(r" · |\n", block.split("\n\n", 1)[1]):
        name = re.match(r" *((?:[a-z]+)(?: [a-z|]+)?)", line)
        if name and not line.startswith(" " * 20):
            group, _, second = name[1].partition(" ")
            for one in second.split("|") if second else [""]:
                yield f"{group} {one}".strip(), set(FLAG.findall(line.split("(in:")[0]))


def test_commands_have_the_flags_that_were_promised_and_those_to_come_do_not_exist():
    promised = dict(promised_commands())
    assert set(cli.COMMANDS) <= set(promised)
    assert set(promised) - set(cli.COMMANDS) - {"attack", "verify"} <= NO_COMMAND_YET | {"serve"}
    for name in cli.COMMANDS:
        later = NO_FLAG_YET.get(name, set())
        assert promised[name] - later - {"--json"} <= flags(name), name
        assert not later & flags(name), name


def test_a_registration_may_say_and_hear_what_was_promised():
    assert one_of("kind") == {kind.value for kind in rules.Kind}
    assert one_of("mode") == {mode.value for mode in rules.Mode}
    assert one_of("status") == {status.value for status in rules.Status}
    codes = re.search(r'"code": null\|([a-z"|]+), "text"', CONTRACT)[1].replace('"', "").split("|")
    assert set(codes) == {code.value for code in rules.Code}
    reasons, _nothing = get_args(api.ItemIn.model_fields["reason"].annotation)
    assert one_of("reason") == set(get_args(reasons))
    hows = get_args(api.PaidIn.model_fields["how"].annotation)
    assert one_of("how") == set(hows)


def test_an_envelope_has_the_keys_and_the_bounds_that_were_promised():
    asked, answered = re.findall(r"^    (?:200 )?(\{.*(?:\n {6}.*)*)", CONTRACT, re.MULTILINE)[:2]
    keys = set(re.findall(r'"(\w+)":', asked))
    whos = set(api.WhoIn.model_fields)
    known = set(api.EnvelopeIn.model_fields) | set(api.ItemIn.model_fields)
    assert keys == known | whos | set(api.PaidIn.model_fields)
    told = set(re.findall(r'"(\w+)"[:,]', answered.split('"status": "')[0]))
    told |= set(re.findall(r'"(\w+)"(?=[:,}])', re.sub(r'"[a-z|_"]+\|[a-z|_"]*"', "", answered)))
    assert told <= set(api.AnswerOut.model_fields) | {"items"}
    assert f"at most {rules.MOST_ITEMS} items or {rules.MOST_BYTES // 1024} KiB" in CONTRACT


def test_the_measures_that_were_promised_are_in_the_catalogue():
    codes = ticked(after("Measure codes:", until="…"))[0].split()
    assert set(codes) <= set(MEASURES)
    assert {known.value for known in Known} == set(
        re.search(r'"known": "([a-z|]+)"', CONTRACT)[1].split("|")
    )


@pytest.mark.django_db(databases="__all__")
def test_a_draft_is_written_with_the_keys_that_were_promised(world):
    agreement = world.agreement("linkoping-iop")
    part = queries.parts(Command("test"), agreement)[0]
    draft = queries.draft(agreement, part, period=Period.parse("2019"), today=world.today)
    document = json.loads(json.dumps(queries.document(draft)))
    told = after('    {"format": "egenmakt.release/1"', until="\n\n")
    top = ["format", *re.findall(r'"(\w+)"', told.split('"gate"')[0].split(",", 1)[1])]
    top += ["gate", "measures", "tables", "goals", "contributions", "texts", "development"]
    assert set(document) == set(top) - {"from", "to"}
    assert set(document["period"]) == {"from", "to"}
    gate = re.findall(r'"(\w+)"', told.split('"gate": ')[1].split("}")[0])
    assert set(document["gate"]) == set(gate)
    measure = re.findall(r'"(\w+)"', told.split('"measures": ')[1].split("}")[0])
    assert all(set(one) == set(measure) for one in document["measures"])
    assert document["sha256"] == sha256_of(document)
    row_keys = set(re.findall(r'"(\w+)"', told.split('"rows": ')[1].split("}]")[0]))
    for table in document["tables"]:
        assert set(table) == {"id", "measure", "dimensions", "rows"}
        assert len(table["id"]) <= 31
        for row in table["rows"]:
            assert set(row) <= row_keys | set(table["dimensions"])
            assert row["protected"] is None


def test_every_part_of_the_contract_is_read_by_a_test():
    """A heading that is added to the contract is held by something here."""
    heads = re.findall(r"^## (.+)$", CONTRACT, re.MULTILINE)
    assert heads == ["Registrations", "Command line", "Measures and files", "Added"]


def test_what_the_product_adds_to_the_contract_is_there():
    added = CONTRACT.split("## Added", 1)[1]
    known = set().union(*(flags(name) for name in cli.COMMANDS))
    assert set(re.findall(r"--[a-z]+", added)) <= known
    assert "`proposals`" in added
    assert "proposals" in api.AnswerOut.model_fields
