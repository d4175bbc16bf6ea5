"""The command line: quick help, honest exit codes, one object under --json, and a page of docs."""

import fcntl
import json
import re
import subprocess
import sys

import pytest
from django.db import connections

from egenmakt.access import queries
from egenmakt.access.models import Device
from egenmakt.audit.models import Entry
from egenmakt.config import cli
from egenmakt.config.commands.serve import lock_path
from egenmakt.config.settings import PACKAGE
from egenmakt.config.tests.house import HERE, python, strings

SETTINGS = (HERE / "docs" / "settings.md").read_text()
COMMANDS = (HERE / "docs" / "commands.md").read_text()
VARIABLE = re.compile(r"EGENMAKT_[A-Z_]+|DATABASE_URL|KEYS_URL")
FLAG = re.compile(r"--[a-z-]+")


def flags(name):
    """The flags of a command, as its parser knows them."""
    words = cli.argparse.ArgumentParser(add_help=False)
    cli.COMMANDS[name][2](words)
    return {flag for action in words._actions for flag in action.option_strings}


def sections():
    """What docs/commands.md says of each command."""
    parts = re.split(r"^## egenmakt (.+)$", COMMANDS, flags=re.MULTILINE)[1:]
    return {
        re.sub(r" [A-Z]+$", "", title): text
        for title, text in zip(parts[::2], parts[1::2], strict=True)
    }


def test_every_setting_is_documented_and_no_other():
    read = {text for file in python() for text in strings(file) if VARIABLE.fullmatch(text)}
    told = set(VARIABLE.findall(SETTINGS.replace("EGENMAKT_HOME/", "")))
    assert told == read


def test_every_command_is_documented_with_all_its_flags_and_no_other():
    told = {name: set(FLAG.findall(text)) for name, text in sections().items()}
    assert told == {name: flags(name) for name in cli.COMMANDS}


def test_every_command_leads_to_a_function():
    for purpose, function, _words in cli.COMMANDS.values():
        module, _, name = function.partition(":")
        source = (PACKAGE / "config" / "commands" / f"{module}.py").read_text()
        assert f"\ndef {name}(" in source
        assert purpose[0].islower()


def test_help_is_given_without_loading_the_framework():
    code = (
        "import sys; from egenmakt.config import cli\n"
        "try: cli.main(['import', 'counts', '--help'])\n"
        "except SystemExit as done: print(done.code, 'django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0 False"
    assert "--measure CODE" in done.stdout


@pytest.mark.parametrize(
    "words", [[], ["nothing"], ["device"], ["device", "enrol"], ["serve", "x"]]
)
def test_words_that_mean_nothing_are_bad_usage(words, capsys):
    with pytest.raises(SystemExit) as left:
        cli.main(words)
    assert left.value.code == 2
    assert capsys.readouterr().out == ""


def run(capsys, *words):
    """Run a command in this process: its exit code, what it printed and what it complained of."""
    code = cli.main(list(words))
    said = capsys.readouterr()
    return code, said.out, said.err


@pytest.mark.django_db(databases="__all__")
def test_a_device_is_enrolled_listed_and_revoked(world, capsys):
    code, out, _ = run(capsys, "device", "enrol", "--site", "sion", "--name", "Dörren", "--json")
    made = json.loads(out)
    assert code == 0
    assert (made["site"], made["name"]) == ("sion", "Dörren")
    assert queries.device_with(made["token"]).site == world.site("sion").id
    listed = json.loads(run(capsys, "device", "list", "--site", "sion", "--json")[1])["devices"]
    assert [(one["device"], one["revoked"]) for one in listed] == [(made["device"], None)]
    assert made["token"] not in json.dumps(listed)
    assert run(capsys, "device", "list", "--site", "norrtalje", "--json")[1].strip() == (
        '{"devices": []}'
    )
    assert run(capsys, "device", "revoke", made["device"])[0] == 0
    assert queries.device_with(made["token"]) is None
    assert "revoked" in run(capsys, "device", "list")[1]
    acts = Entry.objects.filter(actor_kind="command").values_list("action", flat=True)
    assert {"access.enrol", "access.revoke"} <= set(acts)


@pytest.mark.django_db(databases="__all__")
def test_without_json_the_token_alone_is_printed(world, capsys):
    _, out, err = run(capsys, "device", "enrol", "--site", "sion", "--name", "Dörren")
    assert queries.device_with(out.strip()) is not None
    assert err == ""


@pytest.mark.django_db(databases="__all__")
@pytest.mark.parametrize(
    "words",
    [
        ("enrol", "--site", "nowhere", "--name", "x"),
        ("enrol", "--site", "sion", "--name", " "),
        ("enrol", "--site", "sion", "--name", "x" * 61),
        ("list", "--site", "nowhere"),
        ("revoke", "not an id"),
        ("revoke", "00000000-0000-0000-0000-000000000000"),
    ],
)
def test_what_is_not_there_is_bad_usage_and_changes_nothing(world, capsys, words):
    before = Device.objects.count()
    code, out, err = run(capsys, "device", *words, "--json")
    assert (code, out) == (2, "")
    assert err.strip()
    assert Device.objects.count() == before


@pytest.mark.django_db(databases="__all__")
def test_serving_is_refused_with_what_to_do(settings, tmp_path, capsys):
    settings.MASTER_KEY_FILE = tmp_path / "master.key"
    code, out, err = run(capsys, "serve", "--json")
    assert code == 1
    assert "There is no master key" in err
    assert "There is no master key" in json.loads(out)["refused"]


@pytest.mark.django_db(databases="__all__")
def test_a_home_is_served_once(world, capsys):
    with lock_path().open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        code, _, err = run(capsys, "serve", "--port", "0")
    assert code == 1
    assert "is served already" in err
    assert connections["default"].connection is not None


@pytest.mark.django_db(databases="__all__")
def test_half_a_certificate_is_bad_usage(capsys):
    assert run(capsys, "serve", "--tls-cert", "cert.pem")[0] == 2


def test_no_device_is_enrolled_where_the_door_is_shut_for_good(world, capsys):
    code, _, err = run(capsys, "device", "enrol", "--site", "baba", "--name", "Dörren")
    assert code == 1
    assert "closed for good" in err
