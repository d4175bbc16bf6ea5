"""The room as Django knows it."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The room `visits`."""

    name = "egenmakt.visits"
