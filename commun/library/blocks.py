"""Blocks of the library's own pages."""

from __future__ import annotations

from wagtail import blocks

from commun.cms.blocks import SHORT_TEXT_FEATURES


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="Étape", max_length=140, help_text="Un verbe d’action : « Réunir les voisins »")
    when = blocks.CharBlock(label="Quand", required=False, max_length=80, help_text="« Mars 2022 », « 2 semaines »")
    text = blocks.RichTextBlock(label="Récit", features=SHORT_TEXT_FEATURES, required=False)

    class Meta:
        label = "Étape"
        icon = "list-ol"


class StepsBlock(blocks.StreamBlock):
    step = StepBlock()
