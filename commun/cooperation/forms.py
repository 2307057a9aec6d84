"""Forms of the page where whoever stated a need follows it."""

from __future__ import annotations

from django import forms

from commun.common.guard import GuardedForm
from commun.cooperation.types import NeedEnd


class PreciseForm(GuardedForm):
    texte = forms.CharField(
        label="Votre message",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5, "class": "fr-input"}),
        help_text="Ce qui vous manque encore, ce qui a changé, une question sur une ressource…",
        error_messages={
            "required": "Écrivez votre message.",
            "max_length": "Ce message dépasse 20 000 caractères : raccourcissez-le.",
        },
    )


class EndForm(GuardedForm):
    issue = forms.ChoiceField(
        choices=[(NeedEnd.SOLVED.value, NeedEnd.SOLVED.label), (NeedEnd.ABANDONED.value, NeedEnd.ABANDONED.label)]
    )


class EmptyForm(GuardedForm):
    """One button."""
