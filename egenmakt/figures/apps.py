"""The room as Django knows it."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """The room `figures`."""

    name = "egenmakt.figures"
