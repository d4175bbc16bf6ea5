"""Serving the pages and the API with granian, one lock file telling that it does."""

import fcntl
import os
import socket
import sys
from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from egenmakt.config.commands.refusals import BadUsage, Refused
from egenmakt.vault import masterkey


def lock_path() -> Path:
    """The file that a server holds while it serves (`docs/contracts.md`)."""
    return Path(settings.HOME) / "serving.lock"


def serve(args: Namespace) -> None:
    """Serve until stopped. Refused when the home is not set up or is served already."""
    ready()
    if bool(args.tls_cert) != bool(args.tls_key):
        raise BadUsage("--tls-cert and --tls-key go together.")
    with lock_path().open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as held:
            raise Refused(f"{settings.HOME} is served already.") from held
        connections.close_all()
        must_be_free(args.host, args.port)
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # whitenoise warns of a missing one
        scheme = "https" if args.tls_cert else "http"
        print(f"Egenmakt: {scheme}://{args.host}:{args.port}", file=sys.stderr, flush=True)
        os.environ["EGENMAKT_HOME"] = str(settings.HOME)
        Granian(
            "egenmakt.config.wsgi:application",
            address=args.host,
            port=args.port,
            interface=Interfaces.WSGI,
            workers=2,
            blocking_threads=4,
            log_access=False,
            log_level=LogLevels.warning,
            ssl_cert=Path(args.tls_cert) if args.tls_cert else None,
            ssl_key=Path(args.tls_key) if args.tls_key else None,
        ).serve()


def must_be_free(host: str, port: int) -> None:
    """Raise Refused when somebody listens there already: the server would share the port with
    them, and visitors would fall between two houses."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as taken:
            raise Refused(
                f"{host}:{port} cannot be served: {taken.strerror}. Try --port."
            ) from taken


def ready() -> None:
    """Raise Refused, with what to do, unless there is data, a key and every migration."""
    try:
        masterkey.read()
        for alias in ("default", "keys"):
            executor = MigrationExecutor(connections[alias])
            if executor.migration_plan(executor.loader.graph.leaf_nodes()):
                raise Refused("There is no data here yet, or it is older than the program.")
    except masterkey.MasterKeyMissing as missing:
        raise Refused(str(missing)) from missing
