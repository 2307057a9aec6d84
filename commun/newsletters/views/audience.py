"""Whom a letter goes to, by their addresses: for whoever holds the readers' file, and each look is written down."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from commun.common import clock, french
from commun.mailing.api import reason_label, recipients
from commun.newsletters.models import IssuePage
from commun.newsletters.selectors.issues import current_submission
from commun.newsletters.services.audience import Chosen, chosen_audience
from commun.newsletters.services.journal import note
from commun.newsletters.services.topics import topics_of
from commun.newsletters.types import Act
from commun.newsletters.views.issues import crumbs
from commun.newsletters.views.sending import crumb, status_of
from commun.newsletters.wording import AUDIENCE, DELIVERIES, say_chosen
from commun.subscribers.api import people_reached

_A_PAGE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def addresses(request: HttpRequest, pk: int) -> HttpResponse:
    """A GET says what the look is; a POST looks, and is logged. Before the send, computed; then its own record."""
    user: Any = request.user
    if not user.has_perm("subscribers.view_subscriber"):
        raise PermissionDenied
    page = get_object_or_404(IssuePage.objects.select_related("theme"), id=pk)
    status = status_of(page)
    send = status.progress.send_id if status.progress and status.progress.started_at else None
    chosen = chosen_audience(submission=status.submission if status.progress else None)
    rows: list[tuple[int, str, str]] = []
    looked = request.method == "POST"
    if looked:
        after = request.POST.get("after", "")
        rows = _rows(
            page,
            chosen=chosen,
            send=send,
            after=int(after) if after.isascii() and after.isdecimal() and len(after) < 16 else 0,
        )
        words = f"{french.count(len(rows), 'adresse')}."
        note(
            act=Act.AUDIENCE_READ,
            issue=page,
            submission=current_submission(issue=page),
            by=user,
            words=words,
            now=clock.now(),
        )
    context = {
        "issue": page,
        "sent": send is not None,
        "chosen": "" if chosen.everybody else say_chosen(chosen.name),
        "looked": looked,
        "rows": rows,
        "more": rows[-1][0] if len(rows) == _A_PAGE else 0,
        "breadcrumbs_items": crumbs(crumb(page), (request.path, "Adresses")),
    }
    return render(request, "newsletters/admin/addresses.html", context)


def _rows(page: IssuePage, *, chosen: Chosen, send: int | None, after: int) -> list[tuple[int, str, str]]:
    """(place, address, why), a page of them."""
    if send is None:
        topics = topics_of(theme=page.theme)
        found = people_reached(topics=topics, conditions=chosen.conditions, after=after, limit=_A_PAGE)
        return [(one.place, one.address, AUDIENCE[one.why]) for one in found]
    return [
        (
            place,
            address or f"effacée ({key})",
            " : ".join(filter(None, (DELIVERIES[state], reason_label(why) if why else ""))),
        )
        for place, address, key, state, why in recipients(send_id=send, after=after, limit=_A_PAGE)
    ]
