"""Saying that something is wrong, coming back to it, and saying that a page is still true. GET changes nothing."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import Page

from commun.common import clock, ratelimit
from commun.common.errors import RateLimited
from commun.common.guard import anonymous_form
from commun.common.personal import personal_page
from commun.freshness import tokens
from commun.freshness.exceptions import NothingAsked
from commun.freshness.forms import EmptyForm, ReportForm, StillTrueForm
from commun.freshness.models import Report, Watch
from commun.freshness.selectors.public import report_by_token, report_of_address, reportable, watch_by_token
from commun.freshness.services import asking, reporting
from commun.freshness.types import PageState, ReportKind, ReportState

_AN_HOUR = timedelta(hours=1)
_A_DAY = timedelta(days=1)
_UNKNOWN = "freshness/link_unknown.html"
MAILS_A_DAY = 5  # to one address


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="freshness.report", limit=20, period=_AN_HOUR)
@never_cache
def report(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        page = reportable(page_id=pk)
    except Page.DoesNotExist:
        raise Http404 from None
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _may_write_to(form):
        row = reporting.report(
            page=page,
            kind=ReportKind(form.cleaned_data["nature"]),
            text=form.cleaned_data["texte"],
            address=form.cleaned_data["courriel"],
            now=clock.now(),
        )
        return redirect("freshness:reported", tokens.report_token(reference=row.reference))
    # `page` is the name of the page that is shown
    return render(request, "freshness/report.html", {"subject": page, "form": form}, status=422 if form.errors else 200)


def _may_write_to(form: ReportForm) -> bool:
    if not (address := form.cleaned_data["courriel"]):
        return True
    try:
        ratelimit.hit(scope="freshness.address", who=address, limit=MAILS_A_DAY, period=_A_DAY)
    except RateLimited:
        words = "Nous avons déjà écrit plusieurs fois à cette adresse aujourd’hui : laissez ce champ vide."
        form.add_error("courriel", words)
        return False
    return True


@personal_page(name="row", find=report_by_token, unknown=_UNKNOWN)
@require_safe
def reported(request: HttpRequest, row: Report, token: str) -> HttpResponse:
    context = {"report": row, "is_open": row.state == ReportState.NEW}
    return render(request, "freshness/reported.html", context)


@anonymous_form(scope="freshness.address", limit=30, period=_AN_HOUR)
@personal_page(name="found", find=report_of_address, unknown=_UNKNOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def address(request: HttpRequest, found: tuple[Report, str], token: str) -> HttpResponse:
    row, address = found
    form = EmptyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if reporting.confirm_address(report_id=row.pk, address=address, now=clock.now()):
            return redirect("freshness:reported", tokens.report_token(reference=row.reference))
        return render(request, _UNKNOWN, status=404)
    context = {"report": row, "address": address, "form": form}
    return render(request, "freshness/address.html", context, status=422 if form.errors else 200)


@anonymous_form(scope="freshness.still_true", limit=60, period=_AN_HOUR)
@personal_page(name="watch", find=watch_by_token, unknown=_UNKNOWN)
@require_http_methods(["GET", "HEAD", "POST"])
def still_true(request: HttpRequest, watch: Watch, token: str) -> HttpResponse:
    form = StillTrueForm(request.POST or None)
    if request.method == "POST" and watch.state != PageState.TRUE and form.is_valid():
        state = PageState(form.cleaned_data["etat"])
        with suppress(NothingAsked):  # somebody else answered meanwhile: the page says so
            asking.answer(watch_id=watch.pk, state=state, words=form.cleaned_data["precisions"], now=clock.now())
        return redirect("freshness:still_true", token)
    context = {
        "watch": watch,
        "form": form,
        "is_settled": watch.state == PageState.TRUE,
        "is_said": watch.state in {PageState.CHANGED, PageState.OVER},
    }
    return render(request, "freshness/still_true.html", context, status=422 if form.errors else 200)
