"""Addresses of the places and of the log of what was done there."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from egenmakt.access.rules import Right
from egenmakt.organisations import views
from egenmakt.ui.pages import Room

app_name = "organisations"
rooms = [
    Room(_("Mötesplatsen"), "organisations:home", Right.SEE_SITE),
    Room(_("Logg"), "organisations:log", Right.READ_LOG),
]
SITE = "motesplatsen/<slug:slug>/"
urlpatterns = [
    path("motesplatsen/", views.home, name="home"),
    path(SITE, views.site, name="site"),
    path(f"{SITE}installningar/", views.settle, name="settle"),
    path(f"{SITE}tjanst/ny/", views.add_service, name="add_service"),
    path(f"{SITE}ordning/", views.order, name="order"),
    path(f"{SITE}ordning/<uuid:row_id>/", views.reorder, name="reorder"),
    path(f"{SITE}tog-over/", views.succeed, name="succeed"),
    path(f"{SITE}tog-over/<uuid:link_id>/bort/", views.separate, name="separate"),
    path(f"{SITE}angra/", views.restore, name="restore"),
    path(f"{SITE}<slug:sort>/ny/", views.add, name="add"),
    path(f"{SITE}<slug:sort>/<uuid:row_id>/", views.change, name="change"),
    path(f"{SITE}<slug:sort>/<uuid:row_id>/sluta/", views.end, name="end"),
    path(f"{SITE}<slug:sort>/<uuid:row_id>/bort/", views.remove, name="remove"),
    path("organisation/<slug:slug>/", views.organisation, name="organisation"),
    path("organisation/<slug:slug>/ny-motesplats/", views.add_site, name="add_site"),
    path("logg/", views.log, name="log"),
]
