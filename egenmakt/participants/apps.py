"""The room as Django knows it."""

from django.apps import AppConfig


class ParticipantsConfig(AppConfig):
    """The room `participants`."""

    name = "egenmakt.participants"
