"""Two collectivités put in touch, both having agreed; and who wants to be left alone."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commun.common.fields import NameField
from commun.peers.lives import INTRODUCTION
from commun.peers.types import WAITING, Helped, IntroductionState, Subject


def new_reference() -> str:
    """Opaque: it is part of links, and says nothing of how many there are."""
    return secrets.token_hex(8)


class Introduction(models.Model):
    """One collectivité asks to meet another. Whoever is asked is written down nowhere: her link names her.

    Personal data: the account of whoever asked and her words, the account of whoever answered, to put them in touch and
    ask once whether it helped (public task). One that came to nothing is deleted a year after; of an accepted one,
    accounts and words are blanked after three years, or on erasure; the link between the two collectivités stays.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    state = models.CharField("état", max_length=13, choices=INTRODUCTION.choices, default=IntroductionState.ASKED)
    asking = models.ForeignKey("territories.Organisation", models.PROTECT, related_name="+", verbose_name="demande")
    asked = models.ForeignKey("territories.Organisation", models.PROTECT, related_name="+", verbose_name="sollicitée")
    # The bodies they were: a collectivité under two names is one.
    asking_body = models.CharField(max_length=24)
    asked_body = models.CharField(max_length=24)

    subject = models.CharField("à propos de", max_length=10, choices=Subject, default=Subject.OTHER)
    # A copy: a need may be taken back by whoever stated it, a page may go.
    about = NameField("sujet", max_length=255, blank=True)
    need_reference = models.CharField(max_length=16, blank=True)
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.TextField("pourquoi", max_length=1000, blank=True)
    hope = models.TextField("ce qu’elle en espère", max_length=600, blank=True)
    availability = models.CharField("disponibilités", max_length=300, blank=True)
    times = models.JSONField("moments proposés", default=list, blank=True, help_text="ISO 8601, UTC.")
    grounds = models.JSONField("ce qu’elles ont en commun", default=list, blank=True, help_text="Des phrases.")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField("demandée le")
    remind_at = models.DateTimeField("rappel", null=True, blank=True)
    until = models.DateTimeField("sans réponse, dit le")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # Of an accepted one alone: the day of a refusal would tell it from a silence.
    accepted_at = models.DateTimeField("acceptée le", null=True, blank=True)
    meeting_at = models.DateTimeField("rendez-vous", null=True, blank=True)
    ended_at = models.DateTimeField("close le", null=True, blank=True)

    # A month after, both are asked once whether it helped.
    follow_at = models.DateTimeField(null=True, blank=True)
    helped_asking = models.CharField(max_length=8, choices=Helped, blank=True)
    helped_asked = models.CharField(max_length=8, choices=Helped, blank=True)
    # Drawn for others only where both ticked it.
    shown_by_asking = models.BooleanField(default=False)
    shown_by_asked = models.BooleanField(default=False)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "mise en relation"
        verbose_name_plural = "mises en relation"
        ordering = ("-asked_at", "-pk")
        permissions = [("follow_introductions", "Peut voir les mises en relation qui attendent et leurs nombres")]
        indexes = [
            models.Index(fields=["asked_body", "asked_at"], name="peers_introductions_put"),
            models.Index(fields=["asking_body", "asked_at"], name="peers_introductions_asked"),
            models.Index(fields=["until"], name="peers_introductions_due", condition=Q(state__in=list(WAITING))),
            models.Index(fields=["follow_at"], name="peers_introductions_follow", condition=Q(follow_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(condition=INTRODUCTION.known(), name="peers_introduction_state_known"),
            # A double click asks once.
            models.UniqueConstraint(
                fields=["asking_body", "asked_body"],
                condition=Q(state__in=list(WAITING)),
                name="peers_introduction_once_at_a_time",
            ),
            models.CheckConstraint(condition=~Q(asking_body=F("asked_body")), name="peers_introduction_of_two"),
            models.CheckConstraint(
                condition=Q(state=IntroductionState.ACCEPTED, accepted_at__isnull=False)
                | ~Q(state=IntroductionState.ACCEPTED) & Q(accepted_at__isnull=True),
                name="peers_introduction_accepted_says_when",
            ),
            # Once told, a refusal leaves nothing that a silence does not.
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(state__in=[IntroductionState.DECLINED, IntroductionState.ACCEPTED]),
                name="peers_introduction_refusal_forgotten",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asking} → {self.asked}"

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def told_state(self) -> str:
        """As whoever asked may know it, and the team."""
        state = IntroductionState.ASKED if self.is_waiting else IntroductionState(self.state)
        return str(state.label)

    @property
    def is_shown(self) -> bool:
        """Whether others may see who met whom."""
        return self.shown_by_asking and self.shown_by_asked


class Quiet(models.Model):
    """A member who does not want to be asked for introductions.

    Personal data: the account of whoever said so, to respect it (legitimate interest); deleted when she changes her
    mind, or on erasure.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name = "ne pas être sollicitée"
        default_permissions = ()

    def __str__(self) -> str:
        return f"silence {self.pk}"
