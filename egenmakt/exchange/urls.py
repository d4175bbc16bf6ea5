"""Addresses of files on their way in, and of imports."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from egenmakt.access.rules import Right
from egenmakt.exchange import views
from egenmakt.ui.pages import Room

app_name = "exchange"
rooms = [Room(_("Siffror"), "exchange:home", Right.IMPORT_FIGURES)]
urlpatterns = [
    path("siffror/", views.home, name="home"),
    path("siffror/<slug:slug>/", views.runs, name="site"),
    path("siffror/<slug:slug>/ny/", views.new, name="new"),
    path("siffror/<slug:slug>/ny/<uuid:number>/", views.columns, name="columns"),
    path("siffror/<slug:slug>/ny/<uuid:number>/blad/", views.sheet, name="sheet"),
    path("siffror/<slug:slug>/ny/<uuid:number>/granska/", views.preview, name="preview"),
    path("siffror/<slug:slug>/ny/<uuid:number>/ta-in/", views.take_in, name="take_in"),
    path("siffror/<slug:slug>/ny/<uuid:number>/slang/", views.throw_away, name="throw_away"),
    path("siffror/<slug:slug>/<uuid:number>/", views.run, name="run"),
    path("siffror/<slug:slug>/<uuid:number>/fel.csv", views.errors, name="errors"),
    path("siffror/<slug:slug>/<uuid:number>/angra/", views.undo, name="undo"),
]
