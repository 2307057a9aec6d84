"""What the « Envoi » screen asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from email.utils import parseaddr
from typing import Any

from django import forms
from django.utils import timezone

from commun.accounts.api import InvalidAddress, normalise_email
from commun.common import french
from commun.newsletters.models import TrialList

NOW, LATER = "now", "later"
TRIALS_MOST = 50


class TestForm(forms.Form):
    __test__ = False  # not a test, whatever its name

    address = forms.EmailField(label="Adresse", max_length=254, required=False)
    lists = forms.ModelMultipleChoiceField(
        label="Listes",
        queryset=TrialList.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Une de ces listes n’existe plus. Choisissez de nouveau."},
    )

    def clean(self) -> dict[str, Any]:
        """`addresses`: everybody, once."""
        cleaned = super().clean() or {}
        found = [cleaned["address"]] if cleaned.get("address") else []
        found += [address for known in cleaned.get("lists") or () for address in known.all]
        cleaned["addresses"] = list(dict.fromkeys(found))
        if not found and not self.errors:
            self.add_error("address", "Donnez une adresse, ou choisissez une liste.")
        return cleaned


class TrialListForm(forms.Form):
    name = forms.CharField(
        label="Nom de la liste", max_length=80, error_messages={"required": "Donnez un nom à cette liste."}
    )
    addresses = forms.CharField(
        label="Adresses",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=f"Une par ligne, {TRIALS_MOST} au plus.",
        error_messages={"required": "Écrivez au moins une adresse."},
    )

    def __init__(self, *args: Any, known: TrialList | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = known

    def clean_name(self) -> str:
        name = " ".join(self.cleaned_data["name"].split())
        others = TrialList.objects.exclude(pk=self.known.pk) if self.known else TrialList.objects.all()
        if others.filter(name=name).exists():
            raise forms.ValidationError("Une liste porte déjà ce nom.")
        return name

    def clean_addresses(self) -> list[str]:
        found, wrong = [], []
        for written in filter(None, map(str.strip, re.split(r"[\n,;]", self.cleaned_data["addresses"]))):
            try:
                found.append(normalise_email(parseaddr(written)[1] or written))
            except InvalidAddress:
                wrong.append(f"« {written} »")
        if wrong:
            raise forms.ValidationError(f"Pas une adresse : {', '.join(wrong[:5])}.")
        found = list(dict.fromkeys(found))
        if len(found) > TRIALS_MOST:
            raise forms.ValidationError(f"{len(found)} adresses, pour {TRIALS_MOST} au plus : faites deux listes.")
        return found


class MomentField(forms.DateTimeField):
    """In words where the clock changes: an hour that does not exist, or comes twice, is no hour to send at."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except forms.ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            raise forms.ValidationError(
                "Cette nuit-là, c’est le changement d’heure : cette heure n’existe pas, ou revient deux fois. "
                "Choisissez-en une autre."
            ) from None


