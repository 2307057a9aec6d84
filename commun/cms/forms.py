"""Forms of images and documents in the administration, which Wagtail makes with some of their fields or with all."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from PIL import Image
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

_DAMAGED = (EOFError, OSError, SyntaxError, TypeError, ValueError, Image.DecompressionBombError)


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


class PictureField(WagtailImageField):
    """A picture that can be read to its end: Wagtail looks at its beginning alone, and raises where that is damaged."""

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None and file.image.format_name != "svg":
                file.seek(0)
                with Image.open(file) as picture:
                    picture.load()
                file.seek(0)
        except _DAMAGED as error:
            raise ValidationError(
                "Ce fichier est abîmé : il ne s’ouvre pas jusqu’au bout. "
                "Reprenez l’original, ou enregistrez-le de nouveau.",
                code="damaged",
            ) from error
        return file


class ImageForm(_PartialForm, BaseImageForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "file" in self.fields:
            # Wagtail makes the form, with this field or without: it offers no other way to say of which class.
            self.fields["file"].__class__ = PictureField
