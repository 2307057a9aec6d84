"""Taking sections of another issue."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import strip_tags
from django.views.decorators.http import require_http_methods

from commun.common import french
from commun.newsletters.models import IssuePage
from commun.newsletters.services.borrowing import borrow_sections
from commun.newsletters.services.freeze import latest
from commun.newsletters.types import IssueState
from commun.newsletters.views.issues import crumbs
from commun.newsletters.views.sending import act, back, crumb, get_issue_or_404, status_of

_LONGEST = 90


@require_http_methods(["GET", "HEAD", "POST"])
def borrow(request: HttpRequest, pk: int) -> HttpResponse:
    """First which issue, then which of its sections."""
    page = get_issue_or_404(request, pk)
    if status_of(page).state != IssueState.DRAFT:
        return back(page)
    others = IssuePage.objects.exclude(pk=page.pk).order_by("-number")
    asked = request.POST.get("de") or request.GET.get("de", "")
    source = (
        get_object_or_404(others, pk=int(asked)) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else None
    )
    if request.method == "POST" and source is not None:
        ids = request.POST.getlist("rubrique")
        done = f"Ajouté à la fin du numéro : {french.count(len(ids), 'rubrique')}."
        return act(
            request,
            pk,
            do=lambda issue, user: borrow_sections(issue=issue, source=source, ids=ids, user=user),
            done=done,
            to="wagtailadmin_pages:edit",
        )
    if request.method == "POST":
        return redirect(request.path)
    context = {
        "issue": page,
        "others": others,
        "source": source,
        "sections": [_told(section) for section in latest(issue=source).body] if source else [],
        "breadcrumbs_items": crumbs(crumb(page), (request.path, "Reprendre des rubriques")),
    }
    return render(request, "newsletters/admin/borrow.html", context)


def _told(section: Any) -> dict[str, str]:
    """What it is, and how it begins."""
    value = section.value
    words = next((str(value[name]) for name in ("title", "text", "words", "lead") if value.get(name)), "")
    said = " ".join(strip_tags(words).split())
    return {
        "id": section.id,
        "name": section.block.label,
        "begins": said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…",
    }
