"""What an organisation is: edited freely until something hangs on it, then corrected by the moderation, with a log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import permission_required
from wagtail.admin.forms import WagtailAdminModelForm

from commun.common import clock
from commun.territories import api, identity
from commun.territories.admin.views import MAY, act_and_return, render_screen
from commun.territories.models import Organisation
from commun.territories.models.organisations import FROZEN
from commun.territories.services.identities import check_organisation, correct_identity
from commun.territories.wording import say_change

_FROZEN = ("kind", "territory", "siren")


class OrganisationForm(WagtailAdminModelForm):
    """Of whoever edits organisations."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        one = self.instance
        if one.pk and identity.frozen_by(organisation=one, places=(one.territory_id,)):
            for name in _FROZEN:
                self.fields[name].disabled = True
            self.fields["kind"].help_text = FROZEN


class IdentityForm(forms.Form):
    """Of the moderation."""

    kind = forms.ChoiceField(label="Type", choices=api.OrganisationKind.choices)
    territory = forms.ModelChoiceField(
        label="Territoire du registre",
        queryset=api.Territory.objects.all(),
        required=False,
        widget=api.AdminTerritoryPicker,
    )
    siren = forms.CharField(label="SIREN", max_length=20, required=False)
    reason = forms.CharField(
        label="Pourquoi",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="« Le SIREN saisi était celui du CCAS ; vérifié à l’annuaire des entreprises. » Reste au journal.",
        error_messages={"required": "Dites pourquoi : le journal le garde."},
    )


@permission_required(MAY)
@never_cache
@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """What it is, who said so, and correcting it."""
    one = get_object_or_404(Organisation.objects.select_related("territory__departement"), pk=pk)
    initial = {"kind": one.kind, "territory": one.territory, "siren": one.siren}
    form = IdentityForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        return act_and_return(
            request,
            lambda user: correct_identity(organisation_id=pk, by=user, now=clock.now(), **values),
            "C’est corrigé, et noté au journal.",
            back=reverse("mandates_team:organisation", args=[pk]),
        )
    changes = [(change, say_change(change)) for change in one.changes.select_related("by").order_by("-pk")]
    frozen = identity.frozen_by(organisation=one, places=(one.territory_id,))
    context = {"organisation": one, "form": form, "changes": changes, "frozen": frozen}
    return render_screen(request, "organisation", one.label, context)


@permission_required(MAY)
@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    one = get_object_or_404(Organisation, pk=pk)
    checked = "retirer" not in request.POST
    return act_and_return(
        request,
        lambda user: check_organisation(organisation_id=one.pk, checked=checked, by=user, now=clock.now()),
        "Organisme vérifié : il paraît dans l’annuaire, et ses membres peuvent agir en son nom."
        if checked
        else "L’organisme ne paraît plus, et personne n’agit en son nom tant qu’il n’est pas vérifié de nouveau.",
    )
