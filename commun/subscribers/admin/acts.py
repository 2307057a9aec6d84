"""Acting on everybody a list holds: what, on how many, then once more; and undoing it."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin.auth import permission_required

from commun.common import clock, french
from commun.subscribers import segments as language
from commun.subscribers.admin.filters import query
from commun.subscribers.admin.screens import render_screen
from commun.subscribers.admin.segments import HiddenConditions
from commun.subscribers.exceptions import NotTheNumber, WorkMoved
from commun.subscribers.forms import LONGEST_PAUSE_MONTHS, add_months
from commun.subscribers.models import BulkAct, Topic
from commun.subscribers.selectors.people import get_topics
from commun.subscribers.selectors.segments import describe
from commun.subscribers.services import acts
from commun.subscribers.types import BulkKind, BulkState

SHOWN = 10


class ActForm(forms.Form):
    """What is to be done; then, once it is known on how many, their number."""

    kind = forms.ChoiceField(label="Que faire", choices=BulkKind.choices, widget=forms.RadioSelect)
    topic = forms.ModelChoiceField(label="Thématique", queryset=Topic.objects.none(), required=False)
    until = forms.DateField(
        label="En pause jusqu’au", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    why = forms.CharField(label="Motif, gardé avec votre nom", max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].queryset = get_topics()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, today = cleaned.get("kind"), clock.today()
        if kind in (BulkKind.ADD_TOPIC, BulkKind.REMOVE_TOPIC) and not cleaned.get("topic"):
            self.add_error("topic", "Choisissez la thématique.")
        if kind == BulkKind.PAUSE and "until" not in self.errors:
            until, latest = cleaned.get("until"), add_months(today, LONGEST_PAUSE_MONTHS)
            if until is None or not today < until <= latest:
                self.add_error("until", f"Choisissez une date à venir, le {french.day(latest)} au plus tard.")
        return cleaned


@permission_required("subscribers.change_subscriber")
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """Three steps on one address, by POST alone: what; on how many; done."""
    hidden = HiddenConditions(request.POST)
    if not hidden.is_valid():
        messages.error(request, "Ces conditions ne peuvent pas être lues : rien n’est fait.")
        return redirect("subscribers_team:index")
    conditions = hidden.cleaned_data["conditions"]
    form = ActForm(request.POST if "kind" in request.POST else None)
    context: dict[str, Any] = {
        "form": form,
        "conditions": json.dumps(language.as_json(conditions)),
        "says": describe(conditions=conditions),
        "query": query(conditions),
    }
    if not (form.is_bound and form.is_valid()):
        return render_screen(request, "act", "Agir sur plusieurs personnes", context)
    kind = BulkKind(form.cleaned_data["kind"])
    found = acts.concerned(kind=kind, conditions=conditions)
    number = found.count()
    if number and request.POST.get("number", "").replace("\u202f", "").replace(" ", "") == str(number):
        return _do(request, form, kind=kind, conditions=conditions, number=number)
    alone = kind == BulkKind.REMOVE_TOPIC
    context |= {
        "every_issue": acts.left_without_topic(conditions=conditions, topic=form.cleaned_data["topic"]) if alone else 0,
        "number": number,
        "shown": list(found.order_by("pk").values_list("address", flat=True)[:SHOWN]),
        "kind": kind.label,
        "wrong": "number" in request.POST,
    }
    return render_screen(request, "act", "Agir sur plusieurs personnes", context)


def _do(request: HttpRequest, form: ActForm, *, kind: BulkKind, conditions: Any, number: int) -> HttpResponse:
    try:
        row = acts.act(
            kind=kind,
            conditions=conditions,
            topic=form.cleaned_data["topic"],
            until=form.cleaned_data["until"],
            why=form.cleaned_data["why"],
            expected=number,
            by=request.user,
            now=clock.now(),
        )
    except NotTheNumber:
        messages.error(request, "Le nombre de personnes vient de changer : recommencez, rien n’est fait.")
        return redirect("subscribers_team:index")
    return redirect("subscribers_team:bulk_act", row.pk)


@permission_required("subscribers.change_subscriber")
@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(BulkAct.objects.select_related("by", "topic"), pk=pk)
    changed = row.changes.count()
    context = {
        "row": row,
        "says": describe(conditions=language.read(row.conditions)),
        "changed": changed,
        "moving": row.state in (BulkState.DOING, BulkState.UNDOING),
        "undoable": row.state == BulkState.DONE and changed,
    }
    return render_screen(request, "bulk_act", row.get_kind_display(), context)


@permission_required("subscribers.change_subscriber")
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(BulkAct, pk=pk)
    try:
        acts.undo(pk=pk, now=clock.now())
    except WorkMoved:
        messages.error(request, "Cet acte ne peut plus être défait.")
    return redirect("subscribers_team:bulk_act", pk)
