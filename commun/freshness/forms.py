"""Public forms of this room."""

from __future__ import annotations

from django import forms

from commun.accounts.api import InvalidAddress, normalise_email
from commun.common.fields import TextFormField
from commun.common.guard import GuardedForm
from commun.freshness.types import PageState, ReportKind

_STAYS = "Ce choix n’est plus possible : choisissez dans la liste."


def _lines(*, label: str, help_text: str, required: str = "", rows: int = 4) -> TextFormField:
    return TextFormField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows, "class": "fr-input"}),
        error_messages={
            "required": required,
            "max_length": "Deux mille caractères suffisent : raccourcissez.",
        },
    )


class ReportForm(GuardedForm):
    nature = forms.ChoiceField(
        label="Qu’est-ce qui ne va pas ?",
        choices=ReportKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites ce qui ne va pas.", "invalid_choice": _STAYS},
    )
    texte = _lines(
        label="En quelques mots",
        help_text="Ce qui est faux, et si vous le savez ce qui est vrai, avec votre source.",
        required="Dites-nous ce qui est faux : quelques mots suffisent.",
    )
    courriel = forms.EmailField(
        label="Votre adresse électronique (facultatif)",
        help_text="Pour vous dire ce que nous avons corrigé, et rien d’autre. Exemple : nom@domaine.fr",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"class": "fr-input", "autocomplete": "email"}),
        error_messages={"invalid": "Cette adresse n’est pas complète. Exemple : nom@domaine.fr"},
    )

    def clean_courriel(self) -> str:
        given = self.cleaned_data["courriel"]
        try:
            return normalise_email(given) if given else ""
        except InvalidAddress:
            raise forms.ValidationError("Cette adresse n’est pas complète. Exemple : nom@domaine.fr") from None


class StillTrueForm(GuardedForm):
    etat = forms.ChoiceField(
        label="Cette page est-elle toujours vraie ?",
        choices=[
            (PageState.TRUE.value, "Oui, tout est toujours vrai"),
            (PageState.CHANGED.value, "Quelque chose a changé"),
            (PageState.OVER.value, "Non, ce n’est plus vrai"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une réponse.", "invalid_choice": _STAYS},
    )
    precisions = _lines(
        label="Ce qui a changé",
        help_text="Un chiffre, une date, un nom, un lien… La rédaction corrigera la page. Facultatif si tout est vrai.",
    )

    def clean(self) -> dict[str, str]:
        cleaned = super().clean()
        if cleaned.get("etat") == PageState.CHANGED and not cleaned.get("precisions"):
            self.add_error("precisions", "Dites ce qui a changé : la rédaction corrigera.")
        return cleaned


class EmptyForm(GuardedForm):
    """One button."""
