"""What a form holds, as JSON, and back."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django import forms

from commun.territories.api import Territory

_GUARD = {"horodatage", "site_internet"}


def values_of(*, form: forms.Form) -> dict[str, Any]:
    """Cleaned values that JSON can hold. Files are kept elsewhere."""
    return {
        name: _plain(form.cleaned_data.get(name))
        for name, field in form.fields.items()
        if name not in _GUARD and not name.startswith("description_") and not isinstance(field, forms.FileField)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Territory):
        return value.key
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else value


def initial_of(*, values: dict[str, Any]) -> dict[str, Any]:
    """A stored step as the initial values of its form; dates and times as the browser's own fields want them."""
    return {name: value for name, value in values.items() if value is not None}
