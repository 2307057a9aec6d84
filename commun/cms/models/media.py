"""Images and documents: nobody is left out by a picture, nobody uses again what may not be."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.models import CollectionMember
from wagtail.search import index

from commun.cms.types import Language, Licence
from commun.common.characters import clean_name
from commun.common.storage import private_storage


def _uploader() -> Any:
    """Wagtail's field sets it to null when the account goes; ours are blanked and never deleted."""
    field = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="téléversé par",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    field.wagtail_reference_index_ignore = True  # type: ignore[attr-defined]
    return field


def _clean(row: Any, *names: str) -> None:
    for name in names:
        setattr(row, name, clean_name(getattr(row, name)))


def _check_credit(*, licence: str, credit: str) -> None:
    if licence and Licence(licence).asks_credit and not credit.strip():
        raise ValidationError({"credit": "Cette licence oblige à nommer l’auteur ou l’autrice : indiquez le crédit."})


class CommunImage(AbstractImage):
    """A picture: either it says something, in words too, or it is decorative.

    Personal data: who uploaded it (account), to answer for its rights, as long as the image; the author's name in the
    credit, which the licence asks for, as long as the image.
    """

    # Wagtail's own optional description would be a second place for the same thing.
    description = None
    uploaded_by_user = _uploader()
    alt_text = models.CharField(
        "texte alternatif",
        max_length=255,
        blank=True,
        help_text="Ce que l’image apporte à qui ne la voit pas, en une phrase. Inutile de commencer par « Image de ».",
    )
    # Not `decorative`: Wagtail sets an attribute of that name on every image, whatever the database says.
    is_decorative = models.BooleanField(
        "image décorative",
        default=False,
        help_text="À cocher si l’image n’apporte aucune information : les lecteurs d’écran la passeront.",
    )
    credit = models.CharField(
        "crédit",
        max_length=160,
        blank=True,
        help_text="Auteur ou autrice, organisme : « Camille Roux / Ville de Grenoble ».",
    )
    licence = models.CharField("licence", max_length=24, choices=Licence)

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "file",
        "alt_text",
        "is_decorative",
        "credit",
        "licence",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields: ClassVar[list[Any]] = [
        *CollectionMember.search_fields,
        index.SearchField("title", boost=10),
        index.AutocompleteField("title"),
        index.FilterField("title"),
        index.SearchField("alt_text"),
        index.AutocompleteField("alt_text"),
        index.SearchField("credit"),
        index.RelatedFields("tags", [index.SearchField("name", boost=10), index.AutocompleteField("name")]),
        index.FilterField("uploaded_by_user"),
        index.FilterField("created_at"),
        index.FilterField("id"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"
        constraints = [
            # WCAG 1.1.1: a text alternative, or nothing to say; never both, never neither.
            models.CheckConstraint(
                condition=(Q(is_decorative=False) & ~Q(alt_text="")) | Q(is_decorative=True, alt_text=""),
                name="cms_image_alternative_or_decorative",
                violation_error_message="Donnez un texte alternatif, ou cochez « image décorative ».",
            ),
        ]

    @property
    def default_alt_text(self) -> str:
        return self.alt_text

    @property
    def licence_short(self) -> str:
        return Licence(self.licence).short if self.licence else ""

    def clean(self) -> None:
        super().clean()
        _clean(self, "title", "alt_text")
        if self.is_decorative and self.alt_text:
            message = "Une image décorative n’a pas de texte alternatif : effacez-le, ou décochez « image décorative »."
            raise ValidationError({"alt_text": message})
        if not self.is_decorative and not self.alt_text:
            message = "Décrivez ce que l’image apporte, ou cochez « image décorative »."
            raise ValidationError({"alt_text": message})
        _check_credit(licence=self.licence, credit=self.credit)


class CommunRendition(AbstractRendition):
    """A resized copy of an image.

    Personal data: none.
    """

    image = models.ForeignKey(CommunImage, models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = "déclinaison d’image"
        verbose_name_plural = "déclinaisons d’images"
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="cms_rendition_once_per_filter"
            ),
        ]


class CommunDocument(AbstractDocument):
    """A file one downloads, with what one wants to know before: its terms, its length, its language.

    Personal data: who uploaded it (account), to answer for its rights, as long as the document; the author's name
    in the credit, which the licence asks for, as long as the document.
    """

    # Wagtail's view hands it over, after its collection's restrictions: it has no other address.
    file = models.FileField("fichier", storage=private_storage, upload_to="documents")
    uploaded_by_user = _uploader()
    credit = models.CharField("crédit", max_length=160, blank=True, help_text="Auteur ou autrice, organisme.")
    licence = models.CharField("licence", max_length=24, choices=Licence)
    language = models.CharField("langue", max_length=2, choices=Language, default=Language.FRENCH)
    page_count = models.PositiveSmallIntegerField(
        "nombre de pages", null=True, blank=True, validators=[MinValueValidator(1)]
    )

    admin_form_fields: ClassVar[tuple[str, ...]] = (
        "title",
        "file",
        "credit",
        "licence",
        "language",
        "page_count",
        "collection",
        "tags",
    )
    search_fields: ClassVar[list[Any]] = [*AbstractDocument.search_fields, index.SearchField("credit")]

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
        constraints = [
            models.CheckConstraint(
                condition=Q(page_count__isnull=True) | Q(page_count__gte=1), name="cms_document_has_pages"
            ),
        ]

    @property
    def licence_short(self) -> str:
        return Licence(self.licence).short if self.licence else ""

    def clean(self) -> None:
        if self.file:  # Wagtail looks at its extension even before there is one: several are described, then kept
            super().clean()
        _clean(self, "title")
        _check_credit(licence=self.licence, credit=self.credit)