class SendForm(forms.Form):
    """`people`: how many would receive it; `doubts(at)`: what is asked again, as sentences."""

    when = forms.ChoiceField(
        label="Quand", choices=[(NOW, "Maintenant"), (LATER, "À une date")], initial=NOW, widget=forms.RadioSelect
    )
    at = MomentField(
        label="Date et heure (heure de Paris)",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    number = forms.CharField(
        label="Pour confirmer, écrivez le nombre de destinataires",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Écrivez le nombre de destinataires : c’est ce qui part."},
    )
    confirmed = forms.BooleanField(label="J’ai lu ce qui précède, et je l’envoie ainsi", required=False)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: int, doubts: Callable[[datetime | None], list[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people, self._doubts = people, doubts
        self.doubts: list[str] = []

    def clean_number(self) -> str:
        return exact_number(self.cleaned_data["number"], people=self.people)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        at = cleaned.get("at")
        if cleaned.get("when") == LATER:
            check_moment(self, at)
        else:
            cleaned["at"] = None
        self.doubts = [] if "at" in self.errors else self._doubts(cleaned["at"])
        if self.doubts and not cleaned.get("confirmed"):
            self.add_error("confirmed", "Cochez cette case si vous voulez l’envoyer ainsi.")
        return cleaned


class MoveForm(forms.Form):
    """Another date for a planned send."""

    at = MomentField(
        label="Nouvelle date et heure (heure de Paris)",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "Donnez la date et l’heure de l’envoi."},
    )
    confirmed = forms.BooleanField(label="J’ai lu ce qui précède, et je l’envoie ainsi", required=False)

    def __init__(self, *args: Any, doubts: Callable[[datetime | None], list[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self._doubts = doubts
        self.doubts: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "at" not in self.errors:
            check_moment(self, cleaned.get("at"))
        self.doubts = [] if "at" in self.errors else self._doubts(cleaned["at"])
        if self.doubts and not cleaned.get("confirmed"):
            self.add_error("confirmed", "Cochez cette case si vous voulez l’envoyer ainsi.")
        return cleaned


def check_moment(form: forms.Form, at: datetime | None) -> None:
    if at is None and "at" not in form.errors:
        form.add_error("at", "Donnez la date et l’heure de l’envoi.")
    elif at is not None and at <= timezone.now():
        form.add_error("at", "Cette date est passée. Choisissez-en une à venir, ou envoyez maintenant.")


class WordsForm(forms.Form):
    """A refusal, a reason, an answer."""

    words = forms.CharField(
        label="Pourquoi",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Dites pourquoi en quelques mots : la personne concernée les lira."},
    )


class ReachForm(forms.Form):
    address = forms.EmailField(label="Une adresse", max_length=254)


class CorrectionForm(forms.Form):
    wrong = forms.CharField(label="Passage erroné, copié depuis la page", max_length=500)
    right = forms.CharField(label="Passage corrigé", max_length=500)
    reason = forms.CharField(label="Raison (facultative)", max_length=250, required=False)


class ErratumForm(forms.Form):
    """`uncertain`: how many deliveries of the letter nobody can know of; without any, nothing is asked of them."""

    reason = forms.CharField(
        label="En une phrase, ce qui n’allait pas",
        max_length=200,
        help_text="La première ligne du message, et ce que les messageries montrent à côté de l’objet.",
        error_messages={"required": "Dites ce qui n’allait pas : c’est la première ligne que chacun lira."},
    )
    words = forms.CharField(
        label="Ce qu’il faut lire",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Une ligne vide sépare deux paragraphes ; une adresse web devient un lien.",
        error_messages={"required": "Écrivez ce qu’il faut lire à la place."},
    )
    with_uncertain = forms.BooleanField(required=False)

    def __init__(self, *args: Any, uncertain: int, **options: Any) -> None:
        super().__init__(*args, **options)
        if uncertain:
            who = french.count(uncertain, "personne")
            self.fields["with_uncertain"].label = f"Aussi à {who} dont on ne sait pas si la lettre est arrivée"
        else:
            del self.fields["with_uncertain"]


class ErratumSendForm(forms.Form):
    """`people`: how many would receive it; `doubts`: what is asked again, as sentences."""

    number = forms.CharField(
        label="Pour confirmer, écrivez le nombre de destinataires",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Écrivez le nombre de destinataires : c’est ce qui part."},
    )
    confirmed = forms.BooleanField(label="J’ai lu ce qui précède, et je l’envoie ainsi", required=False)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: int, doubts: Sequence[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people, self.doubts = people, doubts

    def clean_number(self) -> str:
        return exact_number(self.cleaned_data["number"], people=self.people)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.doubts and not cleaned.get("confirmed"):
            self.add_error("confirmed", "Cochez cette case si vous voulez l’envoyer ainsi.")
        return cleaned


def exact_number(written: str, *, people: int) -> str:
    """Raises `ValidationError` where it is not the number of those who would receive it."""
    number = "".join(written.split())
    if number != str(people):
        raise forms.ValidationError(f"Le nombre exact est {french.number(people)} : vérifiez que c’est bien cela.")
    return number


class MonthForm(forms.Form):
    """A month, as « 2027-03 »."""

    month = forms.DateField(
        input_formats=["%Y-%m"],
        error_messages={
            "required": "Choisissez un mois.",
            "invalid": "Ce n’est pas un mois : choisissez-le dans la liste.",
        },
    )
