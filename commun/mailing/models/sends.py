"""A sealed message and its sending to an audience."""

from __future__ import annotations

from django.db import models

from commun.common.sealed import Sealed
from commun.mailing.lives import SEND
from commun.mailing.types import HANDED_OVER, SendState


class Message(Sealed):
    """Finished bytes with placeholders: what was approved is what leaves. The hash covers every byte.

    Personal data: none.
    """

    subject = models.CharField("objet", max_length=250)
    preheader = models.CharField("texte d’aperçu", max_length=250, blank=True)
    html = models.TextField("HTML")
    text = models.TextField("texte")
    headers = models.JSONField("en-têtes", default=dict)
    raw = models.BinaryField("octets finis")
    hash = models.CharField("empreinte", max_length=64, db_index=True)
    sealed_at = models.DateTimeField("scellé le")

    class Meta:
        verbose_name = "message scellé"
        verbose_name_plural = "messages scellés"

    def __str__(self) -> str:
        return self.subject


class Send(models.Model):
    """One message to one audience.

    Personal data: who asked for it (account), to answer for what was sent; kept as long as the ledger.
    """

    kind = models.CharField("nature", max_length=32)
    slug = models.CharField("nom", max_length=150, blank=True)
    message = models.ForeignKey(Message, models.PROTECT, related_name="sends", verbose_name="message")
    state = models.CharField(
        "état",
        max_length=10,
        choices=SEND.choices,
        default=SendState.SCHEDULED,
    )
    state_reason = models.CharField("raison de l’état", max_length=64, blank=True)
    # Why nothing leaves although the state is « sending »: no relay set, none answers. Cleared when mail flows.
    waiting_for = models.CharField("attend", max_length=64, blank=True)
    # A name that a room above registered, and what it is told: JSON that this room does not read.
    audience = models.CharField("destinataires", max_length=32, default=HANDED_OVER)
    audience_words = models.JSONField("choix des destinataires", default=dict, blank=True)
    idempotency_key = models.CharField("clé d’unicité", max_length=100)
    scheduled_at = models.DateTimeField("programmé le")
    created_at = models.DateTimeField("créé le")
    confirmed_at = models.DateTimeField("confirmé le")  # a person last said « yes, now »
    started_at = models.DateTimeField("commencé le", null=True, blank=True)
    finished_at = models.DateTimeField("terminé le", null=True, blank=True)
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    # How far the audience is written down: position of the last one, as the audience counts.
    # `total` is None until it is whole.
    freeze_cursor = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField("nombre de destinataires", null=True, blank=True)
    completion_told_at = models.DateTimeField(null=True, blank=True)
    # The invariant, when it was last looked at; « counted / frozen » where they differ.
    ledger_checked_at = models.DateTimeField("registre contrôlé le", null=True, blank=True)
    ledger_fault = models.CharField("défaut du registre", max_length=50, blank=True)

    class Meta:
        verbose_name = "envoi"
        verbose_name_plural = "envois"
        ordering = ("-pk",)
        permissions = [
            ("control_send", "Peut mettre en pause, reprendre ou annuler un envoi"),
            ("operate_mail", "Peut décider des envois incertains, des adresses écartées et du rythme"),
        ]
        constraints = [
            # A double click on « send » is one send.
            models.UniqueConstraint(fields=["idempotency_key"], name="mailing_send_once_per_key"),
            models.CheckConstraint(condition=SEND.known(), name="mailing_send_state_known"),
            models.CheckConstraint(
                condition=~models.Q(state="finished") | models.Q(total__isnull=False),
                name="mailing_send_finished_is_frozen",
            ),
        ]
        indexes = [models.Index(fields=["state", "scheduled_at"], name="mailing_send_due")]

    def __str__(self) -> str:
        return self.slug or f"envoi {self.pk}"
