"""Forms of « nous voulons le faire »."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from commun.common import clock
from commun.common.guard import GuardedForm
from commun.cooperation.types import StartState

_FIRST_YEAR = 1950
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


class MonthField(forms.DateField):
    """A month that has begun, as its first day; browsers that know no months leave it to be typed."""

    def __init__(self, *, label: str, help_text: str) -> None:
        again = "Écrivez le mois ainsi : 03/2025."
        super().__init__(
            label=label,
            help_text=help_text,
            required=False,
            input_formats=["%Y-%m", "%m/%Y"],
            widget=forms.DateInput(attrs={"type": "month", "class": "fr-input"}, format="%Y-%m"),
            error_messages={"invalid": again},
        )

    def clean(self, value: Any) -> date | None:
        found: date | None = super().clean(value)
        if found is not None and found > clock.today():
            raise forms.ValidationError("Ce mois n’est pas encore venu.")
        if found is not None and found.year < _FIRST_YEAR:
            raise forms.ValidationError("Vérifiez l’année.")
        return found


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
    mois = MonthField(
        label="Depuis quand ? (facultatif)",
        help_text="Si c’est en cours, ou déjà fait : le mois où vous avez commencé. Format attendu : MM/AAAA",
    )
    propos = _few_words(help_text="Ce que vous voulez en reprendre, pour qui, quand.")
    public = forms.BooleanField(
        label="Nommer notre collectivité pour tout le monde, sur la page de cette ressource",
        help_text="Sinon, seuls les membres du réseau dont le mandat est vérifié la voient, une fois connectés.",
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

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("mois") and cleaned.get("etat") == StartState.WISH:
            self.add_error("mois", "Vous dites vouloir le faire : videz ce champ, ou dites où vous en êtes.")
        return cleaned


class SeenForm(GuardedForm):
    """Whether everybody sees it."""

    tous = forms.ChoiceField(choices=[("oui", ""), ("non", "")])


class QuietForm(GuardedForm):
    """Whether she is asked again how it goes."""

    encore = forms.ChoiceField(choices=[("oui", ""), ("non", "")], required=False)


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
