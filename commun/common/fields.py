"""Fields that Django and Wagtail give almost as we need them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from wagtail import fields

from commun.common.characters import clean_name, clean_text

if TYPE_CHECKING:

    class _RichTextField(models.TextField[str, str]):  # Wagtail is not typed
        def __init__(self, *args: Any, features: Sequence[str] = (), **options: Any) -> None: ...
else:
    _RichTextField = fields.RichTextField

_EMPTY_PARAGRAPHS = re.compile(r"(?:<p\b[^>]*>(?:\s|&nbsp;|\xa0|<br\s*/?>)*</p>\s*)+")


class RichTextFormField(forms.CharField):
    """An editor left untouched sends one empty paragraph: that is no text at all."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return "" if text and _EMPTY_PARAGRAPHS.fullmatch(text) else text or ""


class RichTextField(_RichTextField):
    """Rich text whose emptiness is the empty string, so that `if page.context` and `required` mean what they say."""

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        return super().formfield(**{"form_class": RichTextFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, args, kwargs = super().deconstruct()
        return name, "wagtail.fields.RichTextField", args, kwargs  # the same column: nothing to migrate


class NameFormField(forms.CharField):
    """One line that names something or somebody, as one sees it: see `clean_name`."""

    def to_python(self, value: Any) -> str:
        return clean_name(super().to_python(value) or "")


class TextFormField(forms.CharField):
    """Several lines, without what nobody sees: see `clean_text`."""

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class NameField(models.CharField):
    """The name of a person, of a body, of a file, or a title: clean whichever way it comes in, and looked for so."""

    def to_python(self, value: Any) -> Any:
        found = super().to_python(value)
        return clean_name(found)[: self.max_length] if isinstance(found, str) else found

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self.to_python(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": NameFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs  # the same column: nothing to migrate


class ChoicesField(models.JSONField):
    """Several values of a list, in its order; none is an empty list."""

    def __init__(self, *args: Any, among: type[models.TextChoices] | None = None, **options: Any) -> None:
        self.among = among
        super().__init__(*args, **{"default": list, "blank": True, **options})

    def formfield(self, **kwargs: Any) -> Any:
        assert self.among is not None
        return forms.MultipleChoiceField(
            choices=self.among.choices,
            required=False,
            label=self.verbose_name,
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs  # the same column: nothing to migrate
