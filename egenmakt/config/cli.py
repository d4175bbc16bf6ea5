"""The command line: a table of names, each with its words and the function that does it."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

Words = Callable[[argparse.ArgumentParser], None]


def serve(words: argparse.ArgumentParser) -> None:
    """The words of `serve`."""
    words.add_argument("--port", type=int, default=8000, help="port on 127.0.0.1 (8000)")
    words.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    words.add_argument("--tls-cert", metavar="F", help="certificate file; a tablet needs TLS")
    words.add_argument("--tls-key", metavar="F", help="key file of the certificate")


def demo(words: argparse.ArgumentParser) -> None:
    """The words of `demo`."""
    words.add_argument("--today", metavar="DATE", help="the day the world ends on (today)")
    words.add_argument("--fresh", action="store_true", help="build it anew from nothing")
    words.add_argument("--small", action="store_true", help="every place, a few weeks each")
    words.add_argument(
        "--places", action="store_true", help="places and log-ins; a second call does the rest"
    )


def import_counts(words: argparse.ArgumentParser) -> None:
    """The words of `import counts`."""
    words.add_argument("file", metavar="FILE", help="CSV or XLSX")
    words.add_argument("--site", required=True)
    words.add_argument("--measure", required=True, metavar="CODE")
    words.add_argument("--date", required=True, metavar="COLUMN")
    words.add_argument("--value", required=True, metavar="COLUMN")
    words.add_argument("--sheet", metavar="NAME", default="", help="of a workbook with several")
    words.add_argument("--where", metavar="COLUMN=TEXT", help="only rows where it says so")
    words.add_argument("--missing", action="append", default=[], metavar="TEXT")
    words.add_argument("--zero", choices=["zero", "missing"], default="zero")
    words.add_argument("--known", required=True, choices=["counted", "estimated", "stated"])
    words.add_argument("--source", required=True, metavar="TEXT")
    words.add_argument("--dry-run", action="store_true", help="read and judge, store nothing")


def import_undo(words: argparse.ArgumentParser) -> None:
    """The words of `import undo`."""
    words.add_argument("run", metavar="RUN")


def report(words: argparse.ArgumentParser) -> None:
    """The words of `report`."""
    words.add_argument("agreement", metavar="AGREEMENT")
    words.add_argument("--period", required=True, metavar="P", help="2024, 2024-07 or FROM..TO")
    words.add_argument("--party", metavar="PARTY")
    words.add_argument("--draft", action="store_true", required=True, help="internal figures")
    words.add_argument("--format", required=True, choices=["html", "json"])
    words.add_argument("--out", required=True, metavar="FILE")


def device_enrol(words: argparse.ArgumentParser) -> None:
    """The words of `device enrol`."""
    words.add_argument("--site", required=True)
    words.add_argument("--name", required=True)


def device_list(words: argparse.ArgumentParser) -> None:
    """The words of `device list`."""
    words.add_argument("--site")


def device_revoke(words: argparse.ArgumentParser) -> None:
    """The words of `device revoke`."""
    words.add_argument("device", metavar="DEVICE")


COMMANDS: dict[str, tuple[str, str, Words]] = {
    "demo": ("build the demo world", "demo:build", demo),
    "serve": ("serve the pages and the API", "serve:serve", serve),
    "import counts": ("take in counts that others kept", "imports:counts", import_counts),
    "import undo": ("take an import back, whole", "imports:undo", import_undo),
    "report": ("write an agreement's figures to a file", "report:write", report),
    "device enrol": ("enrol a device at a site", "device:enrol", device_enrol),
    "device list": ("list enrolled devices", "device:show", device_list),
    "device revoke": ("make a device's token stop working", "device:revoke", device_revoke),
}


def parser() -> argparse.ArgumentParser:
    """The words that `egenmakt` understands."""
    whole = argparse.ArgumentParser(prog="egenmakt", description="Egenmakt, from the shell.")
    first = whole.add_subparsers(required=True, metavar="COMMAND")
    groups: dict[str, Any] = {}
    for name, (purpose, function, words) in COMMANDS.items():
        group, _, second = name.partition(" ")
        within = first
        if second:
            if group not in groups:
                outer = first.add_parser(group, help=f"{group} …")
                groups[group] = outer.add_subparsers(required=True, metavar="COMMAND")
            within = groups[group]
        command = within.add_parser(second or group, help=purpose, description=purpose)
        words(command)
        command.add_argument("--json", action="store_true", help="one object on stdout")
        command.set_defaults(function=function)
    return whole


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. 0 done, 1 refused by a rule, 2 bad usage or file; errors on stderr."""
    args = parser().parse_args(argv)
    os.umask(0o077)  # what is made here is nobody else's to read
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "egenmakt.config.settings")
    module, _, function = args.function.partition(":")
    refusals = import_module("egenmakt.config.commands.refusals")
    try:
        if module != "demo":
            import_module("django").setup()
        answer = getattr(import_module(f"egenmakt.config.commands.{module}"), function)(args)
    except refusals.Refused as no:
        print(no, file=sys.stderr)
        if args.json:
            print(json.dumps({"refused": str(no), **no.known}, ensure_ascii=False))
        return 1
    except refusals.BadUsage as bad:
        print(bad, file=sys.stderr)
        return 2
    if args.json:
        print(json.dumps(answer, ensure_ascii=False, default=str))
    return 0
