"""Blocks of rich bodies. Each renders itself from `templates/cms/blocks/`; a higher room may add its own."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

# Levels 1 and 2 belong to the page and to heading blocks: what is written inside a text is below them.
TEXT_FEATURES = ["h3", "h4", "bold", "italic", "ol", "ul", "link", "document-link", "blockquote"]
SHORT_TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="Titre", max_length=120)
    level = blocks.ChoiceBlock(label="Niveau", choices=[("h2", "Grande partie"), ("h3", "Sous-partie")], default="h2")

    class Meta:
        label = "Titre de partie"
        icon = "title"
        group = "Texte"
        template = "cms/blocks/heading.html"


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **options: Any) -> None:
        options.setdefault("features", TEXT_FEATURES)
        super().__init__(**options)

    class Meta:
        label = "Texte"
        icon = "pilcrow"
        group = "Texte"
        template = "cms/blocks/paragraph.html"


class ImageBlock(blocks.StructBlock):
    image = ImageChooserBlock(label="Image")
    caption = blocks.CharBlock(
        label="Légende",
        required=False,
        max_length=250,
        help_text="Le crédit et la licence de l’image s’ajoutent seuls.",
    )

    class Meta:
        label = "Image et légende"
        icon = "image"
        group = "Images et vidéos"
        template = "cms/blocks/image.html"


class QuoteBlock(blocks.StructBlock):
    words = blocks.TextBlock(label="Citation", rows=3, max_length=600, help_text="Sans guillemets : ils sont ajoutés.")
    author = blocks.CharBlock(label="Qui parle", required=False, max_length=120)
    role = blocks.CharBlock(label="À quel titre", required=False, max_length=160)

    class Meta:
        label = "Citation"
        icon = "openquote"
        group = "Texte"
        template = "cms/blocks/quote.html"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", required=False, max_length=120, default="À retenir")
    text = blocks.RichTextBlock(label="Texte", features=SHORT_TEXT_FEATURES)

    class Meta:
        label = "Encadré"
        icon = "info-circle"
        group = "Texte"
        template = "cms/blocks/callout.html"


class FigureBlock(blocks.StructBlock):
    """A figure is worth its date and its source: both are required."""

    value = blocks.CharBlock(label="Chiffre", max_length=40, help_text="Avec son unité : « 120 foyers », « 38 % ».")
    label = blocks.CharBlock(label="Ce qu’il compte", max_length=200)
    date = blocks.DateBlock(label="Date du chiffre")
    source = blocks.CharBlock(label="Source", max_length=200, help_text="Qui l’a mesuré ou publié.")
    source_url = blocks.URLBlock(label="Lien vers la source", required=False)

    class Meta:
        label = "Chiffre"
        icon = "decimal"


class FiguresBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", required=False, max_length=120, default="Chiffres clés")
    items = blocks.ListBlock(FigureBlock(), label="Chiffres", min_num=1, max_num=6)

    class Meta:
        label = "Chiffres clés"
        icon = "decimal"
        group = "À consulter"
        template = "cms/blocks/figures.html"


class DocumentItemBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="Document")
    note = blocks.CharBlock(label="À quoi il sert", required=False, max_length=200)

    class Meta:
        label = "Document"
        icon = "doc-full"


class DocumentsBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", required=False, max_length=120, default="Documents à télécharger")
    items = blocks.ListBlock(DocumentItemBlock(), label="Documents", min_num=1)

    class Meta:
        label = "Documents"
        icon = "doc-full"
        group = "À consulter"
        template = "cms/blocks/documents.html"


class LinkBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="Texte du lien", max_length=160, help_text="Dit où il mène, lu tout seul.")
    page = blocks.PageChooserBlock(label="Page de ce site", required=False)
    url = blocks.URLBlock(label="ou adresse d’un autre site", required=False)

    class Meta:
        label = "Lien"
        icon = "link"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if bool(cleaned.get("page")) == bool(cleaned.get("url")):
            problem = ValidationError("Choisissez une page de ce site ou donnez une adresse : l’un ou l’autre.")
            raise blocks.StructBlockValidationError(block_errors={"url": problem})
        return cleaned


class LinksBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Titre", required=False, max_length=120, default="Pour aller plus loin")
    items = blocks.ListBlock(LinkBlock(), label="Liens", min_num=1)

    class Meta:
        label = "Liens"
        icon = "link"
        group = "À consulter"
        template = "cms/blocks/links.html"


class VideoLinkBlock(blocks.StructBlock):
    """A link, not a player: an embedded one would follow the reader before she chose to watch."""

    title = blocks.CharBlock(label="Titre de la vidéo", max_length=160)
    url = blocks.URLBlock(label="Adresse de la vidéo")
    image = ImageChooserBlock(label="Image d’aperçu", required=False)
    duration = blocks.CharBlock(label="Durée", required=False, max_length=40, help_text="« 4 minutes »")
    transcript = blocks.RichTextBlock(
        label="Transcription",
        required=False,
        features=SHORT_TEXT_FEATURES,
        help_text="Ce qui est dit et montré, pour qui ne peut ni voir ni entendre la vidéo.",
    )

    class Meta:
        label = "Vidéo (lien)"
        icon = "media"
        group = "Images et vidéos"
        template = "cms/blocks/video.html"


class RichBody(blocks.StreamBlock):
    """Body of a library or agenda page. Subclass it to add blocks."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    image = ImageBlock()
    video = VideoLinkBlock()
    figures = FiguresBlock()
    documents = DocumentsBlock()
    links = LinksBlock()
