"""« État du site »: one screen that says whether all is well."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.common.screens import show_screen
from commun.website.state import read_state


@permission_required("mailing.operate_mail")
@require_safe
def state(request: HttpRequest) -> HttpResponse:
    found = read_state(now=clock.now())
    context = {
        "state": found,
        "troubles": [
            (trouble, reverse(trouble.where[0], args=trouble.where[1:]) if trouble.where else "")
            for trouble in found.troubles
        ],
    }
    template = "website/admin/state.html"
    return show_screen(request, template, title="État du site", icon="desktop", steps=(), context=context)
