"""The start page that leads everybody home, and the answer to whether the house stands."""

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse

from egenmakt.access.guard import Request, page
from egenmakt.config.navigation import open_to
from egenmakt.ui.pages import redirect, render


@page()
def home(request: Request) -> HttpResponse:
    """To the first room that somebody's rights open; a page that says so when none does."""
    mine = open_to(request.user)
    if mine:
        return redirect(request, mine[0].url_name)
    return render(request, "config/nowhere.html")


@page(public=True)
def health(request: HttpRequest) -> JsonResponse:
    """200 when the house can serve and write, 503 when it cannot; says nothing else."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS halsa (at integer)")
            cursor.execute("DELETE FROM halsa")
        writable = settings.HOME.exists()
    except DatabaseError:
        writable = False
    return JsonResponse({"ok": writable}, status=200 if writable else 503)
