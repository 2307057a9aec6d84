"""Model fields that Wagtail gives almost as we need them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django import forms
from wagtail import fields

if TYPE_CHECKING:
    from django.db import models

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
