"""Addresses of the room: the desk, its fragments and the day's list."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from egenmakt.access.rules import Right
from egenmakt.desk import views
from egenmakt.ui.pages import Room

app_name = "desk"
urlpatterns = [
    path("idag/", views.home, name="home"),
    path("idag/<slug:slug>/", views.today, name="today"),
    path("idag/<slug:slug>/hitta/", views.find, name="find"),
    path("idag/<slug:slug>/oppna/", views.open_person, name="open"),
    path("idag/<slug:slug>/listan/", views.day_list, name="list"),
    path("idag/<slug:slug>/listan/<uuid:uuid>/stang/", views.close_conflict, name="close_conflict"),
]
rooms = [Room(_("Idag"), "desk:home", Right.SEE_DESK)]
