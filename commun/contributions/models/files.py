"""Files that are given, from the moment they come until a page carries a copy of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from commun.common.fields import NameField
from commun.common.storage import private_storage, unguessable
from commun.contributions.models.contributions import Contribution
from commun.contributions.models.drafts import FormDraft
from commun.contributions.refusals import REFUSED
from commun.contributions.types import FileState


class File(models.Model):
    """A file given with a form under way, or with a contribution; private until a page carries a copy of it.

    It waits, as it came and read by nobody, until a worker has examined it; then it is kept (pictures written again) or
    refused, with the reason. Giving the form hands its files to the contribution, whatever state they are in.

    Personal data: whatever the file holds (a photograph, a document), to publish it where she agreed; deleted with the
    form, or with its contribution's text.
    """

    draft = models.ForeignKey(FormDraft, models.CASCADE, null=True, blank=True, related_name="files")
    contribution = models.ForeignKey(Contribution, models.CASCADE, null=True, blank=True, related_name="files")
    state = models.CharField("état", max_length=8, choices=FileState, default=FileState.WAITING)
    name = NameField(max_length=160)
    file = models.FileField(storage=private_storage, upload_to=unguessable, max_length=200, blank=True)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    alt_text = models.CharField("ce que montre l’image", max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, help_text="Of the bytes that came: the same twice is one.")
    refused = models.CharField("refus", max_length=40, blank=True, help_text="Why it was not kept; stable word.")
    to_tell = models.BooleanField(default=False, help_text="Refused since whoever gave it was last written to.")

    came_at = models.DateTimeField(null=True, blank=True)

    # What examining it cost, of what its sending may cost; and whose turn it is.
    place = models.PositiveSmallIntegerField(default=0, help_text="In its sending: first files of all come first.")
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    pixels = models.PositiveIntegerField(default=0, help_text="That were decoded.")
    spent_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("pk",)
        indexes = [
            models.Index(
                fields=["attempts", "place", "id"],
                condition=Q(state=FileState.WAITING),
                name="contributions_to_examine",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft__isnull=True) ^ Q(contribution__isnull=True),
                name="contributions_file_of_a_form_or_a_contribution",
            ),
            models.CheckConstraint(
                condition=(Q(state=FileState.REFUSED, file="") & ~Q(refused=""))
                | (Q(state__in=[FileState.WAITING, FileState.KEPT], refused="") & ~Q(file="")),
                name="contributions_file_there_or_refused",
            ),
            # A file that waits is one that some worker will look at.
            models.CheckConstraint(
                condition=Q(state=FileState.WAITING, retry_at__isnull=False)
                | (~Q(state=FileState.WAITING) & Q(retry_at__isnull=True)),
                name="contributions_file_waits_for_its_turn",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        return self.content_type.startswith("image/")

    @property
    def is_kept(self) -> bool:
        return self.state == FileState.KEPT

    @property
    def is_waiting(self) -> bool:
        return self.state == FileState.WAITING

    @property
    def refused_because(self) -> str:
        return REFUSED.get(self.refused, "il n’a pas pu être gardé") if self.refused else ""

    @property
    def described_by(self) -> str:
        """Name of the field of the form where its text alternative is written."""
        return f"description_{self.pk}"
