"""« Nous voulons le faire »: what a page of the library made a collectivité begin, and how it goes."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from commun.common.fields import NameField
from commun.cooperation.lives import START
from commun.cooperation.models.needs import new_reference
from commun.cooperation.types import UNDER_WAY, StartState


class Start(models.Model):
    """What one collectivité begins after one page. It is shown once a mandate proves who said so.

    Personal data: the account of the member who follows it, to ask her how it goes (public task); blanked on erasure or
    three years after its last move, passed on when she leaves; the start is the collectivité's and stays.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    state = models.CharField("état", max_length=8, choices=START.choices, default=StartState.WISH)
    inspired_by = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="inspirée par"
    )
    inspired_title = NameField("inspirée par (titre)", max_length=255)
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, related_name="+")
    # The place of the register it is: a collectivité under two names begins once.
    place_key = models.CharField(max_length=22)
    purpose = models.TextField("ce que nous voulons faire", max_length=1000, blank=True)
    begun_on = models.DateField("commencé le", null=True, blank=True)
    is_public = models.BooleanField("visible de tout le monde", default=True)
    is_proved = models.BooleanField("mandat vérifié", default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    started_at = models.DateTimeField("dit le")
    moved_at = models.DateTimeField("dernier mouvement")
    # How many times it was asked how it goes, when last, and when next; None: never again.
    asked = models.PositiveSmallIntegerField("demandes", default=0)
    asked_at = models.DateTimeField("demandé le", null=True, blank=True)
    ask_at = models.DateTimeField("prochaine demande", null=True, blank=True)
    # The experience that came of it: a descendant of what inspired it.
    gave = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="récit"
    )
    forgotten_at = models.DateTimeField(null=True, blank=True)
    is_quiet = models.BooleanField("plus de question", default=False)

    class Meta:
        verbose_name = "démarche"
        verbose_name_plural = "démarches"
        ordering = ("-started_at", "-pk")
        indexes = [
            models.Index(fields=["ask_at"], name="cooperation_starts_to_ask", condition=Q(ask_at__isnull=False)),
            models.Index(fields=["inspired_by", "state"], name="cooperation_starts_by_page"),
        ]
        constraints = [
            models.CheckConstraint(condition=START.known(), name="cooperation_start_state_known"),
            # A double click begins once, and so does a second member of the same town hall. What nobody has proved yet
            # is each one's own: it keeps no other from saying it.
            models.UniqueConstraint(
                fields=["inspired_by", "place_key"],
                condition=Q(inspired_by__isnull=False, is_proved=True),
                name="cooperation_start_once_per_place_proved",
            ),
            models.UniqueConstraint(
                fields=["inspired_by", "place_key", "user"],
                condition=Q(inspired_by__isnull=False, is_proved=False),
                name="cooperation_start_once_per_person",
            ),
            models.CheckConstraint(
                condition=Q(ask_at__isnull=True) | Q(state__in=[state.value for state in UNDER_WAY]),
                name="cooperation_start_asked_while_under_way",
            ),
        ]

    @property
    def is_awaited(self) -> bool:
        """It was asked how it goes, and nobody has said since, nor asked for silence."""
        asked = self.asked_at is not None and self.moved_at < self.asked_at
        return asked and not self.is_quiet and self.state in UNDER_WAY

    def __str__(self) -> str:
        return f"{self.organisation} : {self.inspired_title}"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class StartEvent(models.Model):
    """One word on how it goes, for ever.

    Personal data: who said it (account), to answer for it; blanked on erasure.
    """

    start = models.ForeignKey(Start, models.CASCADE, related_name="events")
    state = models.CharField("état", max_length=8, choices=StartState)
    words = models.TextField("en quelques mots", max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = "nouvelle d’une démarche"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.get_state_display()
