"""Fields that choose what a letter shows. Their windows are `views.choosing`, known by the name of their address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.functional import cached_property
from wagtail.admin.widgets import BaseChooser
from wagtail.blocks import ChooserBlock
from wagtail.coreutils import resolve_model_string


class PageChooser(BaseChooser):
    """`model`: label of what is chosen; `chooser_modal_url_name`: of its window."""

    chooser_modal_url_name: ClassVar[str]


class ResourceChooser(PageChooser):
    model = "library.ResourcePage"
    icon = "doc-full"
    choose_one_text = "Choisir une ressource"
    choose_another_text = "Choisir une autre ressource"
    link_to_chosen_text = "Modifier cette page"
    chooser_modal_url_name = "choisir_ressource:choose"


class ExperienceChooser(PageChooser):
    model = "library.ExperiencePage"
    icon = "doc-full"
    choose_one_text = "Choisir une expérience"
    choose_another_text = "Choisir une autre expérience"
    link_to_chosen_text = "Modifier cette page"
    chooser_modal_url_name = "choisir_experience:choose"


class ConceptChooser(PageChooser):
    model = "library.ConceptPage"
    icon = "help"
    choose_one_text = "Choisir un concept"
    choose_another_text = "Choisir un autre concept"
    link_to_chosen_text = "Modifier cette page"
    chooser_modal_url_name = "choisir_concept:choose"


class EventChooser(PageChooser):
    model = "agenda.EventPage"
    icon = "calendar-alt"
    choose_one_text = "Choisir un événement"
    choose_another_text = "Choisir un autre événement"
    link_to_chosen_text = "Modifier cette page"
    chooser_modal_url_name = "choisir_evenement:choose"


class NewsChooser(PageChooser):
    model = "agenda.NewsPage"
    icon = "comment"
    choose_one_text = "Choisir une actualité"
    choose_another_text = "Choisir une autre actualité"
    link_to_chosen_text = "Modifier cette page"
    chooser_modal_url_name = "choisir_actualite:choose"


class PageBlock(ChooserBlock):
    """`chooser`: the field that chooses it."""

    chooser: ClassVar[type[PageChooser]]

    @cached_property
    def target_model(self) -> Any:
        return resolve_model_string(self.chooser.model)

    @cached_property
    def widget(self) -> PageChooser:
        return self.chooser()


class ResourceBlock(PageBlock):
    chooser = ResourceChooser


class ExperienceBlock(PageBlock):
    chooser = ExperienceChooser


class ConceptBlock(PageBlock):
    chooser = ConceptChooser


class EventBlock(PageBlock):
    chooser = EventChooser


class NewsBlock(PageBlock):
    chooser = NewsChooser
