"""What is being filled in on the site, kept between two steps and between two days."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from commun.common.storage import private_storage, unguessable
from commun.contributions.models.contributions import Contribution
from commun.contributions.types import Kind


def new_key() -> str:
    return secrets.token_urlsafe(24)


class FormDraft(models.Model):
    """A form under way, behind a signed link: no cookie holds it.

    Personal data: what is being typed (name, address, text), so that nothing is lost between two steps; 30 days after
    it was last touched, or at once when it has become a contribution.
    """

    key = models.CharField(max_length=40, unique=True, default=new_key, editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    # step → what its form posted, as it was typed
    data = models.JSONField(default=dict, blank=True)
    address = models.EmailField(max_length=254, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)
    given_at = models.DateTimeField(null=True, blank=True, help_text="Waits for its address to be confirmed.")
    contribution = models.OneToOneField(Contribution, models.CASCADE, null=True, blank=True, related_name="draft")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(contribution__isnull=True) | Q(given_at__isnull=False),
                name="contributions_draft_given_before_received",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.pk})"


class DraftFile(models.Model):
    """A file of a form under way, already checked and re-encoded.

    Personal data: whatever the file holds; deleted with its form, or handed to the contribution.
    """

    draft = models.ForeignKey(FormDraft, models.CASCADE, related_name="files")
    name = models.CharField(max_length=160)
    file = models.FileField(storage=private_storage, upload_to=unguessable, max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    alt_text = models.CharField(max_length=255, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.name

    @property
    def described_by(self) -> str:
        """Name of the field of the form where its text alternative is written."""
        return f"description_{self.pk}"
