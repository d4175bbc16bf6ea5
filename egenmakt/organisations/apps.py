"""The room as Django knows it."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The room `organisations`."""

    name = "egenmakt.organisations"
