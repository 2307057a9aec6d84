"""Panels that several editing screens share: the same question stands at the same place on every type of page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)

from commun.territories.api import OrganisationMultipleChooserPanel, TerritoryMultipleChooserPanel

THEMES = FieldPanel("themes", widget=forms.CheckboxSelectMultiple)
IN_SHORT = MultiFieldPanel([FieldPanel("summary"), FieldPanel("cover_image")], heading="En bref")
BODY = FieldPanel("body", heading="Texte")
DOCUMENTS = InlinePanel(
    "documents",
    heading="Documents à réutiliser",
    label="Document",
    help_text="Modèles, plannings, cahiers des charges… ce qui fait gagner du temps à la commune suivante.",
)
LINKS = [
    MultiFieldPanel([THEMES], heading="Thématiques"),
    MultiFieldPanel(
        [TerritoryMultipleChooserPanel("territories"), OrganisationMultipleChooserPanel("organisations")],
        heading="Où et avec qui",
    ),
    MultiFieldPanel(
        [
            FieldPanel("audiences"),
            FieldPanel("obstacles"),
            FieldPanel("stage"),
            HelpPanel(template="library/panels/read_in.html"),
        ],
        heading="Pour être retrouvée",
    ),
]
RIGHTS = [
    MultiFieldPanel([FieldPanel("contributor"), FieldPanel("credit"), FieldPanel("licence")], heading="Qui créditer"),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("source_label"), FieldPanel("source_url")]), FieldPanel("reviewed_on")],
        heading="Source et relecture",
    ),
]


def tabs(
    *,
    content: Sequence[Any],
    links: Sequence[Any] = (),
    rights: Sequence[Any] = (),
    promote: Sequence[Any] = (),
    settings: Sequence[Any] = (),
    extra: Sequence[tuple[str, Sequence[Any]]] = (),
    links_heading: str = "Rattachements",
) -> TabbedInterface:
    """An editing screen: the content first, then what it is tied to, its rights, and how it appears elsewhere."""
    headed = [
        ("Contenu", content),
        *extra,
        (links_heading, links),
        ("Crédits et droits", rights),
        ("Référencement", promote),
        ("Publication", settings),
    ]
    return TabbedInterface([ObjectList(list(panels), heading=heading) for heading, panels in headed if panels])
