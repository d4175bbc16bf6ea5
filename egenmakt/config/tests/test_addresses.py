"""Every address for every role: what each may open is one table, and a new address needs a row."""

import pytest
from django.test import Client

from egenmakt.access.guard import GUARDED
from egenmakt.config.tests.house import addresses
from egenmakt.world.log_ins import ROLES

pytestmark = pytest.mark.django_db(databases="__all__")

# What a GET answers, by who asks: nobody, then the roles of Sion in the order of their table:
# vard kamrat ombud handledare chef verksamhetschef kommun dso. Whoever may not see the thing gets
# 404, whoever may see it but not do this 403; 405 is someone who may, with a POST.
EVERYBODY = "200 200 200 200 200 200 200 200 200"
ON = "302 303 303 303 303 303 303 303 303"
OWN_LOG_IN = "302 200 200 200 200 200 200 200 200"
SOMEWHERE_ELSE = "302 302 302 302 302 302 302 302 302"
NO_APP_YET = "302 404 404 404 404 404 404 404 404"
SEES_SITE = "302 200 200 200 200 200 200 404 200"
DESK = "302 200 200 200 403 200 403 404 403"
DESK_POST = "302 405 405 405 403 405 403 404 403"
MANAGER_POST = "302 403 403 403 403 405 403 404 403"
PERSON = "302 403 403 200 403 200 403 404 403"
PERSON_POST = "302 403 403 405 403 405 403 404 403"
KEEPS_SITE = "302 403 403 403 403 200 200 404 403"
KEEPS_SITE_POST = "302 403 403 403 403 405 405 404 403"
ANOTHERS_FILE = "302 403 403 403 403 404 404 404 403"
TABLE = {
    EVERYBODY: "health api:openapi-json account_reset_password account_reset_password_done "
    "account_reset_password_from_key account_reset_password_from_key_done",
    "200 302 302 302 302 302 302 302 302": "account_login",
    "405 405 405 405 405 405 405 405 405": "access:language api:registrations",
    "404 404 404 404 404 404 404 404 404": "api:api-root",
    "303 200 200 200 200 200 200 200 200": "access:undertaking",
    ON: "home",
    OWN_LOG_IN: "account_logout account_change_password account_reauthenticate mfa_index",
    SOMEWHERE_ELSE: "mfa_authenticate mfa_reauthenticate mfa_activate_totp "
    "mfa_generate_recovery_codes",
    NO_APP_YET: "mfa_deactivate_totp mfa_view_recovery_codes mfa_download_recovery_codes",
    "302 303 303 303 403 303 403 403 403": "desk:home",
    DESK: "desk:today desk:list",
    DESK_POST: "desk:find desk:open participants:found_us",
    MANAGER_POST: "desk:close_conflict",
    "302 403 403 303 403 303 403 403 403": "participants:home",
    PERSON: "participants:people participants:person participants:edit participants:step_down "
    "participants:reads participants:card participants:household",
    PERSON_POST: "participants:issue_card participants:revoke_card participants:join "
    "participants:leave participants:rejoin participants:children",
    "302 303 303 303 303 303 303 403 303": "organisations:home",
    SEES_SITE: "organisations:site provisions:limits",
    KEEPS_SITE: "organisations:settle organisations:add_service organisations:order "
    "organisations:succeed organisations:add organisations:change organisations:organisation "
    "provisions:add exchange:site exchange:new exchange:run exchange:errors",
    KEEPS_SITE_POST: "organisations:reorder organisations:separate organisations:restore "
    "organisations:end organisations:remove provisions:end exchange:undo exchange:take_in "
    "exchange:throw_away",
    "302 404 404 404 404 404 200 404 403": "organisations:add_site",
    "302 403 403 403 403 403 403 403 200": "organisations:log",
    "302 403 403 403 403 303 303 403 403": "exchange:home",
    ANOTHERS_FILE: "exchange:columns exchange:sheet exchange:preview",
    "302 403 403 403 403 200 200 200 403": "partnerships:home partnerships:agreement "
    "partnerships:follow_up",
}
EXPECTED = {name: answers for answers, names in TABLE.items() for name in names.split()}
PUBLIC = {"health", "access:undertaking", "access:language"}
THIRD_PARTY = {  # their own guards, tried in access/tests
    "api:openapi-json", "api:registrations", "api:api-root",
    "account_login", "account_logout", "account_change_password", "account_reauthenticate",
    "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
    "account_reset_password_from_key_done", "mfa_index", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
}  # fmt: skip


def guard_of(view):
    """What the guard asks for before a view; None for a view that it does not know."""
    return GUARDED.get(f"{view.__module__}.{getattr(view, '__qualname__', '')}")


def test_every_address_has_a_row_and_every_row_an_address():
    assert {name for name, *_ in addresses()} == set(EXPECTED)
    assert len(EXPECTED) == sum(len(names.split()) for names in TABLE.values())


def test_every_view_stands_behind_the_guard():
    unguarded = {name for name, view, _ in addresses() if guard_of(view) is None}
    assert unguarded == THIRD_PARTY


def test_only_these_pages_are_for_everybody():
    guards = {name: guard_of(view) for name, view, _ in addresses()}
    assert {name for name, guard in guards.items() if guard and guard.public} == PUBLIC


def test_a_page_about_one_thing_fetches_it_by_who_asks():
    """The guard's resolver takes the parts of the address: no view looks things up by itself."""
    loose = {
        name
        for name, view, parts in addresses()
        if parts and (guard := guard_of(view)) and not guard.scope
    }
    assert loose == set()


@pytest.mark.parametrize("number", range(len(ROLES) + 1), ids=["nobody", *ROLES])
def test_everybody_gets_what_the_table_says(world, paths, number):
    client = world.client(list(ROLES)[number - 1], "sion") if number else Client()
    answers = {name: client.get(path).status_code for name, path in paths.items()}
    expected = {name: int(row.split()[number]) for name, row in EXPECTED.items()}
    assert {
        name: f"{answer} instead of {expected.get(name)}"
        for name, answer in answers.items()
        if answer != expected.get(name)
    } == {}


@pytest.mark.parametrize("role", ROLES)
def test_another_places_people_and_things_are_not_there(world, paths, role):
    """With every right at Kontaktcentrum there is nothing to be seen or done at Sion."""
    client = world.client(role, "kontaktcentrum")
    known = {name for name, _view, parts in addresses() if parts} - THIRD_PARTY
    answers = {
        f"{method} {name}": getattr(client, method)(paths[name]).status_code
        for name in known
        for method in ("get", "post")
    }
    assert {asked: answer for asked, answer in answers.items() if answer != 404} == {}


def test_nobody_changes_anything_without_logging_in(paths):
    answers = {
        name: Client().post(path)
        for name, path in paths.items()
        if name not in PUBLIC | THIRD_PARTY
    }
    assert {answer.headers["Location"].split("?")[0] for answer in answers.values()} == {
        "/logga-in/"
    }
