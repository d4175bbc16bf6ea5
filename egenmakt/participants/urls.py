"""Addresses of the room. No name, alias or card code ever stands in one."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from egenmakt.access.rules import Right
from egenmakt.participants import views
from egenmakt.ui.pages import Room

app_name = "participants"
urlpatterns = [
    path("personer/", views.home, name="home"),
    path("personer/<slug:slug>/", views.people, name="people"),
    path("person/<uuid:uuid>/", views.person, name="person"),
    path("person/<uuid:uuid>/andra/", views.edit, name="edit"),
    path("person/<uuid:uuid>/utan-namn/", views.step_down, name="step_down"),
    path("person/<uuid:uuid>/lasningar/", views.reads, name="reads"),
    path("person/<uuid:uuid>/hittade-hit/", views.found_us, name="found_us"),
    path("person/<uuid:uuid>/kort/", views.issue_card, name="issue_card"),
    path("person/<uuid:uuid>/kort/<uuid:card>/", views.card, name="card"),
    path("person/<uuid:uuid>/kort/<uuid:card>/sparra/", views.revoke_card, name="revoke_card"),
    path("person/<uuid:uuid>/hushall/", views.household, name="household"),
    path("person/<uuid:uuid>/hushall/med/", views.join, name="join"),
    path("person/<uuid:uuid>/hushall/lamna/", views.leave, name="leave"),
    path("person/<uuid:uuid>/hushall/angra/", views.rejoin, name="rejoin"),
    path("person/<uuid:uuid>/hushall/barn/", views.children, name="children"),
]
rooms = [Room(_("Personer"), "participants:home", Right.OPEN_PERSON)]
