"""What proves a mandate: official addresses, codes, requests that the moderation checks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from commun.common.fields import NameField
from commun.territories.models.mandates import Membership
from commun.territories.models.organisations import Organisation
from commun.territories.models.register import Territory
from commun.territories.types import GUESSES, MandateLevel, RequestKind


class OfficialAddress(models.Model):
    """The e-mail address that the State's directory gives for a place, with its source and date.

    Personal data: usually none (a town hall's mailbox); where it bears somebody's name, that name. To send codes to the
    collectivité itself (public task). Kept until the next file replaces it, or the team removes it.
    """

    territory = models.OneToOneField(
        Territory, models.PROTECT, related_name="official_address", verbose_name="territoire"
    )
    email = models.EmailField("adresse officielle", max_length=254)
    domain = models.CharField("nom de domaine", max_length=253, editable=False, db_index=True)
    source = models.CharField("source", max_length=200)
    dated = models.DateField("date de la source")
    bounced_at = models.DateTimeField("revenue le", null=True, blank=True)

    class Meta:
        verbose_name = "adresse officielle"
        verbose_name_plural = "adresses officielles"
        indexes = [models.Index(fields=["email"], name="territories_official_email")]
        constraints = [
            models.CheckConstraint(condition=~Q(domain=""), name="territories_officialaddress_domain"),
        ]

    def __str__(self) -> str:
        return f"adresse officielle {self.pk}"


class MandateCode(models.Model):
    """A code of two words sent to the official address, for one membership. Only its keyed hash is kept.

    Personal data: which membership asked, when, how many wrong guesses; to refuse guessing (legitimate interest).
    Deleted after thirty days.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="codes")
    # Whose mailbox it went to: the limit on what a town hall receives is counted here.
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    wrong = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "code de mandat"
        default_permissions = ()
        constraints = [
            # Guesses made at the same time are counted one by one.
            models.CheckConstraint(condition=Q(wrong__lte=GUESSES), name="territories_mandatecode_guesses"),
        ]

    def __str__(self) -> str:
        return f"code {self.pk}"


class MandateRequest(models.Model):
    """A proof that a person of the moderation looks at: a check to make, or a signed letter.

    Personal data: how to reach her or whom to call, as she words it; what was checked, by whom. To check the mandate
    (public task). Words and file are erased thirty days after the decision, or on erasure.
    """

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="requests", verbose_name="mandat")
    kind = models.CharField("demande", max_length=8, choices=RequestKind)
    message = models.TextField("précisions", max_length=1000, blank=True)
    asked_at = models.DateTimeField("demandée le")
    decided_at = models.DateTimeField("décidée le", null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    accepted = models.BooleanField("acceptée", null=True, blank=True)
    evidence = models.CharField("ce qui a été vérifié", max_length=500, blank=True)
    before = models.JSONField("mandat avant la décision", null=True, blank=True)
    forgotten_at = models.DateTimeField("pièces effacées le", null=True, blank=True)

    wagtail_reference_index_ignore: ClassVar[bool] = True

    class Meta:
        verbose_name = "demande de vérification"
        verbose_name_plural = "demandes de vérification"
        ordering = ("asked_at", "pk")
        default_permissions = ()
        constraints = [
            # One question at a time: the checklist must not show it twice.
            models.UniqueConstraint(
                fields=["membership"], condition=Q(decided_at=None), name="territories_mandaterequest_open_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, accepted=None) | Q(decided_at__isnull=False, accepted__isnull=False),
                name="territories_mandaterequest_decided",
            ),
            # Whoever accepts says what was checked.
            models.CheckConstraint(
                condition=~Q(accepted=True) | ~Q(evidence="") | Q(forgotten_at__isnull=False),
                name="territories_mandaterequest_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"demande {self.pk}"

    @property
    def level(self) -> MandateLevel:
        return MandateLevel.M3 if self.kind == RequestKind.LETTER else MandateLevel.M2


class MandateDocument(models.Model):
    """The signed letter or délibération joined to a request. In the database: no address of the site leads to it but
    the moderation's.

    Personal data: the letter, its signature. To check the mandate (public task). Erased thirty days after the decision,
    or on erasure; its hash stays.
    """

    request = models.OneToOneField(MandateRequest, models.CASCADE, related_name="document")
    name = NameField(max_length=120)
    mime = models.CharField(max_length=40)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = "pièce d’une demande"
        default_permissions = ()

    def __str__(self) -> str:
        return f"pièce {self.pk}"
