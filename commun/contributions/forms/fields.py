"""Fields that several steps share."""

from __future__ import annotations

from django import forms

from commun.accounts.api import AddressField
from commun.common.fields import NameFormField, TextFormField
from commun.library.api import published_themes

INPUT = {"class": "fr-input"}


def line(*, label: str, most: int = 200, help_text: str = "", required: str = "", **attrs: str) -> forms.CharField:
    """One line of text; `required` is the sentence said when it is missing, "" where it may be."""
    return NameFormField(
        label=label if required else f"{label} (facultatif)",
        max_length=most,
        help_text=help_text,
        required=bool(required),
        widget=forms.TextInput(attrs={**INPUT, **attrs}),
        error_messages={"required": required, "max_length": f"Restez sous {most} caractères."},
    )


def lines(*, label: str, rows: int = 6, most: int = 20_000, help_text: str = "", required: str = "") -> forms.CharField:
    """Several lines of text."""
    return TextFormField(
        label=label if required else f"{label} (facultatif)",
        max_length=most,
        help_text=help_text,
        required=bool(required),
        widget=forms.Textarea(attrs={"rows": rows, **INPUT}),
        error_messages={"required": required, "max_length": f"Restez sous {most} caractères."},
    )


class WebAddressField(forms.URLField):
    """An address of the web, with or without its `https://`."""

    default_error_messages = {"invalid": "Cette adresse est mal écrite. Exemple : https://www.mairie.fr/projet"}

    def __init__(self, *, label: str, help_text: str = "") -> None:
        super().__init__(
            label=f"{label} (facultatif)",
            help_text=help_text,
            required=False,
            max_length=500,
            assume_scheme="https",
            widget=forms.TextInput(attrs={**INPUT, "inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
        )


def person_address(
    *, help_text: str = "Pour vous répondre et vous dire ce que devient votre envoi. Exemple : prenom.nom@mairie.fr"
) -> AddressField:
    """Where she is answered."""
    missing = "Indiquez votre adresse électronique : sans elle, pas de réponse possible."
    return AddressField(
        label="Votre adresse électronique", help_text=help_text, max_length=254, error_messages={"required": missing}
    )


class ThemeField(forms.ChoiceField):
    """One published theme, by its slug, or none."""

    def __init__(self, *, label: str, empty: str, required: str = "", help_text: str = "") -> None:
        super().__init__(
            label=label,
            required=bool(required),
            help_text=help_text,
            choices=lambda: [("", empty), *((theme.slug, theme.title) for theme in published_themes())],
            widget=forms.Select(attrs={"class": "fr-select"}),
            error_messages={"required": required, "invalid_choice": "Cette thématique n’est plus proposée."},
        )


def choices(*, label: str, options: list[tuple[str, str]], required: str, help_text: str = "") -> forms.ChoiceField:
    """Radio buttons."""
    return forms.ChoiceField(
        label=label,
        choices=options,
        help_text=help_text,
        widget=forms.RadioSelect,
        error_messages={"required": required, "invalid_choice": required},
    )
