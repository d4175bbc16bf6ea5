"""A person's sign: a shape, a tint and two letters, the same on card, list and wall board."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

SHAPES: Final = ("", "sign-door", "sign-leaf", "sign-square", "sign-stone", "sign-roof")
TINTS: Final = 5


@dataclass(frozen=True)
class Sign:
    """What is drawn: the class of the shape (none is a circle), a tint from 1, and the letters."""

    shape: str
    tint: int
    letters: str


def sign(whose: UUID, alias: str) -> Sign:
    """The sign of somebody. Shape and tint come from the id alone, so they never change and mean
    nothing about the person."""
    lot = sha256(whose.bytes).digest()
    letters = "".join(char for char in alias if char.isalnum())[:2] or alias[:1]
    return Sign(SHAPES[lot[0] % len(SHAPES)], lot[1] % TINTS + 1, letters.upper())
