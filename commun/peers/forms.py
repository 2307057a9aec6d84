"""Forms of introductions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms

from commun.common.fields import TextFormField
from commun.common.guard import GuardedForm
from commun.peers.types import MOST_TIMES, Helped

_INPUT = {"class": "fr-input"}
_STAYS = "Ce choix n’est plus possible : choisissez dans la liste."


def _lines(label: str, *, most: int, required: str = "", help_text: str = "", rows: int = 4) -> forms.CharField:
    return TextFormField(
        label=label if required else f"{label} (facultatif)",
        max_length=most,
        required=bool(required),
        help_text=help_text,
        widget=forms.Textarea(attrs={**_INPUT, "rows": rows}),
        error_messages={"required": required, "max_length": f"Au plus {most} caractères : raccourcissez."},
    )


class LocalMomentField(forms.DateTimeField):
    """A day and an hour on the site's own clock, as browsers write them."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.DateTimeInput(attrs={**_INPUT, "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={"invalid": "Cette date ou cette heure n’existe pas. Format attendu : 31/12/2026 14:30."},
        )


class AskForm(forms.Form):
    """For whom, about what, why. The first and only collectivité is chosen already."""

    pour = forms.ChoiceField(
        label="Au nom de",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez une collectivité.", "invalid_choice": _STAYS},
    )
    sujet = forms.ChoiceField(
        label="À propos de",
        widget=forms.RadioSelect,
        error_messages={"required": "Dites de quoi vous voulez parler.", "invalid_choice": _STAYS},
    )
    raison = _lines(
        "Pourquoi elle",
        most=1000,
        required="Dites en une phrase pourquoi vous voulez la rencontrer.",
        help_text="Deux ou trois phrases suffisent : votre situation, et ce qui vous a fait penser à elle.",
    )
    espoir = _lines("Ce que vous en espérez", most=600, rows=2, help_text="Un conseil, un document, une visite…")
    disponibilites = forms.CharField(
        label="Vos disponibilités (facultatif)",
        required=False,
        max_length=300,
        help_text="Par exemple : le mardi matin, ou après 17 h.",
        widget=forms.TextInput(attrs=_INPUT),
        error_messages={"max_length": "Au plus 300 caractères : raccourcissez."},
    )
    montrer = forms.BooleanField(
        label="Nous voulons bien que d’autres voient que nos collectivités se sont rencontrées",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": ""}),
    )

    def __init__(
        self,
        *args: Any,
        collectivites: list[tuple[str, str]],
        sujets: list[tuple[str, str]],
        now: datetime,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._now = now
        self.fields["pour"].choices = collectivites  # type: ignore[attr-defined]
        self.fields["pour"].initial = collectivites[0][0] if collectivites else None
        self.fields["sujet"].choices = sujets  # type: ignore[attr-defined]
        for number in range(1, MOST_TIMES + 1):
            self.fields[f"moment_{number}"] = LocalMomentField(label=f"Moment {number}")

    @property
    def moments(self) -> list[forms.BoundField]:
        return [self[f"moment_{number}"] for number in range(1, MOST_TIMES + 1)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, MOST_TIMES + 1):
            at = cleaned.get(f"moment_{number}")
            if at is not None and at <= self._now:
                self.add_error(f"moment_{number}", "Ce moment est déjà passé.")
        return cleaned

    @property
    def times(self) -> list[datetime]:
        given = (self.cleaned_data.get(f"moment_{number}") for number in range(1, MOST_TIMES + 1))
        return [at for at in given if at is not None]


class AcceptForm(GuardedForm):
    """Yes, and when where times were proposed."""

    moment = forms.ChoiceField(
        label="Quand ?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Ce moment n’est plus proposé : choisissez-en un autre."},
    )
    montrer = forms.BooleanField(
        label="Nous voulons bien que d’autres voient que nos collectivités se sont rencontrées",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": ""}),
    )

    def __init__(self, *args: Any, moments: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", "Nous conviendrons d’un moment ensemble")
        self.fields["moment"].choices = [*moments, none]  # type: ignore[attr-defined]
        self.fields["moment"].initial = ""


class HelpedForm(GuardedForm):
    aide = forms.ChoiceField(choices=Helped.choices)


class ShowForm(GuardedForm):
    montrer = forms.ChoiceField(choices=[("oui", ""), ("non", "")])


class OneButtonForm(GuardedForm):
    """One button."""
