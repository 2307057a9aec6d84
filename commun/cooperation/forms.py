"""Forms of the page where whoever stated a need follows it."""

from __future__ import annotations

from typing import Any

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
            "max_length": "Ce message dépasse 20 000 caractères : raccourcissez-le.",
        },
    )


class EndForm(GuardedForm):
    issue = forms.ChoiceField(
        choices=[(NeedEnd.SOLVED.value, NeedEnd.SOLVED.label), (NeedEnd.ABANDONED.value, NeedEnd.ABANDONED.label)]
    )


class ShownForm(GuardedForm):
    lettre = forms.ChoiceField(choices=[("oui", ""), ("non", "")])


class EmptyForm(GuardedForm):
    """One button."""


class EnrolForm(forms.Form):
    """Which collectivité, and as what; only pairs that her mandates open."""

    engagement = forms.ChoiceField(
        label="Inscrire",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choisissez une collectivité et la place qu’elle prend.",
            "invalid_choice": "Ce choix n’est plus possible : choisissez dans la liste.",
        },
    )
    accord = forms.BooleanField(
        label="Ma collectivité en est d’accord : elle sera nommée sur la page du projet",
        widget=forms.CheckboxInput(attrs={"class": ""}),
        error_messages={"required": "Confirmez l’accord de votre collectivité."},
    )

    def __init__(self, *args: Any, pairs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["engagement"].choices = pairs  # type: ignore[attr-defined]
