"""What somebody gave, the conversation about it, its files, and every decision taken."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q

from commun.cms.types import Licence
from commun.common.fields import NameField
from commun.contributions.lives import CONTRIBUTION
from commun.contributions.types import Act, Direction, Kind, Source, State, Trust


def new_reference() -> str:
    """Opaque: it is part of links and of answering addresses, and says nothing of how many there are."""
    return secrets.token_hex(8)


class Contribution(models.Model):
    """One thing given: it becomes a page, a need, an answer, or a decision that was told.

    Personal data: name and address of whoever gave it, to answer, to credit where she agreed, and to tell her what
    became of it (public task); the text she wrote, and the last mail we wrote to her. All of it is blanked on erasure,
    or three years after the last decision; a draft or a page made of it is the team's.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    kind = models.CharField("nature", max_length=10, choices=Kind)
    state = models.CharField("état", max_length=10, choices=CONTRIBUTION.choices, default=State.RECEIVED)
    source = models.CharField("voie", max_length=5, choices=Source)
    trust = models.CharField("confiance", max_length=8, choices=Trust, default=Trust.UNKNOWN)

    title = NameField("titre", max_length=200)
    text = models.TextField("texte", blank=True)
    # What a form asked that has no column (dates of an event, size of a need…), and what the team corrected.
    fields = models.JSONField(default=dict, blank=True)
    # What was understood of the text: field, value, evidence. Suggestions only.
    suggestions = models.JSONField(default=list, blank=True)

    name = NameField("nom", max_length=120, blank=True)
    address = models.EmailField("adresse", max_length=254, blank=True)
    address_hash = models.CharField(max_length=64, blank=True, db_index=True, help_text="Keyed, to count by sender.")
    thanks = models.BooleanField("accepte d’être remerciée par son nom", default=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = NameField("structure (saisie libre)", max_length=160, blank=True)
    in_its_name = models.BooleanField("au nom de la structure", default=False, help_text="Proven by a mandate.")
    territory = models.ForeignKey("territories.Territory", models.PROTECT, null=True, blank=True, related_name="+")
    theme = models.ForeignKey("library.ThemePage", models.PROTECT, null=True, blank=True, related_name="+")
    licence = models.CharField("licence", max_length=24, choices=Licence, blank=True)

    assigned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField("reçue le", db_index=True)
    moved_at = models.DateTimeField("dernier mouvement")
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+")
    # What it became in the room of cooperation: "need:12", "proposal:3".
    became = models.CharField(max_length=40, blank=True)
    # The last mail that left to whoever gave it: what her answer may quote without a mark.
    told = models.TextField(blank=True)
    issue_number = models.PositiveIntegerField("parue dans le numéro", null=True, blank=True)

    class Meta:
        verbose_name = "contribution"
        verbose_name_plural = "contributions"
        ordering = ("-received_at", "-pk")
        indexes = [models.Index(fields=["state", "-received_at"], name="contributions_inbox")]
        permissions = [("moderate", "Peut lire et décider des contributions")]
        constraints = [
            models.CheckConstraint(condition=CONTRIBUTION.known(), name="contributions_contribution_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.MERGED, merged_into__isnull=False)
                | (~Q(state=State.MERGED) & Q(merged_into__isnull=True)),
                name="contributions_merged_says_into_which",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
                name="contributions_not_merged_into_itself",
            ),
            # In the name of a collectivité only where one is named: a mandate is checked by the service.
            models.CheckConstraint(
                condition=Q(in_its_name=False) | Q(organisation__isnull=False),
                name="contributions_in_the_name_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in {State.RECEIVED, State.IN_REVIEW, State.WAITING}


class Message(models.Model):
    """One message of the conversation, received or sent.

    Personal data: what was written, and by whom, to hold the conversation; blanked with its contribution.
    """

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=3, choices=Direction)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    # What was cut of it: quoted history, signature. Shown folded.
    rest = models.TextField(blank=True)
    sender_name = NameField(max_length=120, blank=True)
    message_id = models.CharField(max_length=400, blank=True)
    raw_id = models.BigIntegerField(null=True, blank=True, help_text="Of the received bytes, while they are kept.")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    authentication = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            # Mail is handled at least once: what was handled is not written down twice.
            models.UniqueConstraint(
                fields=["raw_id", "contribution"],
                condition=Q(raw_id__isnull=False),
                name="contributions_message_received_once",
            )
        ]

    def __str__(self) -> str:
        return self.subject or self.get_direction_display()

    @property
    def is_doubtful(self) -> bool:
        """Our own server says that it does not come from whom it claims."""
        return self.authentication.get("trust") == Trust.FAILING

    @property
    def may_be_automatic(self) -> bool:
        """Its words read like an automatic answer, and no program has signed it."""
        return bool(self.authentication.get("perhaps_automatic"))

    @property
    def is_of_another(self) -> bool:
        """It came from another address than the contribution."""
        return self.authentication.get("same_sender") is False


class Event(models.Model):
    """One decision, for ever: who, when, what, and what it changed, so that it can be undone.

    Personal data: who of the team decided, to answer for it; the account behind it is blanked on erasure. What it
    changed never holds a name nor an address.
    """

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="events")
    act = models.CharField(max_length=12, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    before = models.CharField(max_length=10, choices=State, blank=True)
    after = models.CharField(max_length=10, choices=State, blank=True)
    words = models.CharField(max_length=500, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    undone_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undoes")

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.get_act_display()
