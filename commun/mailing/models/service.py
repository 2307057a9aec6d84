"""Mail that a person is waiting for: codes, acknowledgements, confirmations."""

from __future__ import annotations

from django.db import models

from commun.mailing.lives import DELIVERY
from commun.mailing.models.deliveries import LedgerRow


class ServiceMail(LedgerRow):
    """A queued message to one person. Ignores unsubscription, respects dead addresses.

    Personal data: e-mail address and the message, to deliver it; both are blanked seven days after its fate is known.
    """

    sender = models.CharField("expéditeur", max_length=254, blank=True)
    raw = models.BinaryField("octets finis")
    eight_bit = models.BooleanField(default=False)
    created_at = models.DateTimeField("demandé le")
    expires_at = models.DateTimeField("inutile après")
    blanked_at = models.DateTimeField("vidé le", null=True, blank=True)

    class Meta:
        verbose_name = "message de service"
        verbose_name_plural = "messages de service"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(condition=DELIVERY.known(), name="mailing_servicemail_state_known"),
            models.CheckConstraint(
                condition=(models.Q(state__in=["claimed", "attempting"], lease__isnull=False))
                | models.Q(state__in=["accepted", "refused", "uncertain", "excluded"])
                | models.Q(state__in=["pending", "deferred"], lease__isnull=True),
                name="mailing_servicemail_held_by_a_lease",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="mailing_servicemail_claimable", condition=models.Q(state="pending")),
            models.Index(
                fields=["not_before"], name="mailing_servicemail_deferred", condition=models.Q(state="deferred")
            ),
            models.Index(
                fields=["lease"],
                name="mailing_servicemail_leased",
                condition=models.Q(state__in=["claimed", "attempting"]),
            ),
            models.Index(fields=["blanked_at", "settled_at"], name="mailing_servicemail_blank"),
        ]
