"""The field of every public form in which a person types her e-mail address."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString

from commun.accounts.addresses import InvalidAddress, normalise_email
from commun.accounts.mailboxes import meant


class _Typed(str):
    """What was typed; `asked`: that very address was questioned on the page it comes from, and sent again."""

    __slots__ = ("asked",)
    asked: bool


class _Input(forms.EmailInput):
    """Remembers, without a script nor a cookie, which address it asked about."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        field = super().render(name, value, attrs, renderer)
        if not value or not meant(str(value)):
            return field
        return format_html('{}<input type="hidden" name="{}_asked" value="{}">', field, name, value)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        if value is None:
            return None
        typed = _Typed(value)
        typed.asked = data.get(f"{name}_asked") == value
        return typed


class AddressField(forms.CharField):
    """One e-mail address, in its one spelling. A slip in the name of a known mailbox is asked about, once."""

    def __init__(self, **options: Any) -> None:
        attrs = {"class": "fr-input", "autocomplete": "email", "spellcheck": "false", "maxlength": 254}
        super().__init__(**{"label": "Adresse électronique", "widget": _Input(attrs=attrs), **options})

    def clean(self, value: Any) -> str:
        asked = getattr(value, "asked", False)
        raw = super().clean(value)
        if not raw:
            return raw
        try:
            address = normalise_email(raw)
        except InvalidAddress:
            raise forms.ValidationError(
                "Cette adresse est incomplète ou mal écrite. Exemple : prenom.nom@mairie.fr", code="address"
            ) from None
        if not asked and (other := meant(address)):
            raise forms.ValidationError(
                f"Vouliez-vous écrire {other} ? Corrigez l’adresse, ou validez de nouveau si elle est juste.",
                code="slip",
            )
        return address
