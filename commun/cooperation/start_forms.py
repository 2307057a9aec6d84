"""Forms of « nous voulons le faire »."""

from __future__ import annotations

from typing import Any

from django import forms

from commun.common.guard import GuardedForm
from commun.cooperation.types import StartState

_STAYS = "Ce choix n’est plus possible : choisissez dans la liste."


def _few_words(*, help_text: str) -> forms.CharField:
    return forms.CharField(
        label="En quelques mots (facultatif)",
        required=False,
        max_length=1000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3, "class": "fr-input"}),
        error_messages={"max_length": "Mille caractères suffisent : raccourcissez."},
    )


class BeginForm(forms.Form):
    """For which collectivité, and how far it is. The first and only one is chosen already."""

    collectivite = forms.ChoiceField(label="Pour", widget=forms.RadioSelect, error_messages={"invalid_choice": _STAYS})
    etat = forms.ChoiceField(
        label="Où en êtes-vous ?",
        widget=forms.RadioSelect,
        choices=[
            (StartState.WISH.value, "Nous voulons le faire"),
            (StartState.LAUNCHED.value, "Nous nous lançons"),
            (StartState.RUNNING.value, "C’est en cours"),
            (StartState.DONE.value, "Nous l’avons déjà fait"),
        ],
        initial=StartState.WISH.value,
        error_messages={"required": "Dites où vous en êtes.", "invalid_choice": _STAYS},
    )
    propos = _few_words(help_text="Ce que vous voulez en reprendre, pour qui, quand.")
    public = forms.BooleanField(
        label="Nommer notre collectivité sur la page de cette ressource",
        required=False,
        initial=True,
        widget=forms.CheckboxInput(attrs={"class": ""}),
    )

    def __init__(self, *args: Any, collectivites: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["collectivite"]
        field.choices = collectivites  # type: ignore[attr-defined]
        field.initial = collectivites[0][0] if collectivites else None
        field.error_messages["required"] = "Choisissez une collectivité."


class NewsForm(GuardedForm):
    """How it goes."""

    etat = forms.ChoiceField(
        label="Où en êtes-vous ?",
        widget=forms.RadioSelect,
        choices=StartState.choices,
        error_messages={"required": "Dites où vous en êtes.", "invalid_choice": _STAYS},
    )
    nouvelles = _few_words(
        help_text="Ce qui avance, ce qui bloque, ce qui vous aiderait. S’arrêter est aussi bon à dire."
    )
