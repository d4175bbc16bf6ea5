"""Addresses of the limits."""

from django.urls import path

from egenmakt.provisions import views

app_name = "provisions"
urlpatterns = [
    path("granser/<slug:slug>/", views.limits, name="limits"),
    path("granser/<slug:slug>/ny/", views.add, name="add"),
    path("granser/<slug:slug>/<uuid:limit_id>/sluta/", views.end, name="end"),
]
