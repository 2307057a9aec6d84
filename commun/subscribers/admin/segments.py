"""Saved segments: keep the conditions one sees, forget them."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.subscribers import segments as language
from commun.subscribers.admin.filters import query
from commun.subscribers.exceptions import NameTaken
from commun.subscribers.models import Segment
from commun.subscribers.selectors.segments import COUNTED, count_people, describe, list_segments
from commun.subscribers.services.segments import forget_segment, save_segment


class NameForm(forms.Form):
    name = forms.CharField(label="Nom du segment", max_length=100)


class HiddenConditions(forms.Form):
    """Conditions that a screen hands to the next."""

    conditions = forms.CharField(required=False, max_length=20_000)

    def clean_conditions(self) -> language.Segment:
        try:
            return language.read(json.loads(self.cleaned_data["conditions"] or "[]"))
        except (json.JSONDecodeError, RecursionError, language.BadCondition):
            raise forms.ValidationError("Ces conditions ne peuvent pas être lues.") from None


def shown_segments() -> list[dict[str, Any]]:
    """Each with whom it holds today, in words and in number, and the address of its list."""
    shown = []
    for one in list_segments():
        conditions = one["conditions"]
        known = conditions is not None
        count = count_people(conditions=conditions) if known else 0
        shown.append(
            {
                "segment": one["segment"],
                "says": describe(conditions=conditions) if known else "conditions illisibles : à refaire",
                "query": query(conditions) if known else "",
                "count": count,
                "more": count > COUNTED,
            }
        )
    return shown


@permission_required("subscribers.change_subscriber")
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    form, hidden = NameForm(request.POST), HiddenConditions(request.POST)
    if not hidden.is_valid() or not hidden.cleaned_data["conditions"]:
        messages.error(request, "Choisissez d’abord des conditions : un segment sans condition serait tout le monde.")
        return redirect("subscribers_team:index")
    conditions = hidden.cleaned_data["conditions"]
    back = f"{reverse('subscribers_team:index')}?{query(conditions)}"
    if not form.is_valid():
        messages.error(request, "Donnez un nom au segment.")
        return redirect(back)
    try:
        saved = save_segment(name=form.cleaned_data["name"], conditions=conditions, now=clock.now())
    except NameTaken:
        messages.error(request, "Un segment porte déjà ce nom.")
    else:
        messages.success(request, f"Le segment « {saved.name} » est enregistré.")
    return redirect(back)


@permission_required("subscribers.change_subscriber")
@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    segment = get_object_or_404(Segment, pk=pk)
    forget_segment(pk=pk)
    messages.success(request, f"Le segment « {segment.name} » est oublié ; personne n’est désabonné.")
    return redirect("subscribers_team:index")
