"""Whether operators will believe who we say we are."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.mailing.admin.screens import show
from commun.mailing.models import DeliverabilityReport
from commun.mailing.services.deliverability import ask_for_report, our_identity

LABELS = {"good": "Bon", "warning": "À améliorer", "bad": "À corriger", "unknown": "Inconnu"}


@permission_required("mailing.operate_mail")
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        if ask_for_report(now=clock.now()):
            messages.success(request, "La vérification est demandée : elle prend moins d’une minute.")
        else:
            messages.warning(request, "Une vérification est déjà en cours.")
        return redirect("mailing_sends:deliverability")
    report = DeliverabilityReport.objects.filter(pk=1).first()
    findings: list[dict[str, Any]] = report.findings if report else []
    context = {
        "report": report,
        "findings": [{**one, "label": LABELS.get(one["state"], one["state"])} for one in findings],
        "identity": our_identity(),
        "bad": sum(one["state"] == "bad" for one in findings),
    }
    return show(request, "deliverability", "Délivrabilité", context)
