"""Forms of images and documents in the administration, which Wagtail makes with some of their fields or with all."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm


class _PartialForm:
    """What the model says of a field that this form does not show is said of the whole: Django would raise instead."""

    fields: dict[str, Any]

    def add_error(self, field: str | None, error: Any) -> None:
        if isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            told: dict[str, list[ValidationError]] = {}
            for name, errors in error.error_dict.items():
                told.setdefault(name if name in self.fields else NON_FIELD_ERRORS, []).extend(errors)
            error = ValidationError(told)
        super().add_error(field, error)  # type: ignore[misc]


class DocumentForm(_PartialForm, BaseDocumentForm):
    pass


class ImageForm(_PartialForm, BaseImageForm):
    pass
