"""What a collectivité says it needs on a theme, what it was answered, and everything that happened to it."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from commun.common.fields import NameField
from commun.cooperation.lives import NEED
from commun.cooperation.types import NeedAct, NeedEnd, NeedState
from commun.library.types import Stage


def new_reference() -> str:
    """Opaque: it is part of links, and says nothing of how many there are."""
    return secrets.token_hex(8)


class Need(models.Model):
    """One need, from the day it was accepted to the day it is closed.

    Personal data: name, address and account of whoever stated it, to answer her and ask for news (public task). Blanked
    on erasure, or three years after the need was closed; the need itself is the collectivité's and stays.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    state = models.CharField("état", max_length=9, choices=NEED.choices, default=NeedState.NEW)
    theme = models.ForeignKey(
        "library.ThemePage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thématique"
    )
    title = NameField("besoin", max_length=200)
    text = models.TextField("situation", blank=True)
    stage = models.CharField("étape", max_length=9, choices=Stage, blank=True)
    constraints = models.TextField("contraintes", blank=True)

    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="collectivité"
    )
    organisation_name = NameField("structure (saisie libre)", max_length=160, blank=True)
    in_its_name = models.BooleanField("au nom de la collectivité", default=False, help_text="Prouvé par un mandat.")
    # Said by whoever stated it: its title and its collectivité may be read by all, in the letter (« Ils cherchent »)
    # and on the collectivité's page.
    is_shown = models.BooleanField("peut être montré à d’autres", default=False)
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="territoire"
    )

    name = NameField("nom", max_length=120, blank=True)
    address = models.EmailField("adresse", max_length=254, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # Where her answers by mail come in; the room that received the need made it, and hands on what comes.
    answer_to = models.CharField(max_length=254, blank=True)

    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    stated_at = models.DateTimeField("exprimé le", db_index=True)
    moved_at = models.DateTimeField("dernier mouvement")
    answered_at = models.DateTimeField("répondu le", null=True, blank=True, help_text="La première fois.")
    closed_at = models.DateTimeField("clos le", null=True, blank=True)
    end = models.CharField("issue", max_length=9, choices=NeedEnd, blank=True)
    # How many times news were asked since the last answer, and when they are next; None: never again.
    reminders = models.PositiveSmallIntegerField("rappels", default=0)
    remind_at = models.DateTimeField("prochain rappel", null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "besoin"
        verbose_name_plural = "besoins"
        ordering = ("-stated_at", "-pk")
        permissions = [("answer_needs", "Peut lire les besoins et y répondre")]
        indexes = [
            models.Index(fields=["state", "stated_at"], name="cooperation_needs_by_age"),
            models.Index(
                fields=["remind_at"], name="cooperation_needs_reminders", condition=Q(remind_at__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=NEED.known(), name="cooperation_need_state_known"),
            models.CheckConstraint(
                condition=Q(state=NeedState.CLOSED, closed_at__isnull=False) & ~Q(end="")
                | ~Q(state=NeedState.CLOSED) & Q(closed_at__isnull=True, end=""),
                name="cooperation_need_closed_says_when_and_why",
            ),
            # Asking for news makes sense only of what was answered.
            models.CheckConstraint(
                condition=Q(remind_at__isnull=True) | Q(state=NeedState.ANSWERED),
                name="cooperation_need_reminded_once_answered",
            ),
            # In the name of a collectivité only where one is named: a mandate is checked by the service.
            models.CheckConstraint(
                condition=Q(in_its_name=False) | Q(organisation__isnull=False),
                name="cooperation_need_in_the_name_of_somebody",
            ),
            # The letter names collectivités, never a person.
            models.CheckConstraint(
                condition=Q(is_shown=False) | Q(in_its_name=True), name="cooperation_need_shown_in_its_name"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state != NeedState.CLOSED

    @property
    def who(self) -> str:
        """The collectivité, or the structure as it was typed; never a person."""
        return self.organisation.label if self.organisation is not None else self.organisation_name


class NeedAnswer(models.Model):
    """One message about a need: words of the team, or what the collectivité added.

    Personal data: what was written, and by whom of the team, to hold the conversation; what the person wrote is blanked
    with her need.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="answers")
    text = models.TextField(blank=True)
    from_team = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "réponse à un besoin"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:60]


class NeedAttachment(models.Model):
    """A page joined to an answer, with the reasons that were given for it. Its title outlives it.

    Personal data: none.
    """

    answer = models.ForeignKey(NeedAnswer, models.CASCADE, related_name="attachments")
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+")
    title = NameField(max_length=255)
    url = models.CharField(max_length=500)
    reasons = models.JSONField(default=list, blank=True, help_text="Sentences, as the reader sees them.")

    class Meta:
        verbose_name = "ressource jointe"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["answer", "page"], name="cooperation_attachment_once"),
        ]

    def __str__(self) -> str:
        return self.title


class NeedEvent(models.Model):
    """One thing that happened to a need, for ever.

    Personal data: who of the team acted, to answer for it; the account behind it is blanked on erasure.
    """

    need = models.ForeignKey(Need, models.CASCADE, related_name="events")
    act = models.CharField(max_length=9, choices=NeedAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    before = models.CharField(max_length=9, choices=NeedState, blank=True)
    after = models.CharField(max_length=9, choices=NeedState, blank=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "événement d’un besoin"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.get_act_display()
