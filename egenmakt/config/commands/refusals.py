"""How a command says no: a rule forbids it, or it cannot be understood."""


class Refused(Exception):
    """A rule says no (exit 1). The message says which; `known` goes out under `--json`."""

    def __init__(self, message: str, **known: object) -> None:
        """`known` is what a program may want to know of the refusal."""
        super().__init__(message)
        self.known = known


class BadUsage(Exception):
    """The words or the file cannot be understood (exit 2)."""
