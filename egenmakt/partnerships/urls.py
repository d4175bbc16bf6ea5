"""Addresses of the room."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from egenmakt.access.rules import Right
from egenmakt.partnerships import views
from egenmakt.ui.pages import Room

app_name = "partnerships"
rooms = [Room(_("Uppföljning"), "partnerships:home", Right.SEE_RELEASES)]
urlpatterns = [
    path("uppfoljning/", views.home, name="home"),
    path("uppfoljning/<slug:slug>/", views.agreement, name="agreement"),
    path("uppfoljning/<slug:slug>/<str:period>/", views.follow_up, name="follow_up"),
]
