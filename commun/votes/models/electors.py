"""Who may vote."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from commun.votes.models.votes import Vote
from commun.votes.querysets import ElectorQuerySet


class Elector(models.Model):
    """One elector of one vote, as the list stood at opening: a ballot each, whatever its size.

    Personal data: none (institutions; who acted for it stands with the ballot).
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="electors", verbose_name="vote")
    key = models.CharField("identifiant au registre", max_length=40)
    kind = models.CharField("type", max_length=14)
    label = models.CharField("nom", max_length=300)
    departement = models.CharField("code du département", max_length=9, blank=True)
    region = models.CharField("région", max_length=120, blank=True)
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="organisation"
    )
    struck_off_at = models.DateTimeField("radié le", null=True, blank=True)
    struck_off_reason = models.CharField("motif de la radiation", max_length=300, blank=True)
    # Number of its ballot that counts so far: turnout without reading a ballot.
    last_number = models.PositiveIntegerField("dernier bulletin", null=True, blank=True)

    objects = ElectorQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # « used by » pages must not list who voted

    class Meta:
        verbose_name = "électeur"
        verbose_name_plural = "électeurs"
        # Inserted by increasing key in the order of code points, which a database's own order is not.
        ordering = ("pk",)
        constraints = [
            # One collectivité, one ballot.
            models.UniqueConstraint(fields=["vote", "key"], name="votes_elector_key_once"),
            models.UniqueConstraint(
                fields=["vote", "organisation"],
                condition=Q(organisation__isnull=False),
                name="votes_elector_organisation_once",
            ),
            models.CheckConstraint(
                condition=Q(struck_off_at=None, struck_off_reason="")
                | (Q(struck_off_at__isnull=False) & ~Q(struck_off_reason="")),
                name="votes_elector_struck_off_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["vote", "label"], name="votes_elector_by_label")]

    def __str__(self) -> str:
        return self.label


class Voice(models.Model):
    """Which elector a body speaks for in a vote, from the first ballot it casts. It keeps to that, whatever is moved,
    merged or renamed since; the body attached to an elector at opening needs none.

    Personal data: none (institutions).
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="+", verbose_name="vote")
    elector = models.ForeignKey(Elector, models.PROTECT, related_name="voices", verbose_name="électeur")
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, related_name="+", verbose_name="organisation"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "voix"
        verbose_name_plural = "voix"
        default_permissions = ()
        constraints = [
            # One body, one elector.
            models.UniqueConstraint(fields=["vote", "organisation"], name="votes_voice_one_elector_per_body"),
        ]

    def __str__(self) -> str:
        return f"voix {self.pk}"
