"""The room as Django knows it."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The room `access`."""

    name = "egenmakt.access"
