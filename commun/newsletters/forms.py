"""What the « Envoi » screen asks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

NOW, LATER = "now", "later"


class TestForm(forms.Form):
    __test__ = False  # not a test, whatever its name

    address = forms.EmailField(label="Adresse", max_length=254)


class SendForm(forms.Form):
    when = forms.ChoiceField(
        label="Quand", choices=[(NOW, "Maintenant"), (LATER, "À une date")], initial=NOW, widget=forms.RadioSelect
    )
    at = forms.DateTimeField(
        label="Date et heure (heure de Paris)",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        at = cleaned.get("at")
        if cleaned.get("when") == LATER:
            if at is None and "at" not in self.errors:
                self.add_error("at", "Donnez la date et l’heure de l’envoi.")
            elif at is not None and at <= timezone.now():
                self.add_error("at", "Cette date est passée. Choisissez-en une à venir, ou envoyez maintenant.")
        else:
            cleaned["at"] = None
        return cleaned


class CorrectionForm(forms.Form):
    wrong = forms.CharField(label="Passage erroné, copié depuis la page", max_length=500)
    right = forms.CharField(label="Passage corrigé", max_length=500)
    reason = forms.CharField(label="Raison (facultative)", max_length=250, required=False)
