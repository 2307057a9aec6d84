"""Where we stand together: a round of answers without a name, and its spread."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from commun.peers.lives import ROUND
from commun.peers.models.introductions import new_reference
from commun.peers.types import RoundState


class Round(models.Model):
    """One questionnaire, of a collectivité or of a project, from its opening to its result.

    Personal data: the account of whoever opened it, who alone may erase it (public task); blanked on erasure, passed on
    when she leaves. Whoever answers is known to nobody. The result is deleted two years after it closed.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    state = models.CharField("état", max_length=6, choices=ROUND.choices, default=RoundState.OPEN)
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="collectivité"
    )
    project = models.ForeignKey(
        "cooperation.SharedProject", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="projet"
    )
    # Whose it is: the body the organisation is today, or the project.
    body = models.CharField(max_length=24)
    opener = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    links = models.PositiveSmallIntegerField("liens donnés")
    opened_at = models.DateTimeField("ouvert le")
    closes_at = models.DateTimeField("clos le")
    closed_at = models.DateTimeField(null=True, blank=True)
    # A result was told; it stays said once the result itself is erased, so that erasing does not open the door to two
    # results whose difference tells.
    told = models.BooleanField(default=False)
    # Statement → answer → people. Computed once; empty where fewer than five answered, and while it is open.
    result = models.JSONField("résultat", default=dict, blank=True)

    class Meta:
        verbose_name = "questionnaire"
        verbose_name_plural = "questionnaires"
        ordering = ("-opened_at", "-pk")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=ROUND.known(), name="peers_round_state_known"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, project__isnull=True)
                | Q(organisation__isnull=True, project__isnull=False),
                name="peers_round_of_one",
            ),
            models.UniqueConstraint(fields=["body"], condition=Q(state=RoundState.OPEN), name="peers_round_one_open"),
            # What was not told is nowhere, and nothing is told before the end.
            models.CheckConstraint(
                condition=Q(result={}) | Q(state=RoundState.CLOSED, told=True), name="peers_round_result_once_closed"
            ),
        ]

    def __str__(self) -> str:
        return f"questionnaire {self.pk}"

    @property
    def label(self) -> str:
        """Whose it is, in words."""
        if self.project is not None:
            return str(self.project.title)
        return self.organisation.label if self.organisation is not None else ""


class RoundLinks(models.Model):
    """Which links of an open round served: a set, in the order of its marks. No time, no order, no answer.

    Personal data: none (a keyed mark of a link that bears no name); deleted when the round closes.
    """

    round = models.OneToOneField(Round, models.CASCADE, primary_key=True, related_name="+")
    used = models.JSONField(default=list)

    class Meta:
        verbose_name = "liens utilisés"
        default_permissions = ()

    def __str__(self) -> str:
        return f"liens du questionnaire {self.pk}"


class RoundTally(models.Model):
    """What the answers of an open round add up to, statement by statement: no sheet is kept, so nothing says which
    answers are of one person.

    Personal data: none (sums); deleted when the round closes.
    """

    round = models.OneToOneField(Round, models.CASCADE, primary_key=True, related_name="+")
    counts = models.JSONField(default=dict)

    class Meta:
        verbose_name = "sommes"
        default_permissions = ()

    def __str__(self) -> str:
        return f"sommes du questionnaire {self.pk}"
