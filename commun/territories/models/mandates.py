"""Who acts for a collectivité, how sure we are of it, and what was decided about it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from commun.common.fields import NameField
from commun.territories.lives import MANDATE
from commun.territories.models.organisations import Organisation
from commun.territories.querysets import MembershipQuerySet
from commun.territories.types import MandateEventKind, MandateLevel, MandateMethod, MembershipEnd, MembershipState


class Membership(models.Model):
    """A person and the organisation she says she acts for; what proves it is its mandate.

    `level` is what was proved. It is held only while the membership is live: `held_level(at=…)` and
    `objects.live(at=…, level=…)` say what it is worth at an instant. Other rooms keep the user and the organisation,
    never a foreign key to this row.

    Personal data: the account, the job as she words it, dates of proof, who checked. To know who may speak and vote
    for a collectivité (public task). Kept while it lasts, three years after its end; the job is blanked on erasure.
    """

    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="memberships", verbose_name="personne")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name="collectivité"
    )
    state = models.CharField("état", max_length=10, choices=MANDATE.choices, default=MembershipState.ACTIVE)
    role = NameField("fonction", max_length=120, blank=True)
    level = models.PositiveSmallIntegerField("niveau", choices=MandateLevel, default=MandateLevel.M0)
    method = models.CharField("preuve", max_length=16, choices=MandateMethod, default=MandateMethod.DECLARED)
    is_referent = models.BooleanField("référent·e", default=False)
    declared_at = models.DateTimeField("déclarée le")
    verified_at = models.DateTimeField("prouvée le", null=True, blank=True)
    verified_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="vérifiée par"
    )
    expires_at = models.DateTimeField("expire le", null=True, blank=True, db_index=True)
    reminded_at = models.DateTimeField("rappel d’expiration envoyé le", null=True, blank=True)
    approval_asked_at = models.DateTimeField("accord demandé le", null=True, blank=True)
    suspended_at = models.DateTimeField("suspendue le", null=True, blank=True)
    ended_at = models.DateTimeField("terminée le", null=True, blank=True)
    end = models.CharField("motif de fin", max_length=10, choices=MembershipEnd, blank=True)
    successor = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="relais"
    )

    objects = MembershipQuerySet.as_manager()
    wagtail_reference_index_ignore: ClassVar[bool] = True  # « used by » pages must not list people

    class Meta:
        verbose_name = "mandat"
        verbose_name_plural = "mandats"
        ordering = ("pk",)
        permissions = [("check_mandate", "Peut vérifier les mandats")]
        constraints = [
            models.CheckConstraint(condition=MANDATE.known(), name="territories_membership_state_known"),
            # Two rows for one person would be two answers to "may she vote".
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ended_at=None),
                name="territories_membership_open_once",
            ),
            # One person approves the others: two would decide against each other.
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(is_referent=True), name="territories_membership_one_referent"
            ),
            models.CheckConstraint(
                condition=Q(is_referent=False) | (Q(level__gte=1, ended_at=None) & ~Q(state=MembershipState.PENDING)),
                name="territories_membership_referent_is_verified",
            ),
            models.CheckConstraint(
                condition=Q(level=0, verified_at=None, expires_at=None)
                | Q(level__gte=1, level__lte=3, verified_at__isnull=False, expires_at__isnull=False),
                name="territories_membership_proof_is_dated",
            ),
            models.CheckConstraint(
                condition=(Q(state=MembershipState.ENDED) & ~Q(end="") & Q(ended_at__isnull=False))
                | (~Q(state=MembershipState.ENDED) & Q(end="", ended_at=None)),
                name="territories_membership_end_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state=MembershipState.PENDING) | Q(level__gte=1, approval_asked_at__isnull=False),
                name="territories_membership_pending_since",
            ),
            models.CheckConstraint(
                condition=~Q(state=MembershipState.SUSPENDED) | Q(suspended_at__isnull=False),
                name="territories_membership_suspended_since",
            ),
        ]

    def __str__(self) -> str:
        return f"mandat {self.pk}"

    def held_level(self, *, at: datetime) -> MandateLevel:
        """What this membership is worth now: M0 while it waits, is suspended or has expired."""
        live = self.state == MembershipState.ACTIVE and self.expires_at is not None and at < self.expires_at
        return MandateLevel(self.level) if live else MandateLevel.M0


class MandateEvent(models.Model):
    """What happened to a membership: append-only, read by the moderation.

    Personal data: who did it, and a note of the moderation without anybody's address. To answer for what was decided
    (legitimate interest). Goes with its membership; the note is blanked on erasure.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="events")
    kind = models.CharField(max_length=16, choices=MandateEventKind)
    level = models.PositiveSmallIntegerField(choices=MandateLevel, default=MandateLevel.M0)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "événement d’un mandat"
        ordering = ("pk",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
