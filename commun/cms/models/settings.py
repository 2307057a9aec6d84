"""Who publishes, from where, and how to reach them: what the footer, the letter and the legal pages say."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="site", order=100)
class NetworkSettings(BaseSiteSetting):
    """Identity of the network, entered once by the team.

    Personal data: names and addresses of those who answer for the publication (director, data protection officer),
    which the law makes public; kept as long as they hold that role.
    """

    name = models.CharField("nom du réseau", max_length=80, blank=True, help_text="Vide : le nom du site.")
    baseline = models.CharField("signature", max_length=160, blank=True, help_text="Une ligne, sous le nom.")
    presentation = models.TextField(
        "présentation", max_length=1000, blank=True, help_text="Qui vous êtes, en trois phrases."
    )

    contact_email = models.EmailField("adresse de contact", blank=True)
    contribution_email = models.EmailField(
        "adresse des contributions",
        blank=True,
        help_text="Où envoyer une ressource. Vide : editorialisation@ suivi du domaine de réception.",
    )
    agenda_email = models.EmailField(
        "adresse de l’agenda",
        blank=True,
        help_text="Où envoyer un événement. Vide : agenda@ suivi du domaine de réception.",
    )

    postal_address = models.TextField(
        "adresse postale de l’expéditeur",
        max_length=400,
        help_text="Imprimée au bas de chaque lettre. Sans elle, aucun numéro ne peut partir.",
    )

    publisher_name = models.CharField("éditeur", max_length=160, blank=True)
    publisher_legal_form = models.CharField(
        "forme juridique et numéro SIREN", max_length=160, blank=True, help_text="« Association loi 1901, SIREN … »"
    )
    publisher_phone = models.CharField("téléphone de l’éditeur", max_length=30, blank=True)
    publication_director = models.CharField("directeur ou directrice de la publication", max_length=120, blank=True)
    host_name = models.CharField("hébergeur", max_length=160, blank=True)
    host_address = models.TextField("adresse de l’hébergeur", max_length=400, blank=True)
    host_phone = models.CharField("téléphone de l’hébergeur", max_length=30, blank=True)
    data_protection_email = models.EmailField("adresse pour les données personnelles", blank=True)

    edit_handler: ClassVar[Any] = TabbedInterface(
        [
            ObjectList(
                [
                    FieldPanel("name"),
                    FieldPanel("baseline"),
                    FieldPanel("presentation"),
                    MultiFieldPanel(
                        [
                            FieldPanel("contact_email"),
                            FieldPanel("contribution_email"),
                            FieldPanel("agenda_email"),
                        ],
                        heading="Adresses électroniques",
                    ),
                ],
                heading="Le réseau",
            ),
            ObjectList([FieldPanel("postal_address")], heading="La lettre"),
            ObjectList(
                [
                    HelpPanel("Ces mentions sont exigées par la loi pour la confiance dans l’économie numérique."),
                    MultiFieldPanel(
                        [
                            FieldPanel("publisher_name"),
                            FieldPanel("publisher_legal_form"),
                            FieldPanel("publisher_phone"),
                            FieldPanel("publication_director"),
                        ],
                        heading="Éditeur",
                    ),
                    MultiFieldPanel(
                        [FieldPanel("host_name"), FieldPanel("host_address"), FieldPanel("host_phone")],
                        heading="Hébergeur",
                    ),
                    FieldPanel("data_protection_email"),
                ],
                heading="Mentions légales",
            ),
        ]
    )

    class Meta:
        verbose_name = "identité du réseau"
        verbose_name_plural = "identités du réseau"

    def __str__(self) -> str:
        return "identité du réseau"

    @property
    def publisher(self) -> str:
        return self.publisher_name or self.name
