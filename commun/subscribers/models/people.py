"""People who receive the letter, and how they agreed."""

from __future__ import annotations

from django.db import models

from commun.common import clock
from commun.common.sealed import Sealed
from commun.mailing.types import new_recipient_key
from commun.subscribers.types import DEPARTURES, LegalBasis, Preference, SubscriberState


def _choices(labels: dict[str, str]) -> list[tuple[str, str]]:
    return list(labels.items())


class Topic(models.Model):
    """What one can subscribe to. The room of newsletters keeps one per theme.

    Personal data: none.
    """

    slug = models.SlugField("identifiant", max_length=100, unique=True)
    name = models.CharField("nom", max_length=150)
    active = models.BooleanField("proposé", default=True)
    position = models.PositiveIntegerField("ordre", default=0)

    class Meta:
        verbose_name = "sujet"
        verbose_name_plural = "sujets"
        ordering = ("position", "name")

    def __str__(self) -> str:
        return self.name


class Subscriber(models.Model):
    """A person who receives the letter, or asked to.

    Personal data: e-mail address, preferences, département where she gave it, to send the letter; until erasure, three
    years after she left, or 30 days after a request that was never confirmed. `score` counts recent bounces and fades.
    """

    key = models.CharField("clé opaque", max_length=22, unique=True, default=new_recipient_key, editable=False)
    address = models.CharField("adresse électronique", max_length=254, unique=True)
    address_hash = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    domain = models.CharField("domaine", max_length=253, editable=False)
    state = models.CharField(
        "état",
        max_length=12,
        choices=_choices({"pending": "à confirmer", "active": "abonné·e", "unsubscribed": "désabonné·e"}),
        default=SubscriberState.PENDING,
    )
    preference = models.CharField(
        "reçoit",
        max_length=13,
        choices=_choices({"every_issue": "tous les numéros", "chosen_topics": "seulement des thématiques choisies"}),
        default=Preference.EVERY_ISSUE,
    )
    topics = models.ManyToManyField(Topic, verbose_name="thématiques choisies", blank=True, related_name="subscribers")
    paused_until = models.DateField("en pause jusqu’au", null=True, blank=True)
    departement = models.ForeignKey(
        "territories.Territory", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="département"
    )
    brought_by = models.ForeignKey(
        "subscribers.Import",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="brought",
        verbose_name="apporté·e par",
    )
    created_at = models.DateTimeField("demande")
    confirmed_at = models.DateTimeField("confirmation", null=True, blank=True, db_index=True)
    left_at = models.DateTimeField("départ", null=True, blank=True)
    score = models.FloatField("score de rejets", default=0)
    scored_at = models.DateTimeField("score calculé le", null=True, blank=True)

    class Meta:
        verbose_name = "abonné·e"
        verbose_name_plural = "abonné·e·s"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in SubscriberState]),
                name="subscribers_subscriber_state_known",
            ),
            # An active person agreed at a known moment: the proof of consent hangs on it.
            models.CheckConstraint(
                condition=~models.Q(state="active") | models.Q(confirmed_at__isnull=False),
                name="subscribers_subscriber_active_confirmed",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "created_at"], name="subscribers_subscriber_purge"),
            # What few people have, for lists and segments among a million.
            models.Index(fields=["domain", "id"], name="subscribers_subscriber_domain"),
            models.Index(
                fields=["left_at"], name="subscribers_subscriber_left", condition=models.Q(left_at__isnull=False)
            ),
            models.Index(fields=["score"], name="subscribers_subscriber_score", condition=models.Q(score__gt=0)),
            models.Index(
                fields=["paused_until"],
                name="subscribers_subscriber_paused",
                condition=models.Q(paused_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"abonné·e {self.pk}"

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and self.paused_until > clock.today()


class ConsentWording(Sealed):
    """Exact sentence somebody agreed to; a new wording is a new row.

    Personal data: none.
    """

    digest = models.CharField("empreinte", max_length=64, unique=True)
    text = models.TextField("texte exact")
    first_used_at = models.DateTimeField("premier usage")

    class Meta:
        verbose_name = "texte de consentement"
        verbose_name_plural = "textes de consentement"

    def __str__(self) -> str:
        return f"texte {self.digest[:8]}"


class ConsentEvent(Sealed):
    """Append-only proof: who agreed to what, when, how.

    Personal data: keyed hash of the address and what was done, to prove consent (GDPR art. 7.1); kept
    as long as the letter is sent, and after erasure as a hash alone.
    """

    subject = models.CharField("empreinte de la personne", max_length=64, db_index=True)
    kind = models.CharField(
        "acte",
        max_length=16,
        choices=_choices(
            {
                "requested": "demande",
                "confirmed": "confirmation",
                "imported": "import",
                "preferences": "préférences",
                "unsubscribed": "désabonnement",
                "returned": "retour",
                "complained": "plainte",
                "erased": "effacement",
                "address": "changement d’adresse",
                "undone": "import défait",
            }
        ),
    )
    at = models.DateTimeField("le")
    method = models.CharField("moyen", max_length=32)
    source = models.CharField("source", max_length=200, blank=True)
    basis = models.CharField("base légale", max_length=20, default=LegalBasis.CONSENT)
    wording = models.ForeignKey(ConsentWording, models.PROTECT, null=True, verbose_name="texte exact")
    detail = models.JSONField("détail", default=dict)

    class Meta:
        verbose_name = "preuve de consentement"
        verbose_name_plural = "preuves de consentement"
        ordering = ("at", "pk")
        indexes = [
            models.Index(
                fields=["at"],
                name="subscribers_consentevent_moved",
                condition=models.Q(kind__in=(*DEPARTURES, "erased", "confirmed")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
