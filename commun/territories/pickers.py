"""Choosing places and organisations: one widget for public forms and for the administration.

Without script, a public form shows a text field, then, on the next step, the places that match as radio buttons. With
script the same field suggests while one types (WAI-ARIA combobox with a list box).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from wagtail.admin.panels import FieldPanel

from commun.territories.models import Organisation, Territory
from commun.territories.names import plain
from commun.territories.selectors.search import Found, get_by_key, search_territories

_CANDIDATES = 12


class _PickerMedia:
    js: ClassVar[list[str]] = ["common/combobox.js"]
    css: ClassVar[dict[str, list[str]]] = {"all": ["common/combobox.css"]}


class TerritoryInput(forms.Widget):
    """Widget of `TerritoryField`: posts `name` (register key), `name_texte` (typed), `name_pour` (text of the key)."""

    template_name = "territories/territory_input.html"
    Media = _PickerMedia

    def __init__(self, *, kinds: Collection[str] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.kinds = tuple(kinds)
        self.candidates: list[Found] = []
        self.made_for = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> tuple[str, str, str]:
        def get(suffix: str) -> str:
            return str(data.get(f"{name}{suffix}") or "").strip()[:200]

        return get(""), get("_texte"), get("_pour")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data and f"{name}_texte" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        key, text, made_for = _as_typed(value)
        if self.candidates:
            made_for = self.made_for
        context["widget"].update(
            {
                "key": key,
                "text": text,
                "made_for": made_for,
                "candidates": self.candidates,
                "source": reverse_lazy("territories:suggest_territories"),
                "kinds": ",".join(self.kinds),
            }
        )
        return context


class TerritoryField(forms.Field):
    """Form field whose value is a `Territory` that exists today (a merged commune gives its successor), or None.

    `initial` may be a Territory or a register key ("commune:93066").
    """

    widget = TerritoryInput
    default_error_messages = {
        "required": "Indiquez la commune, l’intercommunalité ou le département.",
        "unknown": "Aucun territoire ne correspond à « %(text)s ». Essayez le code postal ou le numéro SIREN.",
        "several": "Plusieurs territoires correspondent. Choisissez le vôtre dans la liste, puis validez.",
    }

    def __init__(self, *, kinds: Collection[str] = (), **kwargs: Any) -> None:
        self.kinds = tuple(kinds)
        kwargs.setdefault("widget", TerritoryInput(kinds=self.kinds))
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Territory | None:
        key, text, made_for = _as_typed(value)
        # A radio button checked for what was typed before says nothing of what is typed now.
        if key and (not text or not made_for or plain(text) == plain(made_for)):
            return self._by_key(key)
        if not text:
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        return self._by_text(text)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return _as_typed(initial)[0] != _as_typed(data)[0]

    def _by_key(self, key: str) -> Territory:
        found = get_by_key(key=key)
        place = found and (found.successor or found)
        if place is None or place.obsolete or (self.kinds and place.kind not in self.kinds):
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown", params={"text": key[:40]})
        return place

    def _by_text(self, text: str) -> Territory:
        found = search_territories(query=text, kinds=self.kinds, limit=_CANDIDATES)
        if not found:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown", params={"text": text[:80]})
        labels = [answer for answer in found if answer.label == text]
        if len(labels) == 1 or (len(found) == 1 and plain(found[0].territory.name) == plain(text)):
            return (labels or found)[0].territory
        self.widget.candidates = found
        self.widget.made_for = text
        raise forms.ValidationError(self.error_messages["several"], code="several")


def _as_typed(value: Any) -> tuple[str, str, str]:
    if isinstance(value, Territory):
        return value.key, value.label, value.label
    if isinstance(value, str) and value:
        found = get_by_key(key=value)
        return (value, found.label, found.label) if found else ("", "", "")
    return value if isinstance(value, tuple) else ("", "", "")


class AdminPicker(forms.Widget):
    """Widget of a relation to places or organisations in the administration; posts primary keys.

    A select would list 36,000 options: this one lists what is chosen and searches for the rest.
    """

    template_name = "territories/admin_picker.html"
    Media = _PickerMedia
    model: type[Territory] | type[Organisation]
    source: str
    hint: str
    choices: Iterable[Any] = ()  # given by Django's model fields; never read, see above

    def __init__(self, *, multiple: bool = False, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.allow_multiple_selected = multiple

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        if self.allow_multiple_selected:
            return data.getlist(name) if hasattr(data, "getlist") else data.get(name)
        return data.get(name) or None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False  # nothing chosen posts nothing

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        context["widget"].update(
            {
                "chosen": self._chosen(value),
                "multiple": self.allow_multiple_selected,
                "source": reverse_lazy(self.source),
                "hint": self.hint,
            }
        )
        return context

    def _chosen(self, value: Any) -> list[Any]:
        values = value if isinstance(value, list | tuple | set) else [value]
        pks = [int(pk) for pk in values if str(pk).isdigit()]
        rows = self.model._default_manager.select_related(*self.parents).in_bulk(pks)
        return [rows[pk] for pk in pks if pk in rows]

    parents: ClassVar[tuple[str, ...]] = ()


class AdminTerritoryPicker(AdminPicker):
    model = Territory
    source = "territories:suggest_territories"
    hint = "Nom, code postal, code INSEE ou SIREN"
    parents = ("departement", "epci")


class AdminOrganisationPicker(AdminPicker):
    model = Organisation
    source = "territories:suggest_organisations"
    hint = "Nom ou SIREN"
    parents = ("territory__departement", "territory__successor")


class _PickerPanel(FieldPanel):
    widget_class: type[AdminPicker]
    multiple = False

    def __init__(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("widget", self.widget_class(multiple=self.multiple))
        super().__init__(field_name, *args, **kwargs)


class TerritoryChooserPanel(_PickerPanel):
    """Panel of a foreign key to a territory."""

    widget_class = AdminTerritoryPicker


class TerritoryMultipleChooserPanel(TerritoryChooserPanel):
    """Panel of a many-to-many relation to territories."""

    multiple = True


class OrganisationChooserPanel(_PickerPanel):
    """Panel of a foreign key to an organisation."""

    widget_class = AdminOrganisationPicker


class OrganisationMultipleChooserPanel(OrganisationChooserPanel):
    """Panel of a many-to-many relation to organisations."""

    multiple = True
