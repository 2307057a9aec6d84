"""Every message this site accepted, from before it said so."""

from __future__ import annotations

from django.db import models

from commun.inbound.querysets import RawBodyManager
from commun.inbound.types import RawState, Transport

STATES = [
    (RawState.RECEIVED.value, "reçu"),
    (RawState.PROCESSING.value, "en cours"),
    (RawState.PROCESSED.value, "traité"),
    (RawState.QUARANTINED.value, "en quarantaine"),
]
TRANSPORTS = [
    (Transport.PIPE.value, "tube"),
    (Transport.LMTP.value, "LMTP"),
    (Transport.IMAP.value, "IMAP"),
    (Transport.WEBHOOK.value, "webhook"),
]


class RawMessage(models.Model):
    """One message for one recipient of ours, and what became of it.

    Personal data: envelope addresses and (in `RawBody`) the message itself, to handle what people send us; both are
    purged 30 days after handling, or when the person is erased; what stays says that something came, and when.
    """

    recipient = models.CharField("destinataire", max_length=320, blank=True)
    mail_from = models.CharField("expéditeur de l’enveloppe", max_length=320, blank=True)
    transport = models.CharField("moyen", max_length=8, choices=TRANSPORTS)
    received_at = models.DateTimeField("reçu le")
    size = models.PositiveIntegerField("octets")
    sha256 = models.CharField("empreinte", max_length=64)
    # The message without the marks of its journey, and its recipient: the same mail by two ways is one mail.
    fingerprint = models.CharField(max_length=64, unique=True)
    route = models.CharField("route", max_length=64, blank=True)
    state = models.CharField("état", max_length=12, choices=STATES, default=RawState.RECEIVED)
    attempts = models.PositiveSmallIntegerField("tentatives", default=0)
    retry_at = models.DateTimeField("pas avant")
    outcome = models.CharField("suite donnée", max_length=64, blank=True)
    error = models.CharField("erreur", max_length=200, blank=True)
    handled_at = models.DateTimeField("traité le", null=True, blank=True)
    purge_at = models.DateTimeField("à purger le", null=True, blank=True)
    purged_at = models.DateTimeField("purgé le", null=True, blank=True)

    class Meta:
        verbose_name = "message reçu"
        verbose_name_plural = "messages reçus"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in RawState]), name="inbound_rawmessage_state_known"
            ),
            # What is handled has a date after which it is forgotten.
            models.CheckConstraint(
                condition=~models.Q(state="processed")
                | models.Q(handled_at__isnull=False, purge_at__isnull=False)
                | models.Q(purged_at__isnull=False),
                name="inbound_rawmessage_processed_is_dated",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="quarantined") | ~models.Q(error=""),
                name="inbound_rawmessage_quarantine_says_why",
            ),
        ]
        indexes = [
            models.Index(
                fields=["retry_at"],
                name="inbound_raw_waiting",
                condition=models.Q(state__in=["received", "processing"]),
            ),
            models.Index(fields=["purge_at"], name="inbound_raw_purge", condition=models.Q(purged_at__isnull=True)),
            models.Index(fields=["mail_from"], name="inbound_raw_sender"),
        ]

    def __str__(self) -> str:
        return f"message reçu {self.pk}"


class RawBody(models.Model):
    """The bytes, compressed, apart from the row that changes.

    In the database and not in files: the row and its bytes are one commit (250 is said after it, and nothing else
    has to be made durable), one backup, one erasure, and workers on other machines read them. A message is at most
    30 MB and lives 30 days.

    Personal data: the whole message, as `RawMessage` says.
    """

    message = models.OneToOneField(RawMessage, models.CASCADE, primary_key=True, related_name="body")
    compressed = models.BinaryField("octets compressés")

    objects = RawBodyManager()

    class Meta:
        verbose_name = "contenu reçu"
        verbose_name_plural = "contenus reçus"

    def __str__(self) -> str:
        return f"contenu reçu {self.pk}"
