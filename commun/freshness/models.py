"""What is kept to know whether pages are still true: who is asked, what readers report, where links lead."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from commun.common.fields import NameField
from commun.freshness.lives import LINK, PAGE, REPORT
from commun.freshness.types import Asked, LinkState, PageState, ReportKind, ReportState, Why


def new_reference() -> str:
    """Opaque: part of links, and says nothing of how many there are."""
    return secrets.token_hex(8)


class Watch(models.Model):
    """A page that is watched: whether somebody must say that it is still true, and when its links were last read.

    Personal data: keyed hash of the address that was asked, not to ask her twice in a month (public task), blanked on
    erasure and once the page is confirmed; what was answered, in her words, without her name, likewise.
    """

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, related_name="freshness_watch")
    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    state = models.CharField("état", max_length=7, choices=PAGE.choices, default=PageState.TRUE)
    why = models.CharField("pourquoi", max_length=7, choices=Why, blank=True)
    asked_of = models.CharField("demandé à", max_length=11, choices=Asked, blank=True)
    asked_at = models.DateTimeField("demandé le", null=True, blank=True)
    asked_hash = models.CharField(max_length=64, blank=True, db_index=True)
    words = models.TextField("ce qui a changé", max_length=2000, blank=True)
    moved_at = models.DateTimeField("dernier mouvement")
    # `last_published_at` of the page whose links are known.
    links_of = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "page tenue à jour"
        verbose_name_plural = "pages tenues à jour"
        indexes = [
            models.Index(fields=["state", "asked_at"], name="freshness_watch_open", condition=~Q(state="true")),
        ]
        constraints = [
            models.CheckConstraint(condition=PAGE.known(), name="freshness_watch_state_known"),
            # Whoever is asked, it is known since when: somebody else is, after that.
            models.CheckConstraint(
                condition=~Q(state=PageState.ASKED) | (Q(asked_at__isnull=False) & ~Q(asked_of="")),
                name="freshness_watch_asked_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.state}"

    @property
    def question(self) -> str:
        """Which asking the links of a mail are about."""
        return self.asked_at.isoformat() if self.asked_at else ""


class Report(models.Model):
    """What a reader says is wrong with a page.

    Personal data: her address where she gave one, to tell her what became of it (she asks for it); forgotten after a
    week where she never confirmed it, and with the report a year after the answer; who of the team answered.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    state = models.CharField("état", max_length=6, choices=REPORT.choices, default=ReportState.NEW)
    kind = models.CharField("ce qui ne va pas", max_length=9, choices=ReportKind)
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+")
    page_title = NameField("page", max_length=255)
    text = models.TextField("en quelques mots", max_length=2000)
    address = models.EmailField("adresse", max_length=254, blank=True)
    confirmed_at = models.DateTimeField("adresse confirmée le", null=True, blank=True)
    received_at = models.DateTimeField("reçu le", db_index=True)
    answer = models.TextField("réponse", max_length=2000, blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "signalement"
        verbose_name_plural = "signalements"
        ordering = ("received_at", "pk")
        permissions = [("keep_true", "Peut tenir à jour ce qui est publié")]
        constraints = [
            models.CheckConstraint(condition=REPORT.known(), name="freshness_report_state_known"),
            models.CheckConstraint(
                condition=Q(state=ReportState.NEW, answered_at__isnull=True)
                | (~Q(state=ReportState.NEW) & Q(answered_at__isnull=False)),
                name="freshness_report_answered_has_its_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} : {self.page_title}"


class Link(models.Model):
    """An address of another site that our pages lead to, and whether it answers.

    Personal data: none.
    """

    url = models.CharField("adresse", max_length=2000)
    key = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the address: long ones cannot be unique.")
    state = models.CharField("état", max_length=7, choices=LINK.choices, default=LinkState.NEW)
    strikes = models.PositiveSmallIntegerField("échecs de suite", default=0)
    failing_since = models.DateTimeField("en échec depuis", null=True, blank=True)
    # Why it failed: a reason of `common.fetch`, or the status that was answered.
    why = models.CharField(max_length=12, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    moved_to = models.CharField("déménagé vers", max_length=2000, blank=True)
    checked_at = models.DateTimeField("vérifié le", null=True, blank=True)
    check_at = models.DateTimeField("prochaine vérification", null=True, blank=True, db_index=True)

    class Meta:
        verbose_name = "lien vers un autre site"
        verbose_name_plural = "liens vers d’autres sites"
        constraints = [models.CheckConstraint(condition=LINK.known(), name="freshness_link_state_known")]

    def __str__(self) -> str:
        return self.url


class LinkPlace(models.Model):
    """A page leads there.

    Personal data: none.
    """

    link = models.ForeignKey(Link, models.CASCADE, related_name="places")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["link", "page"], name="freshness_link_once_a_page")]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.link_id}"
