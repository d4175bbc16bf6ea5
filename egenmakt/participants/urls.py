"""Addresses of the room."""

from django.urls import URLPattern

app_name = "participants"
urlpatterns: list[URLPattern] = []
