"""Ids of made-up things, by their names."""

from uuid import UUID, uuid5

WORLD = UUID("6d0f5d0e-95a5-4c46-9a53-6f0a4f1d7a10")


def made_id(*names: object) -> UUID:
    """The id of something in the made-up world: the same name gives the same id, always."""
    return uuid5(WORLD, "|".join(str(name) for name in names))
