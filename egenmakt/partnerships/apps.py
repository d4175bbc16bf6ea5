"""The room as Django knows it."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """The room `partnerships`."""

    name = "egenmakt.partnerships"
