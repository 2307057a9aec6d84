"""Pages for what went wrong: they say what happened, and what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from commun.website.gone import gone, guesses


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What was on line and was taken off says so (410), and leads to what is close."""
    taken_off = gone(path=request.path)
    if taken_off is not None:
        return render(request, "errors/410.html", {"neighbours": taken_off}, status=410)
    return render(request, "errors/404.html", {"guesses": guesses(path=request.path)}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(get_template("errors/400.html").render(), status=400)


def server_error(request: HttpRequest) -> HttpResponse:
    """Neither the database nor a template tag may be needed to say that something broke."""
    return HttpResponse(get_template("errors/500.html").render(), status=500)
