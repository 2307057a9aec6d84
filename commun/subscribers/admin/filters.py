"""The form of conditions: from fields to the language of segments, and back into an address one can share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms

from commun.subscribers import segments
from commun.subscribers.segments import DATES, LABELS, BadCondition, Condition, On
from commun.subscribers.selectors.segments import choices

EXCEPT = "sauf"
_NAMES: dict[On, str] = {
    On.STATE: "etat",
    On.RECEIVES: "recoit",
    On.TOPIC: "thematique",
    On.PAUSE: "pause",
    On.OPERATOR: "messagerie",
    On.DOMAIN: "domaine",
    On.DEPARTEMENT: "departement",
    On.SOURCE: "source",
    On.BOUNCES: "rejets",
    On.SINCE: "depuis",
    On.BEFORE: "avant_le",
    On.LEFT_SINCE: "parti_depuis",
    On.LEFT_BEFORE: "parti_avant",
}
_NEGATED = (On.TOPIC, On.OPERATOR, On.DOMAIN, On.DEPARTEMENT, On.SOURCE)


class ConditionsForm(forms.Form):
    """Read from the address. Without any field filled: everybody."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for on, name in _NAMES.items():
            self.fields[name] = _field(on)
        if len(self.fields[_NAMES[On.SOURCE]].choices) == 1:  # type: ignore[attr-defined]
            self.fields[_NAMES[On.SOURCE]].widget = forms.MultipleHiddenInput()  # no file yet: nothing to choose
        self.fields[EXCEPT] = forms.MultipleChoiceField(
            label="Tout le monde sauf",
            required=False,
            choices=[(_NAMES[on], f"ces {_PLURALS[on]}") for on in _NEGATED],
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        negated = set(cleaned.get(EXCEPT, ()))
        found = []
        for on, name in _NAMES.items():
            value = cleaned.get(name)
            values = _values(on, value)
            if not values:
                continue
            try:
                found.append(Condition(on, values, name in negated))
            except BadCondition as error:
                self.add_error(name, str(error))
        if not self.errors:
            cleaned["conditions"] = segments.segment(found)
        return cleaned

    @property
    def conditions(self) -> segments.Segment:
        """() while the form cannot be read: whoever lists people asks `is_valid` first."""
        return tuple(self.cleaned_data.get("conditions", ())) if self.is_valid() else ()


_PLURALS = {
    On.TOPIC: "thématiques",
    On.OPERATOR: "messageries",
    On.DOMAIN: "domaines",
    On.DEPARTEMENT: "départements",
    On.SOURCE: "sources",
}
_HELP = {
    On.DOMAIN: "Après l’arobase ; plusieurs, séparés par des virgules.",
    On.DEPARTEMENT: "Pour qui l’a dit dans ses préférences. Ctrl pour en choisir plusieurs.",
    On.BOUNCES: "Des messages sont revenus ces derniers mois.",
}


def _field(on: On) -> forms.Field:
    label, help_text = LABELS[on][0].upper() + LABELS[on][1:], _HELP.get(on, "")
    if on in DATES:
        picker = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return forms.DateField(label=label, required=False, widget=picker)
    if on == On.DOMAIN:
        return forms.CharField(label=label, required=False, max_length=1000, help_text=help_text)
    widget = forms.SelectMultiple(attrs={"size": 6}) if on == On.DEPARTEMENT else forms.CheckboxSelectMultiple()
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices(on), widget=widget, help_text=help_text
    )


def _values(on: On, value: Any) -> tuple[str, ...]:
    if not value:
        return ()
    if on in DATES:
        return (value.isoformat(),)
    if on == On.DOMAIN:
        return tuple(one.strip().lower().lstrip("@") for one in value.split(",") if one.strip())
    return tuple(value)


def query(conditions: Sequence[Condition], **more: Any) -> str:
    """The address of a list under these conditions, after its « ? »."""
    return urlencode([*_pairs(conditions), *((name, value) for name, value in more.items() if value)])


def _pairs(conditions: Sequence[Condition]) -> Iterator[tuple[str, str]]:
    for one in conditions:
        if one.on == On.DOMAIN:
            yield _NAMES[one.on], ",".join(one.values)
        else:
            yield from ((_NAMES[one.on], value) for value in one.values)
        if one.negated:
            yield EXCEPT, _NAMES[one.on]
