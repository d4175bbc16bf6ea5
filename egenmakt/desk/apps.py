"""The room as Django knows it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The room `desk`."""

    name = "egenmakt.desk"
