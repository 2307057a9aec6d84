"""The ledger: one row per person and send; and who holds which ranges of it."""

from __future__ import annotations

from django.db import models

from commun.common.sealed import Sealed
from commun.mailing.lives import DELIVERY
from commun.mailing.models.sends import Send
from commun.mailing.querysets import DeliveryQuerySet
from commun.mailing.types import Aside, DeliveryState


class Lease(models.Model):
    """A worker's right to rows of the ledger. Each renewal adds one to `beat`: others see it live by
    watching `beat` move on their own clock, so that no two clocks are ever compared.

    Personal data: none.
    """

    worker = models.CharField(max_length=64)
    machine = models.CharField(max_length=64)  # machine id and boot id: the journal is readable there, and only there
    journal = models.CharField(max_length=100)
    beat = models.PositiveBigIntegerField(default=0)
    opened_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="mailing_lease_open", condition=models.Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.worker


class LedgerRow(models.Model):
    """What a delivery and a service mail share: the life of one message to one person.

    Personal data: e-mail address (see each subclass).
    """

    address = models.CharField("adresse", max_length=254, blank=True)
    state = models.CharField("état", max_length=10, choices=DELIVERY.choices, default=DeliveryState.PENDING)
    reason = models.CharField("raison", max_length=32, blank=True)
    # No constraint in the database: leases are never deleted, and checking each claimed row costs a third of the time.
    lease = models.ForeignKey(
        Lease, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, db_constraint=False
    )
    attempts = models.PositiveSmallIntegerField("tentatives", default=0)
    not_before = models.DateTimeField("pas avant", null=True, blank=True)
    first_attempt_at = models.DateTimeField("première tentative", null=True, blank=True)
    settled_at = models.DateTimeField("depuis", null=True, blank=True)
    code = models.PositiveSmallIntegerField("code SMTP", default=0)
    enhanced = models.CharField("code étendu", max_length=12, blank=True)
    diagnostic = models.CharField("réponse", max_length=500, blank=True)
    relay = models.CharField("relais", max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Frontier(models.Model):
    """How far one send has been handed out to workers, for the people of one mail operator.

    Rows are numbered from 1 to `last` when the audience is written; those from `next` on are nobody's yet. Whoever
    moves it, or takes somebody out of the send, locks it first.

    Personal data: none.
    """

    send = models.ForeignKey(Send, models.PROTECT, related_name="frontiers", db_index=False)
    operator = models.ForeignKey(
        "mailing.Operator", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    next = models.PositiveIntegerField(default=1)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["send", "operator"], name="mailing_frontier_once"),
            models.UniqueConstraint(
                fields=["send"], condition=models.Q(operator__isnull=True), name="mailing_frontier_once_of_nobody"
            ),
            models.CheckConstraint(
                condition=models.Q(next__gte=1) & models.Q(next__lte=models.F("last") + 1),
                name="mailing_frontier_within_its_rows",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.next} / {self.last}"


class Claim(models.Model):
    """A range of a frontier's rows, in the hands of a worker. Given back, it keeps its row and has no lease: it goes
    before the frontier, to whoever sends next what has no fate in it.

    Personal data: none.
    """

    frontier = models.ForeignKey(Frontier, models.PROTECT, related_name="claims", db_index=False)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    # Leases are never deleted: no constraint in the database.
    lease = models.ForeignKey(Lease, models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False)
    slow = models.PositiveSmallIntegerField(default=0)  # messages on the wire for more than a second
    closed_at = models.DateTimeField(null=True)  # every row has its fate

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(first__lte=models.F("last")), name="mailing_claim_is_a_range"),
        ]
        indexes = [
            models.Index(
                fields=["frontier", "first"], name="mailing_claim_open", condition=models.Q(closed_at__isnull=True)
            ),
            models.Index(fields=["lease"], name="mailing_claim_leased", condition=models.Q(closed_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class Delivery(LedgerRow):
    """One recipient of one send, from the moment the audience is frozen. Never deleted before its send.

    `state` keeps what is known of the row itself: never « claimed » nor « attempting », and « pending » until a worker
    or a person says otherwise. What it stands for now: `with_life()`, in `querysets`.

    Personal data: e-mail address, opaque key and what the relay answered, to know who received the
    letter; the address is blanked on erasure, and three years after the send.
    """

    send = models.ForeignKey(Send, models.PROTECT, related_name="deliveries", db_index=False)
    recipient_key = models.CharField("clé opaque", max_length=22)
    frontier = models.ForeignKey(Frontier, models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveIntegerField()
    # Why the row is not reached through its frontier alone. Settling an ordinary row leaves it as it is, and no index
    # speaks of `state`: PostgreSQL then writes nothing but the row (a HOT update).
    aside = models.CharField(max_length=9, blank=True, default=Aside.NONE)
    # Said while a worker holds the row: it must not leave any more. The worker obeys within a second.
    withdrawn = models.CharField("retrait demandé", max_length=32, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = "destinataire"
        verbose_name_plural = "destinataires"
        constraints = [
            # Exactly one delivery per person and send, whatever is run twice.
            models.UniqueConstraint(
                fields=["send", "address"], condition=~models.Q(address=""), name="mailing_delivery_once_per_address"
            ),
            models.UniqueConstraint(fields=["send", "recipient_key"], name="mailing_delivery_once_per_key"),
            models.UniqueConstraint(fields=["frontier", "position"], name="mailing_delivery_once_per_position"),
            models.CheckConstraint(
                condition=models.Q(state__in=["accepted", "refused", "excluded"], aside="")
                | models.Q(state="pending", aside__in=["", "again", "held", "withdrawn"])
                | models.Q(state="deferred", aside="deferred")
                | models.Q(state="uncertain", aside="uncertain"),
                name="mailing_delivery_state_known",
            ),
            # Rows of a range are held by their claim; one that is held alone says by which lease.
            models.CheckConstraint(
                condition=models.Q(aside="held", lease__isnull=False)
                | models.Q(aside="uncertain")
                | (~models.Q(aside__in=["held", "uncertain"]) & models.Q(lease__isnull=True)),
                name="mailing_delivery_held_by_a_lease",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="deferred") | models.Q(not_before__isnull=False),
                name="mailing_delivery_deferred_until",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["refused", "excluded"]) | ~models.Q(reason=""),
                name="mailing_delivery_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["frontier", "aside"], name="mailing_delivery_aside", condition=~models.Q(aside="")),
            models.Index(fields=["not_before"], name="mailing_delivery_deferred", condition=models.Q(aside="deferred")),
            models.Index(
                fields=["lease"],
                name="mailing_delivery_leased",
                condition=models.Q(aside__in=["held", "uncertain"]),
            ),
        ]

    # Of a row read `with_life()`.
    life: str
    why: str

    @property
    def life_word(self) -> str:
        """In French."""
        return DELIVERY.states[DeliveryState(self.life)]


class Decision(Sealed):
    """What a person decided about a send or one of its deliveries. Append-only: the database refuses a change.

    Personal data: who decided (account), to answer for it; kept as long as the ledger.
    """

    send = models.ForeignKey(Send, models.PROTECT, related_name="decisions")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="+")
    action = models.CharField("décision", max_length=24)
    count = models.PositiveIntegerField("lignes", default=0)
    detail = models.CharField("détail", max_length=300, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField("le")

    class Meta:
        verbose_name = "décision"
        verbose_name_plural = "décisions"
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.action
