"""A vote and what is voted on."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from commun.votes.lives import VOTE
from commun.votes.querysets import VoteQuerySet
from commun.votes.tally import Method
from commun.votes.types import SCALES, LadderStep, Scale, VoteMethod, VoteState


class Vote(models.Model):
    """A question put to the electors of some kinds, between two instants, under rules fixed before opening.

    Personal data: who made, who scheduled and who cancelled it (accounts), to answer for it; kept as long as the vote.
    """

    slug = models.SlugField("adresse", max_length=80, unique=True)
    title = models.CharField("titre", max_length=200)
    presentation = models.TextField("présentation", max_length=4000, blank=True)
    method = models.CharField(
        "mode de scrutin", max_length=20, choices=VoteMethod, default=VoteMethod.MAJORITY_JUDGMENT
    )
    kinds = models.JSONField("types de territoires électeurs", default=list)
    ladder = models.JSONField("départage", default=list)
    public_value_name = models.CharField("valeur publique du tirage", max_length=300, blank=True)
    note = models.TextField("précisions de l’organisateur", max_length=4000, blank=True)
    opens_at = models.DateTimeField("ouverture")
    closes_at = models.DateTimeField("clôture")
    state = models.CharField("état", max_length=10, choices=VOTE.choices, default=VoteState.DRAFT)
    rules = models.TextField("règles", blank=True, help_text="Written when the vote is scheduled, then sealed.")
    # One [counts, ready, departements, observers] per option. Empty until the box is closed, whoever asks.
    profiles = models.JSONField("profils", null=True, blank=True, editable=False)
    public_value = models.CharField("valeur tirée", max_length=300, blank=True)
    reminder_days = models.PositiveSmallIntegerField("rappel, en jours avant la clôture", default=5)
    cancelled_reason = models.CharField("motif de l’annulation", max_length=500, blank=True)
    cancellation_told_at = models.DateTimeField("annulation annoncée aux votants le", null=True, blank=True)
    departure = models.TextField("raisons d’une autre décision que le classement", max_length=4000, blank=True)
    departure_at = models.DateTimeField("raisons publiées le", null=True, blank=True)
    created_at = models.DateTimeField("créé le")
    created_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    scheduled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = VoteQuerySet.as_manager()

    class Meta:
        verbose_name = "vote"
        verbose_name_plural = "votes"
        ordering = ("-closes_at", "-pk")
        permissions = [
            ("schedule_vote", "Peut programmer un vote, y inviter, l’annuler et publier son tirage"),
            ("strike_elector", "Peut radier un électeur"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="votes_vote_opens_before_it_closes"),
            models.CheckConstraint(condition=VOTE.known(), name="votes_vote_state_known"),
            models.CheckConstraint(
                condition=Q(profiles=None) | Q(state__in=[VoteState.CLOSED, VoteState.DECIDED]),
                name="votes_vote_no_count_before_closing",
            ),
            models.CheckConstraint(
                condition=Q(state=VoteState.DRAFT) | ~Q(rules=""), name="votes_vote_rules_before_opening"
            ),
            models.CheckConstraint(
                condition=Q(state=VoteState.CANCELLED) & ~Q(cancelled_reason="")
                | ~Q(state=VoteState.CANCELLED) & Q(cancelled_reason=""),
                name="votes_vote_cancelled_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scale(self) -> Scale:
        return SCALES[Method(self.method)]

    @property
    def ladder_words(self) -> str:
        """What decides between equals, in order; "" where nothing does."""
        return ", puis ".join(LadderStep(step).label.lower() for step in self.ladder)

    @property
    def is_public(self) -> bool:
        """Whether its page is there for everybody."""
        return self.state != VoteState.DRAFT

    @property
    def is_over(self) -> bool:
        """Closed and counted. A cancelled vote never is."""
        return self.state in {VoteState.CLOSED, VoteState.DECIDED}

    @property
    def is_cancelled(self) -> bool:
        return self.state == VoteState.CANCELLED

    @property
    def box_is_public(self) -> bool:
        """Nothing enters the box any more: anybody may take it home."""
        return self.is_over or self.is_cancelled


class Option(models.Model):
    """Something to choose. What it stands for is known above; `number` is its name in the box.

    Personal data: none.
    """

    vote = models.ForeignKey(Vote, models.CASCADE, related_name="options", verbose_name="vote")
    number = models.PositiveSmallIntegerField("numéro")
    title = models.CharField("intitulé", max_length=200)
    summary = models.TextField("en bref", max_length=1000, blank=True)
    link = models.CharField("page à lire", max_length=300, blank=True)

    class Meta:
        verbose_name = "proposition"
        verbose_name_plural = "propositions"
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["vote", "number"], name="votes_option_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="votes_option_number_from_one"),
        ]

    def __str__(self) -> str:
        return self.title
