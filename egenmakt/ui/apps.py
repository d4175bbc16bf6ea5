"""Django's entry to the look of every page."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "egenmakt.ui"
