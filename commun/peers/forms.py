"""Forms of introductions."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from commun.common.fields import TextFormField
from commun.common.guard import GuardedForm
from commun.peers.standing import ANSWERS, STATEMENTS
from commun.peers.types import FEWEST_LINKS, LONGEST, MOST_LINKS, MOST_TIMES, SHORTEST, Helped

_INPUT = {"class": "fr-input"}
_STAYS = "Ce choix n’est plus possible : choisissez dans la liste."


def _lines(label: str, *, most: int, required: str = "", help_text: str = "", rows: int = 4) -> forms.CharField:
    return TextFormField(
        label=label if required else f"{label} (facultatif)",
        max_length=most,
        required=bool(required),
        help_text=help_text,
        widget=forms.Textarea(attrs={**_INPUT, "rows": rows}),
        error_messages={"required": required, "max_length": f"Au plus {most} caractères : raccourcissez."},
    )


class LocalMomentField(forms.DateTimeField):
    """A day and an hour on the site's own clock, as browsers write them."""

    def __init__(self, *, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.DateTimeInput(attrs={**_INPUT, "type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            error_messages={"invalid": "Cette date ou cette heure n’existe pas. Format attendu : 31/12/2026 14:30."},
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
        help_text="Deux ou trois phrases suffisent : votre situation, et ce qui vous a fait penser à elle.",
    )
    espoir = _lines("Ce que vous en espérez", most=600, rows=2, help_text="Un conseil, un document, une visite…")
    disponibilites = forms.CharField(
        label="Vos disponibilités (facultatif)",
        required=False,
        max_length=300,
        help_text="Par exemple : le mardi matin, ou après 17 h.",
        widget=forms.TextInput(attrs=_INPUT),
        error_messages={"max_length": "Au plus 300 caractères : raccourcissez."},
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
        label="Quand ?",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Ce moment n’est plus proposé : choisissez-en un autre."},
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


class RoundForm(forms.Form):
    """For whom, how many links, until which day."""

    pour = forms.ChoiceField(
        label="Pour",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez pour qui.", "invalid_choice": _STAYS},
    )
    personnes = forms.IntegerField(
        label="Combien de personnes invitez-vous ?",
        help_text="De cinq à soixante. En dessous de cinq réponses, rien n’est montré : invitez large.",
        min_value=FEWEST_LINKS,
        max_value=MOST_LINKS,
        initial=10,
        widget=forms.NumberInput(attrs={**_INPUT, "inputmode": "numeric"}),
        error_messages={
            "required": "Dites combien de personnes vous invitez.",
            "invalid": "Écrivez un nombre, par exemple 12.",
            "min_value": "Cinq personnes au moins : en dessous, on saurait qui a dit quoi.",
            "max_value": "Soixante personnes au plus.",
        },
    )
    jusquau = forms.DateField(
        label="Jusqu’à quel jour ?",
        help_text="Le résultat est calculé ce soir-là, une fois pour toutes. De quatre jours à six semaines.",
        widget=forms.DateInput(attrs={**_INPUT, "type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Choisissez un jour.", "invalid": "Cette date n’existe pas."},
    )

    def __init__(self, *args: Any, whose: list[tuple[str, str]], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["pour"].choices = whose  # type: ignore[attr-defined]
        self.fields["pour"].initial = whose[0][0] if whose else None
        self.fields["jusquau"].initial = today + timedelta(days=14)

    def clean_jusquau(self) -> date:
        day: date = self.cleaned_data["jusquau"]
        if not SHORTEST.days < (day - self._today).days < LONGEST.days:
            raise forms.ValidationError("Choisissez un jour, de quatre jours à six semaines d’ici.")
        return day

    @property
    def closes_at(self) -> datetime:
        """In the evening of that day, in Paris."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["jusquau"], time(20)))


class SheetForm(GuardedForm):
    """Eighteen statements; what is left out is « je ne sais pas »."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in STATEMENTS:
            self.fields[one.key] = forms.ChoiceField(
                label=one.text,
                required=False,
                widget=forms.RadioSelect,
                choices=[(answer.value, words) for answer, words in ANSWERS.items()],
                error_messages={"invalid_choice": "Choisissez l’une des cinq réponses."},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not any(cleaned.get(one.key) for one in STATEMENTS):
            raise forms.ValidationError("Répondez à une phrase au moins.", code="empty")
        return cleaned

    @property
    def sheet(self) -> dict[str, str]:
        return {one.key: self.cleaned_data.get(one.key, "") for one in STATEMENTS}
