"""Mail operators and the pace we keep with each: for who operates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.mailing.admin.forms import OperatorForm, PauseForm, PolicyForm
from commun.mailing.admin.screens import SENDS, show
from commun.mailing.delivery.pace import warmup_cap
from commun.mailing.exceptions import DomainTaken, InvalidDomain
from commun.mailing.models import Operator, Policy
from commun.mailing.selectors.sends import operator_days, overall_policy
from commun.mailing.services import operators as services

OPERATORS = ("mailing_sends:operators", "Messageries")
SHOWN_DAYS = 14


def _usage(count: int, cap: int | None) -> dict[str, Any]:
    return {"count": count, "cap": cap, "full": cap is not None and count >= cap}


@permission_required("mailing.operate_mail")
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    today, policy = operator_days(now=now), overall_policy()
    rows: list[dict[str, Any]] = [
        {
            "operator": operator,
            "domains": operator.domains.all(),
            "today": _usage(today.get(operator.slug, 0), operator.daily_cap),
        }
        for operator in Operator.objects.prefetch_related("domains")
    ]
    context = {
        "rows": sorted(rows, key=lambda row: (not row["operator"].alarm, row["operator"].name.lower())),
        "policy": policy,
        "overall": _usage(today.get("*", 0), warmup_cap(policy=policy, today=timezone.localdate(now))),
    }
    return show(request, "operators", "Messageries", context)


@permission_required("mailing.operate_mail")
@require_http_methods(["GET", "HEAD", "POST"])
def operator(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One operator: its domains, its limits, its pause and its alarm; or a new one."""
    found = None if pk is None else get_object_or_404(Operator, pk=pk)
    form = OperatorForm(request.POST or None, initial=_initial(found))
    if request.method == "POST" and form.is_valid() and (saved := _save(request, found, form)) is not None:
        messages.success(request, "Enregistré : les envois à venir en tiennent compte.")
        return redirect("mailing_sends:operator", saved.pk)
    context = {
        "operator": found,
        "form": form,
        "pause_form": PauseForm(),
    }
    title = found.name if found else "Ajouter une messagerie"
    return show(request, "operator", title, context, trail=(SENDS, OPERATORS))


def _initial(found: Operator | None) -> dict[str, Any]:
    if found is None:
        return {}
    names = found.domains.order_by("domain").values_list("domain", flat=True)
    return {
        "name": found.name,
        "rate_per_minute": found.rate_per_minute,
        "daily_cap": found.daily_cap,
        "domains": "\n".join(names),
    }


def _save(request: HttpRequest, found: Operator | None, form: OperatorForm) -> Operator | None:
    try:
        return services.save_operator(
            operator=found,
            name=form.cleaned_data["name"],
            domains=form.cleaned_data["domains"],
            limits={name: form.cleaned_data[name] for name in ("rate_per_minute", "daily_cap")},
            by=request.user,
        )
    except InvalidDomain as error:
        form.add_error("domains", f"« {error} » n’est pas un nom de domaine.")
    except DomainTaken as error:
        form.add_error("domains", f"« {error.domain} » est déjà à {error.operator} : retirez-le d’abord là-bas.")
    return None


@permission_required("mailing.operate_mail")
@require_POST
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Operator, pk=pk)
    form = PauseForm(request.POST)
    if form.is_valid():
        until = clock.now() + timedelta(hours=form.cleaned_data["hours"])
        services.pause_operator(operator=found, until=until, by=request.user)
        messages.success(request, f"{found.name} est en pause : ses destinataires attendent, rien n’est perdu.")
    else:
        messages.error(request, "Choisissez une durée.")
    return redirect("mailing_sends:operator", pk)


@permission_required("mailing.operate_mail")
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Operator, pk=pk)
    services.reopen_operator(operator=found, by=request.user)
    messages.success(request, f"{found.name} est rouvert : ce qui attendait repart.")
    return redirect("mailing_sends:operator", pk)


@permission_required("mailing.operate_mail")
@require_http_methods(["GET", "HEAD", "POST"])
def pace(request: HttpRequest) -> HttpResponse:
    """The overall pace, and the warm-up of a domain nobody knows yet."""
    policy = overall_policy()
    names = list(PolicyForm.base_fields)
    form = PolicyForm(request.POST or None, initial={name: getattr(policy, name) for name in names})
    if request.method == "POST" and form.is_valid():
        services.save_policy(values=form.cleaned_data, by=request.user)
        messages.success(request, "Enregistré : les travailleurs obéissent aussitôt.")
        return redirect("mailing_sends:pace")
    context = {"form": form, "policy": policy, "days": _warmup_days(policy)}
    return show(request, "pace", "Rythme d’envoi", context, trail=(SENDS, OPERATORS))


def _warmup_days(policy: Policy) -> list[tuple[Any, int | None]]:
    if policy.warmup_from is None:
        return []
    days = [policy.warmup_from + timedelta(days=rank) for rank in range(SHOWN_DAYS)]
    return [(day, warmup_cap(policy=policy, today=day)) for day in days]
