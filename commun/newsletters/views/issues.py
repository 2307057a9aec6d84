"""The letter in the administration: its issues, its calendar, composing one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commun.common import clock, french
from commun.common.errors import AppError
from commun.library.api import ResourceKind, ThemePage, plan_theme, themes_calendar
from commun.newsletters.exceptions import NewslettersError
from commun.newsletters.forms import MonthForm
from commun.newsletters.models import IssuePage
from commun.newsletters.selectors.errata import standing_errata
from commun.newsletters.selectors.issues import issues_overview
from commun.newsletters.selectors.proposals import PROPOSED, filling, proposals
from commun.newsletters.selectors.year import MONTHS, month_after, months_to_choose, year_from
from commun.newsletters.services.compose import compose_issue
from commun.newsletters.types import IssueState
from commun.newsletters.wording import STATES, say


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    items = [(reverse("newsletters:issues"), "La lettre"), *more]
    return [
        {"url": reverse("wagtailadmin_home"), "label": "Accueil"},
        *({"url": url, "label": label} for url, label in items),
    ]


def check_access(request: HttpRequest) -> None:
    """The editors' own screens; the others of the team read the site."""
    if not any(request.user.has_perm(f"newsletters.{name}") for name in ("submit_issue", "send_issue")):
        raise PermissionDenied


@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    check_access(request)
    errata = standing_errata()
    rows = [
        {"issue": issue, "state": state.value, "label": STATES[state], "erratum": errata.get(issue.pk)}
        for issue, state in issues_overview()
    ]
    return render(request, "newsletters/admin/issues.html", {"rows": rows, "breadcrumbs_items": crumbs()})


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Every theme by month, with what it has, what it lacks, and its issues."""
    check_access(request)
    today = clock.today()
    composed: dict[int, list[tuple[IssuePage, IssueState]]] = {}
    overview = issues_overview()
    for issue, state in reversed(overview):
        composed.setdefault(issue.theme_id, []).append((issue, state))
    calendar = themes_calendar()
    first = _first_month(request, today=today)
    following = next((entry for entry in calendar if _comes(entry, composed, today=today)), None)
    entries = [
        {
            "entry": entry,
            "is_next": entry is following,
            "month": entry.planned_month.isoformat()[:7] if entry.planned_month else "",
            # Its month is behind us, or its issue is begun: nobody composes it again by mistake.
            "offered": entry.theme.pk not in composed and _is_open(entry, composed, today=today),
            "call_is_over": entry.call_until is not None and entry.call_until < today,
            "counts": [(ResourceKind(kind).label, number) for kind, number in entry.counts.items() if number],
            "missing": [code.label for code in entry.missing] if _is_open(entry, composed, today=today) else [],
            "issues": [issue for issue, _ in composed.get(entry.theme.pk, [])],
        }
        for entry in calendar
    ]
    context = {
        "entries": entries,
        "year": year_from(first=first, themes=calendar, issues=overview),
        "months": months_to_choose(first=today),
        "states": STATES,
        "earlier": month_after(first, -MONTHS).isoformat()[:7],
        "later": month_after(first, MONTHS).isoformat()[:7],
        "breadcrumbs_items": crumbs((reverse("newsletters:calendar"), "Calendrier éditorial")),
    }
    return render(request, "newsletters/admin/calendar.html", context)


def _first_month(request: HttpRequest, *, today: date) -> date:
    """The month that the year begins with; garbage is none."""
    form = MonthForm({"month": request.GET.get("mois", "")})
    found: date = form.cleaned_data["month"] if form.is_valid() else today
    return found.replace(day=1) if 2000 <= found.year <= 2100 else today.replace(day=1)


@require_POST
def plan(request: HttpRequest, theme: int) -> HttpResponse:
    """Another month for a theme; the message says which one it had."""
    check_access(request)
    page = get_object_or_404(ThemePage, id=theme)
    form = MonthForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["month"])))
        return redirect("newsletters:calendar")
    before = page.planned_month
    try:
        plan_theme(theme=page, month=form.cleaned_data["month"], user=_user(request))
    except AppError as error:
        messages.error(request, say(error))
    else:
        was = f" (avant : {french.month(before)})" if before else ""
        messages.success(request, f"« {page.title} » paraîtra en {french.month(form.cleaned_data['month'])}{was}.")
    return redirect("newsletters:calendar")


def _is_open(entry: Any, composed: dict[int, list[tuple[IssuePage, IssueState]]], *, today: date) -> bool:
    """Still to be made: its month is not behind us, and no issue of it has left."""
    left = any(state in {IssueState.SENT, IssueState.STOPPED} for _, state in composed.get(entry.theme.pk, []))
    return not left and (entry.planned_month is None or entry.planned_month >= today.replace(day=1))


def _comes(entry: Any, composed: dict[int, list[tuple[IssuePage, IssueState]]], *, today: date) -> bool:
    return entry.planned_month is not None and _is_open(entry, composed, today=today)


@require_http_methods(["GET", "HEAD", "POST"])
def compose(request: HttpRequest, theme: int) -> HttpResponse:
    """Say what the issue will be made of, then make it."""
    check_access(request)
    page = get_object_or_404(ThemePage, id=theme)
    if request.method == "POST":
        try:
            issue = compose_issue(theme=page, user=_user(request), more=_chosen(request))
        except NewslettersError as error:
            messages.error(request, say(error))
            return redirect("newsletters:calendar")
        messages.success(request, f"Le numéro {issue.number} est composé. Relisez-le, complétez-le, puis envoyez-le.")
        return redirect("wagtailadmin_pages:edit", issue.pk)
    taken = filling(theme=page)
    context = {
        "theme": page,
        "taken": taken,
        "proposals": proposals(theme=page, taken=taken, today=clock.today()),
        "existing": IssuePage.objects.filter(theme=page).order_by("number").defer("body"),
        "breadcrumbs_items": crumbs((request.path, "Composer un numéro")),
    }
    return render(request, "newsletters/admin/compose.html", context)


def _chosen(request: HttpRequest) -> list[int]:
    """The proposals that were ticked; garbage is none."""
    return [int(pk) for pk in request.POST.getlist("page")[:PROPOSED] if pk.isdecimal() and len(pk) < 10]


def _user(request: HttpRequest) -> Any:
    return request.user
