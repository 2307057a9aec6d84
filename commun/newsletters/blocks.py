"""Sections of the letter, as the editor fills them. Their names are the renderer's kinds; `freeze` does the rest."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.apps import apps
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup
from wagtail.images.blocks import ImageChooserBlock

from commun.cms.blocks import LinkBlock, QuoteBlock
from commun.newsletters import choosers

# What mail clients show alike.
LETTER_FEATURES = ["h3", "bold", "italic", "ol", "ul", "link"]
_FROM_PAGE = "Vide : celui de la page."


def _title(default: str = "", **options: Any) -> blocks.CharBlock:
    return blocks.CharBlock(label="Titre", max_length=120, required=False, default=default, **options)


def _link_label(help_text: str = "Dit où il mène, lu tout seul. Vide : écrit pour vous.") -> blocks.CharBlock:
    return blocks.CharBlock(label="Texte du lien", max_length=120, required=False, help_text=help_text)


def _rich(label: str, **options: Any) -> blocks.RichTextBlock:
    return blocks.RichTextBlock(label=label, required=False, features=LETTER_FEATURES, **options)


def _image() -> ImageChooserBlock:
    return ImageChooserBlock(label="Image", required=False, help_text="Vide : celle de la page.")


class Section(blocks.StructBlock):
    """A section of the letter; the chooser shows what it looks like before one adds it."""

    hidden = blocks.BooleanBlock(
        label="Masquer cette rubrique", required=False, help_text="Elle reste dans le brouillon, et ne part pas."
    )

    def get_form_layout(self) -> BlockGroup:
        """Hiding stands last, among the settings folded away, whatever the section."""
        layout = super().get_form_layout()
        children = [name for name in layout.children if name != "hidden"]
        return BlockGroup(
            children=children, settings=[*(name for name in layout.settings if name != "hidden"), "hidden"]
        )

    class Meta:
        preview_template = "newsletters/previews/section.html"


class ThemeBlock(Section):
    kicker = blocks.CharBlock(label="Surtitre", max_length=80, required=False, default="La thématique du mois")
    title = _title(help_text="Vide : le titre de la thématique.")
    intro = _rich("Introduction", help_text="Vide : celle de la thématique.")
    show_image = blocks.BooleanBlock(label="Montrer l’image", required=False, default=True)
    image = ImageChooserBlock(label="Image", required=False, help_text="Vide : celle de la thématique.")
    question = blocks.CharBlock(
        label="Question aux collectivités", max_length=250, required=False, help_text="Vide : celle de la thématique."
    )
    label = blocks.CharBlock(label="Texte du bouton", max_length=80, required=False, default="Préciser notre besoin")

    class Meta:
        form_layout = BlockGroup(
            children=["title", "intro", "question"], settings=["kicker", "label", "show_image", "image"]
        )
        label = "Thématique du mois"
        description = "Ouvre la lettre : la thématique, son introduction, et ce qu’on demande aux collectivités."
        icon = "pick"
        group = "Rubriques"


class FeaturedBlock(Section):
    kicker = blocks.CharBlock(label="Surtitre", max_length=80, required=False, default="Pour commencer")
    page = choosers.ResourceBlock(label="Expérience")
    title = _title(help_text=_FROM_PAGE)
    summary = blocks.TextBlock(label="Résumé", rows=3, max_length=600, required=False, help_text=_FROM_PAGE)
    show_image = blocks.BooleanBlock(label="Montrer l’image", required=False, default=True)
    image = _image()
    show_figures = blocks.BooleanBlock(label="Montrer les chiffres", required=False, default=True)
    link_label = _link_label()

    class Meta:
        form_layout = BlockGroup(
            children=["page", "summary"],
            settings=["kicker", "title", "link_label", "show_image", "image", "show_figures"],
        )
        label = "Expérience à la une"
        description = "Une expérience de la bibliothèque, en grand, avec ses chiffres."
        icon = "pick"
        group = "Rubriques"


class ResourceItemBlock(blocks.StructBlock):
    page = choosers.ResourceBlock(label="Ressource")
    title = _title(help_text=_FROM_PAGE)
    summary = blocks.TextBlock(label="Résumé", rows=3, max_length=600, required=False, help_text=_FROM_PAGE)
    link_label = _link_label()
    image = _image()

    class Meta:
        form_layout = BlockGroup(children=["page", "summary"], settings=["title", "link_label", "image"])
        label = "Ressource"
        icon = "doc-full"


class InspirationsBlock(Section):
    title = _title("Des expériences et des méthodes pour vous inspirer")
    intro = blocks.CharBlock(label="Introduction", max_length=250, required=False)
    items = blocks.ListBlock(ResourceItemBlock(), label="Ressources", min_num=1, max_num=12)
    show_images = blocks.BooleanBlock(label="Montrer les images", required=False, default=True)

    class Meta:
        form_layout = BlockGroup(children=["title", "items"], settings=["intro", "show_images"])
        label = "Inspirations"
        description = "Des cartes vers les expériences, guides et kits de la bibliothèque."
        icon = "list-ul"
        group = "Rubriques"


class OutcomesBlock(Section):
    """What came of former letters; composing fills it."""

    title = _title("Ce que la lettre a fait naître")
    lines = blocks.ListBlock(
        blocks.CharBlock(label="Phrase", max_length=250), label="En quelques phrases", max_num=6, default=[]
    )
    stories = blocks.ListBlock(
        choosers.ExperienceBlock(label="Expérience"),
        label="Ils l’ont fait",
        max_num=4,
        default=[],
        help_text="Des expériences nées d’une page de la bibliothèque : la lettre dit de laquelle.",
    )

    class Meta:
        label = "Ce que la lettre a fait naître"
        description = "Qui s’est lancé depuis le dernier numéro, et ce qui en est revenu."
        icon = "rotate"
        group = "Rubriques"


class SoughtBlock(blocks.StructBlock):
    """A need that agreed to be shown. Its reference says which: it leaves the letter by itself once that is over."""

    title = blocks.CharBlock(label="Besoin", max_length=200)
    who = blocks.CharBlock(label="Qui cherche", max_length=200)
    reference = blocks.CharBlock(label="Repère du besoin", max_length=16, help_text="Rempli pour vous.")

    class Meta:
        label = "Besoin"
        icon = "crosshairs"


class SeekersBlock(Section):
    """Needs that agreed to be shown; composing fills it."""

    title = _title("Ils cherchent")
    items = blocks.ListBlock(SoughtBlock(), label="Besoins", max_num=6, default=[])

    class Meta:
        label = "Ils cherchent"
        description = "Des besoins dont les auteurs veulent bien qu’on les montre."
        icon = "crosshairs"
        group = "Rubriques"


class _ListedBlock(blocks.ChooserBlock):
    """A row chosen from a short list: a choosing window would be much for that."""

    model = ""

    def rows(self) -> Any:
        return self.target_model.objects.all()

    @cached_property
    def target_model(self) -> Any:
        return apps.get_model(self.model)

    @cached_property
    def widget(self) -> forms.Select:
        return forms.Select(attrs={"aria-label": str(self.label)})

    @cached_property
    def field(self) -> forms.ModelChoiceField[Any]:
        return forms.ModelChoiceField(queryset=self.rows(), widget=self.widget, required=self._required)

    def get_form_state(self, value: Any) -> Any:
        """As a plain field."""
        return blocks.FieldBlock.get_form_state(self, value)


class ToldVoteBlock(_ListedBlock):
    """A vote that everybody may see."""

    model = "votes.Vote"

    def rows(self) -> Any:
        return super().rows().public()


class ToldProjectBlock(_ListedBlock):
    """A shared project."""

    model = "cooperation.SharedProject"


def _words() -> blocks.TextBlock:
    return blocks.TextBlock(
        label="Ce qu’on en dit",
        rows=3,
        max_length=600,
        required=False,
        help_text="Vide : où il en est, le jour où la lettre est figée.",
    )


class VoteStateBlock(Section):
    """Where votes stand; composing fills it with those that were decided since the last letter, or that come."""

    title = _title("Les votes, où en sont-ils ?")
    items = blocks.ListBlock(
        blocks.StructBlock([("vote", ToldVoteBlock(label="Vote")), ("words", _words())], label="Vote", icon="tick"),
        label="Votes",
        max_num=4,
        default=[],
    )

    class Meta:
        label = "État des votes"
        description = "Les votes qui viennent ou s’achèvent : ce qui a été choisi, ou quand choisir."
        icon = "tick"
        group = "Rubriques"


class ProjectNewsBlock(Section):
    """What moved in shared projects; composing fills it."""

    title = _title("Des nouvelles des projets partagés")
    items = blocks.ListBlock(
        blocks.StructBlock(
            [("project", ToldProjectBlock(label="Projet")), ("words", _words())], label="Projet", icon="group"
        ),
        label="Projets",
        max_num=4,
        default=[],
    )

    class Meta:
        label = "Nouvelles des projets"
        description = "Où en sont les projets partagés, avec qui, et ce qu’ils ont dit à tous."
        icon = "group"
        group = "Rubriques"


class CallBlock(Section):
    """A call leads to its page when that exists, else to an address: `calls.call_link` decides."""

    title = _title()
    text = _rich("Texte")
    label = blocks.CharBlock(label="Texte du bouton", max_length=80, required=False)
    deadline = blocks.DateBlock(label="Jusqu’au", required=False)
    url = blocks.URLBlock(
        label="Autre adresse",
        required=False,
        help_text="Vide : la page du site prévue pour cela, sinon l’adresse électronique du réseau.",
    )

    class Meta:
        form_layout = BlockGroup(children=["title", "text", "deadline"], settings=["label", "url"])
        description = "Quelques mots et un bouton : ce qu’on demande aux lecteurs."
        icon = "mail"
        group = "Appels"


class ConceptBlock(Section):
    kicker = blocks.CharBlock(label="Surtitre", max_length=80, required=False, default="Le concept du mois")
    page = choosers.ConceptBlock(label="Concept", required=False)
    title = _title(help_text=_FROM_PAGE)
    lead = blocks.TextBlock(label="En bref", rows=3, max_length=600, required=False, help_text=_FROM_PAGE)
    text = _rich("Texte")
    show_image = blocks.BooleanBlock(label="Montrer l’image", required=False, default=False)
    image = _image()
    links = blocks.ListBlock(LinkBlock(), label="Pour aller plus loin", default=[])

    class Meta:
        form_layout = BlockGroup(
            children=["page", "lead", "text"], settings=["kicker", "title", "show_image", "image", "links"]
        )
        label = "Concept du mois"
        description = "Une notion expliquée en quelques lignes, et où la lire en entier."
        icon = "help"
        group = "Rubriques"


class NewsItemBlock(blocks.StructBlock):
    page = choosers.NewsBlock(label="Actualité")
    title = _title(help_text=_FROM_PAGE)
    summary = blocks.TextBlock(label="Résumé", rows=3, max_length=600, required=False, help_text=_FROM_PAGE)
    image = _image()

    class Meta:
        form_layout = BlockGroup(children=["page", "summary"], settings=["title", "image"])
        label = "Actualité"
        icon = "comment"


class NewsBlock(Section):
    title = _title("Actualités des partenaires")
    items = blocks.ListBlock(NewsItemBlock(), label="Actualités", min_num=1, max_num=12)
    show_images = blocks.BooleanBlock(label="Montrer les images", required=False, default=False)

    class Meta:
        form_layout = BlockGroup(children=["title", "items"], settings=["show_images"])
        label = "Actualités des partenaires"
        description = "Rencontres, recrutements, annonces des partenaires."
        icon = "comment"
        group = "Rubriques"


class AgendaBlock(Section):
    title = _title("À vos agendas")
    items = blocks.ListBlock(
        choosers.EventBlock(label="Événement"),
        label="Événements",
        min_num=1,
        max_num=12,
    )
    show_more = blocks.BooleanBlock(label="Lien vers tout l’agenda", required=False, default=True)

    class Meta:
        form_layout = BlockGroup(children=["title", "items"], settings=["show_more"])
        label = "Agenda"
        description = "Les événements à venir, dans l’ordre de leurs dates."
        icon = "calendar-alt"
        group = "Rubriques"


class TextBlock(Section):
    title = _title()
    text = blocks.RichTextBlock(label="Texte", features=LETTER_FEATURES)

    class Meta:
        label = "Texte libre"
        description = "Un texte à vous, avec ou sans titre."
        icon = "pilcrow"
        group = "Libre"


class PictureBlock(Section):
    image = ImageChooserBlock(label="Image")
    caption = blocks.CharBlock(label="Légende", required=False, max_length=250)

    class Meta:
        label = "Image"
        description = "Une image de la bibliothèque d’images, sur toute la largeur."
        icon = "image"
        group = "Libre"


class PartnerBlock(_ListedBlock):
    """A partner of the network."""

    model = "territories.Organisation"

    def rows(self) -> Any:
        return super().rows().filter(is_partner=True)

    class Meta:
        label = "Partenaire"
        icon = "group"


class PartnersBlock(Section):
    title = _title("Une lettre portée par")
    items = blocks.ListBlock(PartnerBlock(), label="Partenaires", min_num=1, max_num=12)

    class Meta:
        label = "Partenaires"
        description = "Qui porte la lettre : logos ou noms, à la fin."
        icon = "group"
        group = "Rubriques"


class LetterQuoteBlock(Section, QuoteBlock):
    class Meta:
        label = "Citation"
        description = "Une phrase entendue, et qui l’a dite."
        icon = "openquote"
        group = "Libre"


class IssueBody(blocks.StreamBlock):
    theme = ThemeBlock()
    featured = FeaturedBlock()
    inspirations = InspirationsBlock()
    outcomes = OutcomesBlock()
    seekers = SeekersBlock()
    vote_state = VoteStateBlock()
    project_news = ProjectNewsBlock()
    concept = ConceptBlock()
    news = NewsBlock()
    agenda = AgendaBlock()
    partners = PartnersBlock()
    contribution_call = CallBlock(label="Appel à contributions")
    vote_call = CallBlock(label="Appel à voter")
    event_call = CallBlock(label="Appel à événements")
    questions = CallBlock(label="Questions et remarques", icon="help")
    text = TextBlock()
    image = PictureBlock()
    quote = LetterQuoteBlock()

    class Meta:
        block_counts = {"theme": {"max_num": 1}, "partners": {"max_num": 1}}
