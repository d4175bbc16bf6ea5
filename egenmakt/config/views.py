"""The start page that leads everybody home, whether the house stands, and what is said when not."""

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

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
        for alias in connections:
            with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
                cursor.execute("CREATE TEMPORARY TABLE IF NOT EXISTS halsa (at integer)")
                cursor.execute("DELETE FROM halsa")
        writable = settings.HOME.exists()
    except DatabaseError:
        writable = False
    return JsonResponse({"ok": writable}, status=200 if writable else 503)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: what came could not be read."""
    return bare("400.html", status=400)


def open_too_long(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its CSRF token."""
    return bare("403_csrf.html", status=403)


def stopped(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours."""
    return bare("500.html", status=500)


def bare(template: str, *, status: int) -> HttpResponse:
    """A page that asks neither session nor database, since they may be what is wrong; it still
    says that a demo is one."""
    return HttpResponse(render_to_string(template, {"demo": settings.DEMO}), status=status)
