"""The room as Django knows it."""

from django.apps import AppConfig


class VaultConfig(AppConfig):
    """Keys and what is sealed with them."""

    name = "egenmakt.vault"
