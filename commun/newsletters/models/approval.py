"""What was frozen, who agreed to it, what was corrected since."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Submission(models.Model):
    """An issue frozen: its content as values, its sealed message, its images. At most one stands per issue.

    Personal data: who submitted and who withdrew (accounts), to answer for what was sent; kept with the issue.
    """

    issue = models.ForeignKey(
        "newsletters.IssuePage", models.PROTECT, related_name="submissions", verbose_name="numéro"
    )
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, related_name="+", verbose_name="version")
    # Autosave writes over a revision: its id alone does not prove that nothing changed.
    revision_hash = models.CharField("empreinte de la version", max_length=64)
    content = models.JSONField("contenu figé")
    content_hash = models.CharField("empreinte du contenu", max_length=64)
    message = models.ForeignKey("mailing.Message", models.PROTECT, related_name="+", verbose_name="message")
    images = models.JSONField("images conservées", default=list)
    # Those of them that have an AVIF beside, for the web edition alone; none: nobody has looked yet.
    lighter = models.JSONField("images allégées", null=True)
    # What the checks said on that day, as JSON of `Finding`.
    report = models.JSONField("vérifications", default=list)
    submitted_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="soumis par"
    )
    submitted_at = models.DateTimeField("soumis le")
    withdrawn_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="retiré par"
    )
    withdrawn_at = models.DateTimeField("retiré le", null=True, blank=True)
    published_at = models.DateTimeField("mis en ligne le", null=True, blank=True)
    send = models.ForeignKey(
        "mailing.Send", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="envoi"
    )

    class Meta:
        verbose_name = "soumission"
        verbose_name_plural = "soumissions"
        ordering = ("-pk",)
        permissions = [
            ("submit_issue", "Peut soumettre un numéro de la lettre"),
            ("approve_issue", "Peut approuver un numéro de la lettre"),
            ("send_issue", "Peut envoyer un numéro de la lettre et conduire l’envoi"),
        ]
        constraints = [
            # « What is approved » must be one thing.
            models.UniqueConstraint(
                fields=["issue"], condition=Q(withdrawn_at__isnull=True), name="newsletters_submission_current_once"
            ),
            # Nothing goes on line but by a send, which asked for the approvals.
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(send__isnull=False),
                name="newsletters_submission_published_by_a_send",
            ),
            models.UniqueConstraint(
                fields=["send"], condition=Q(send__isnull=False), name="newsletters_submission_send_once"
            ),
        ]

    def __str__(self) -> str:
        return f"soumission {self.pk}"


class Approval(models.Model):
    """A second person's agreement, sealed to the hash of what leaves.

    Personal data: who approved (account), to answer for what was sent; kept with the issue.
    """

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="approvals", verbose_name="soumission")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="approuvé par")
    at = models.DateTimeField("approuvé le")
    message_hash = models.CharField("empreinte du message", max_length=64)

    class Meta:
        verbose_name = "approbation"
        verbose_name_plural = "approbations"
        ordering = ("pk",)
        constraints = [
            # Two clicks of one person are one agreement.
            models.UniqueConstraint(fields=["submission", "by"], name="newsletters_approval_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"approbation {self.pk}"


class Correction(models.Model):
    """A passage of the web edition put right after the send; said on the page. The e-mail stays as it left.

    Personal data: who corrected (account), to answer for it; kept with the issue.
    """

    issue = models.ForeignKey(
        "newsletters.IssuePage", models.PROTECT, related_name="corrections", verbose_name="numéro"
    )
    wrong = models.CharField("passage erroné", max_length=500)
    right = models.CharField("passage corrigé", max_length=500)
    reason = models.CharField("raison", max_length=250, blank=True)
    at = models.DateTimeField("corrigé le")
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="corrigé par")

    class Meta:
        verbose_name = "correction"
        verbose_name_plural = "corrections"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(wrong=""), name="newsletters_correction_of_something"),
        ]

    def __str__(self) -> str:
        return f"correction {self.pk}"
