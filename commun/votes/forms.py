"""The ballot, and the receipt to check."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from typing import Any

from django import forms

from commun.votes.models import Elector, Option, Vote
from commun.votes.types import Role


class ReceiptForm(forms.Form):
    numero = forms.IntegerField(
        label="Numéro du reçu",
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Indiquez le numéro du reçu.",
            "invalid": "Le numéro du reçu s’écrit en chiffres.",
            "min_value": "Ce numéro n’est pas celui d’un reçu.",
            "max_value": "Ce numéro n’est pas celui d’un reçu.",
        },
    )
    empreinte = forms.CharField(
        label="Empreinte du bulletin",
        help_text="Les 64 chiffres et lettres du reçu ; les espaces ne comptent pas.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Indiquez l’empreinte du bulletin."},
    )

    def clean_empreinte(self) -> str:
        value = re.sub(r"\s", "", self.cleaned_data["empreinte"]).lower()
        if not re.fullmatch(r"[0-9a-f]{64}", value):
            raise forms.ValidationError("Une empreinte compte 64 caractères : des chiffres, et des lettres de a à f.")
        return value


class BallotForm(forms.Form):
    """One grade per option, required; one role, "non" unless said otherwise. Nothing is chosen in advance."""

    def __init__(self, *args: Any, vote: Vote, elector: Elector, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.vote = vote
        # In their number's order; shown in another one.
        self.options = list(vote.options.all())
        grades = [(str(grade), label) for grade, label in reversed(list(enumerate(vote.scale.grades)))]
        roles = [(str(value), label) for value, label in Role.choices]
        for option in shuffled(self.options, elector=elector):
            self.fields[f"mention-{option.number}"] = forms.ChoiceField(
                label=option.title,
                choices=grades,
                widget=forms.RadioSelect,
                error_messages={
                    "required": "Choisissez une mention.",
                    "invalid_choice": "Cette mention n’existe pas : choisissez dans la liste.",
                },
            )
            self.fields[f"place-{option.number}"] = forms.ChoiceField(
                label=f"Si « {option.title} » est retenu, serions-nous de la suite ?",
                choices=roles,
                initial=str(Role.NONE.value),
                widget=forms.RadioSelect,
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Options as shown: title, summary and their two fields."""
        by_number = {option.number: option for option in self.options}
        numbers = [int(name.removeprefix("mention-")) for name in self.fields if name.startswith("mention-")]
        return [
            {"option": by_number[number], "grade": self[f"mention-{number}"], "role": self[f"place-{number}"]}
            for number in numbers
        ]

    @property
    def grades(self) -> list[int]:
        return [int(self.cleaned_data[f"mention-{option.number}"]) for option in self.options]

    @property
    def roles(self) -> list[int]:
        return [int(self.cleaned_data[f"place-{option.number}"]) for option in self.options]

    @property
    def answers(self) -> list[dict[str, Any]]:
        """What is about to be cast, in the order in which it was asked."""
        labels = dict(Role.choices)
        return [
            {
                "option": row["option"],
                "grade": self.vote.scale.grades[int(self.cleaned_data[row["grade"].name])],
                "role": labels[int(self.cleaned_data[row["role"].name])],
            }
            for row in self.rows
        ]


def shuffled(options: Sequence[Option], *, elector: Elector) -> list[Option]:
    """An order of its own for each elector, so that none profits from being first; the same each time it comes back."""

    def lot(option: Option) -> str:
        return hashlib.sha256(f"{elector.vote_id}:{elector.key}:{option.number}".encode()).hexdigest()

    return sorted(options, key=lot)
