"""The room as Django knows it."""

from django.apps import AppConfig


class ProvisionsConfig(AppConfig):
    """The room `provisions`."""

    name = "egenmakt.provisions"
