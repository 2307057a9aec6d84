"""Forms of the team's screens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from commun.accounts.api import InvalidAddress, normalise_email
from commun.subscribers import wording
from commun.subscribers.address_values import Other
from commun.subscribers.models import Subscriber, Topic
from commun.subscribers.selectors.people import get_topics
from commun.subscribers.types import LegalBasis, Preference


class Address(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label="Adresse électronique", widget=forms.EmailInput, max_length=254, **kwargs)

    def clean(self, value: Any) -> str:
        try:
            return normalise_email(super().clean(value))
        except InvalidAddress:
            raise forms.ValidationError("Cette adresse est incomplète ou mal écrite.", code="address") from None


class Grounds(forms.Form):
    """What allows to write to people who did not ask themselves."""

    basis = forms.ChoiceField(
        label="Base légale", choices=[(basis.value, name) for basis, name in wording.BASES.items()]
    )
    source = forms.CharField(
        label="Source",
        max_length=200,
        help_text="D’où vient l’adresse, avec la date. Gardé avec la preuve, et montré à la personne.",
    )
    topics = forms.ModelMultipleChoiceField(
        label="Thématiques",
        queryset=Topic.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Sans choix : tous les numéros.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = get_topics()  # type: ignore[attr-defined]

    @property
    def legal_basis(self) -> LegalBasis:
        return LegalBasis(self.cleaned_data["basis"])


class PersonForm(Grounds):
    address = Address()
    field_order = ("address", "basis", "source", "topics")


class ImportForm(Grounds):
    file = forms.FileField(
        label="Fichier",
        help_text="CSV ou classeur (XLSX, ODS), 50 Mo au plus : une colonne « courriel », ou une adresse par ligne. "
        "Thématiques, département, date de l’accord et source sont lus aussi, chacun dans sa colonne. "
        "Les exports de Brevo, Mailchimp, Sympa et listmonk sont reconnus. Rien n’est ajouté avant votre accord.",
    )
    field_order = ("file", "basis", "source", "topics")


class GiveBackForm(forms.Form):
    file = forms.FileField(
        label="Fichier corrigé", error_messages={"required": "Choisissez le fichier que vous avez corrigé."}
    )


class ColumnsForm(forms.Form):
    """Where the addresses stand, and what the other columns say."""

    column = forms.TypedChoiceField(label="Colonne des adresses", coerce=int)

    def __init__(self, *args: Any, columns: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(at, name[:60] or f"colonne {at + 1}") for at, name in enumerate(columns)]
        self.fields["column"].choices = named  # type: ignore[attr-defined]
        for other, label in wording.COLUMNS.items():
            self.fields[other.value] = forms.TypedChoiceField(
                label=label,
                coerce=int,
                empty_value=None,
                required=False,
                choices=[("", "Aucune colonne"), *named],
                help_text=_SAID[other],
            )

    def clean(self) -> dict[str, Any]:
        """`others`: which columns, by what they say."""
        cleaned = super().clean() or {}
        found = {other: cleaned[other.value] for other in wording.COLUMNS if cleaned.get(other.value) is not None}
        read = [cleaned.get("column"), *found.values()]
        if len(read) > len(set(read)):
            raise forms.ValidationError("Une même colonne ne peut pas dire deux choses : choisissez-en d’autres.")
        cleaned["others"] = found
        return cleaned


_SAID = {
    Other.TOPICS: "Les noms que le site leur donne, séparés par des virgules ; « toutes » pour tous les numéros.",
    Other.PLACE: "Son numéro, son nom, ou un code postal.",
    Other.DATE: "12/03/2024, 2024-03-12 ou 12 mars 2024. Gardée avec la preuve.",
    Other.SOURCE: "D’où vient chaque personne. Gardée avec la preuve, à côté de la source du fichier.",
}


class SearchForm(forms.Form):
    beginning = forms.CharField(label="Adresse, ou une partie", min_length=3, max_length=254)


class ProofSearchForm(forms.Form):
    address = Address()


class ReasonForm(forms.Form):
    why = forms.CharField(
        label="Motif",
        max_length=200,
        help_text="Gardé avec votre nom et la date.",
        error_messages={"required": "Donnez un motif : il sera gardé."},
    )


class NewAddressForm(forms.Form):
    address = Address()


class ChoicesForm(forms.Form):
    """What a person receives, changed at her word."""

    preference = forms.ChoiceField(label="Reçoit", choices=Subscriber._meta.get_field("preference").flatchoices)
    topics = forms.ModelMultipleChoiceField(
        label="Thématiques", queryset=Topic.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    paused_until = forms.DateField(
        label="En pause jusqu’au", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topics"].queryset = get_topics()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("preference") == Preference.CHOSEN_TOPICS and not cleaned.get("topics"):
            self.add_error("topics", "Cochez au moins une thématique.")
        return cleaned
