"""Addresses of the promise and the choice of language."""

from django.urls import path

from egenmakt.access import views

app_name = "access"
urlpatterns = [
    path("tystnadslofte/", views.promise, name="undertaking"),
    path("sprak/", views.choose_language, name="language"),
]
