"""What partners publish elsewhere, which comes in by itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from commun.common.fields import NameField
from commun.contributions.lives import FEED
from commun.contributions.models.contributions import Contribution
from commun.contributions.types import FeedState


class Feed(models.Model):
    """An address that a partner keeps for programs: a calendar, an RSS or Atom feed, the JSON of a public agenda.

    Personal data: who of the team entered it, to answer for it; the account behind it is blanked on erasure.
    """

    name = NameField("nom", max_length=160, help_text="Comme l’équipe l’appelle : « Agenda de la Ville de Lyon ».")
    url = models.URLField(
        "adresse du flux",
        max_length=1000,
        unique=True,
        help_text="Un agenda (.ics), un flux RSS ou Atom, ou l’export JSON d’un agenda public.",
        error_messages={"unique": "Ce flux est déjà dans la liste."},
    )
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="partenaire"
    )
    theme = models.ForeignKey(
        "library.ThemePage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thématique"
    )
    state = models.CharField("état", max_length=7, choices=FEED.choices, default=FeedState.NEW)
    # Why it was refused: a reason of `common.fetch`, of the reader, or the status that was answered.
    why = models.CharField(max_length=12, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    modified = models.CharField(max_length=100, blank=True)
    moved_to = models.CharField("déménagé vers", max_length=2000, blank=True)
    entries_found = models.PositiveIntegerField("entrées à venir", default=0)
    added_at = models.DateTimeField("ajouté le")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField("lu le", null=True, blank=True)
    next_at = models.DateTimeField("prochaine lecture", null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = "flux d’un partenaire"
        verbose_name_plural = "flux de partenaires"
        ordering = ("name", "pk")
        constraints = [models.CheckConstraint(condition=FEED.known(), name="contributions_feed_state_known")]

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """As `agenda.CalendarEntry` says it."""
        return f"feed:{self.pk}"


class FeedEntry(models.Model):
    """The last version seen of an entry of a feed, so that it comes in once, and again when it says something else.

    Personal data: none.
    """

    feed = models.ForeignKey(Feed, models.CASCADE, related_name="entries")
    uid = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    contribution = models.ForeignKey(Contribution, models.SET_NULL, null=True, blank=True, related_name="+")
    seen_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["feed", "uid"], name="contributions_feed_entry_once")]

    def __str__(self) -> str:
        return self.uid
