"""Sending a letter to people who look at it before it leaves; the lists they are on."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commun.common import french
from commun.newsletters.forms import TestForm, TrialListForm
from commun.newsletters.models import TrialList
from commun.newsletters.services import trials
from commun.newsletters.views.issues import check_access, crumbs
from commun.newsletters.views.sending import act, get_issue_or_404, show_issue

_LISTS = "Listes d’essai"


@require_POST
def test(request: HttpRequest, pk: int) -> HttpResponse:
    page = get_issue_or_404(request, pk)
    form = TestForm(request.POST)
    if not form.is_valid():
        return show_issue(request, page, code=422, test_form=form)
    addresses = form.cleaned_data["addresses"]
    done = (
        f"Un exemplaire d’essai part vers {addresses[0]}."
        if len(addresses) == 1
        else f"Un exemplaire d’essai part vers {french.count(len(addresses), 'adresse')}."
    )
    return act(
        request,
        pk,
        do=lambda page, user: trials.send_issue_test(issue=page, addresses=addresses, user=user),
        done=done,
    )


@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    check_access(request)
    context = {"lists": TrialList.objects.all(), "breadcrumbs_items": crumbs((request.path, _LISTS))}
    return render(request, "newsletters/admin/trial_lists.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_list(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    check_access(request)
    known = get_object_or_404(TrialList, pk=pk) if pk is not None else None
    initial = {"name": known.name, "addresses": known.addresses} if known else None
    form = TrialListForm(request.POST if request.method == "POST" else None, initial=initial, known=known)
    if request.method == "POST" and form.is_valid():
        saved = trials.save_list(known=known, user=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, f"La liste « {saved.name} » compte {french.count(len(saved.all), 'adresse')}.")
        return redirect("newsletters:trial_lists")
    items = crumbs((reverse("newsletters:trial_lists"), _LISTS), (request.path, known.name if known else "Nouvelle"))
    context = {"form": form, "known": known, "breadcrumbs_items": items}
    return render(request, "newsletters/admin/trial_list.html", context, status=422 if form.errors else 200)


@require_POST
def forget_list(request: HttpRequest, pk: int) -> HttpResponse:
    check_access(request)
    known = get_object_or_404(TrialList, pk=pk)
    trials.forget_list(known=known, user=request.user)  # type: ignore[arg-type]
    messages.success(request, f"La liste « {known.name} » est supprimée.")
    return redirect("newsletters:trial_lists")
