"""Themes that collectivités propose, until a vote takes them up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q

from commun.common.fields import NameField
from commun.cooperation.lives import PROPOSAL
from commun.cooperation.models.needs import new_reference
from commun.cooperation.types import ProposalAct, ProposalState

if TYPE_CHECKING:
    from commun.votes.api import Vote


class ThemeProposal(models.Model):
    """A theme that somebody proposes; several on the same thing become one, the others are attached to it.

    Personal data: name, address and account of whoever proposed it, to tell her what became of it (public task).
    Blanked on erasure, or three years after the last decision on it or on what it joined; the proposal stays.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    state = models.CharField("état", max_length=11, choices=PROPOSAL.choices, default=ProposalState.NEW)
    title = NameField("thématique proposée", max_length=200)
    text = models.TextField("pourquoi", blank=True)

    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="collectivité"
    )
    organisation_name = NameField("structure (saisie libre)", max_length=160, blank=True)
    in_its_name = models.BooleanField("au nom de la collectivité", default=False, help_text="Prouvé par un mandat.")
    territory = models.ForeignKey(
        "territories.Territory", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="territoire"
    )
    name = NameField("nom", max_length=120, blank=True)
    address = models.EmailField("adresse", max_length=254, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    proposed_at = models.DateTimeField("proposée le", db_index=True)
    moved_at = models.DateTimeField("dernier mouvement")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    # What it is in its vote, whatever that vote calls it; let go of before an option goes.
    option = models.OneToOneField("votes.Option", models.PROTECT, null=True, blank=True, related_name="+")
    told_vote_at = models.DateTimeField(null=True, blank=True, help_text="Its vote opened: told, with those attached.")
    forgotten_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "thématique proposée"
        verbose_name_plural = "thématiques proposées"
        ordering = ("-proposed_at", "-pk")
        permissions = [("shortlist_proposals", "Peut trier les thématiques proposées et les mettre au vote")]
        constraints = [
            models.CheckConstraint(condition=PROPOSAL.known(), name="cooperation_proposal_state_known"),
            models.CheckConstraint(
                condition=Q(state=ProposalState.MERGED, merged_into__isnull=False)
                | ~Q(state=ProposalState.MERGED) & Q(merged_into__isnull=True),
                name="cooperation_proposal_merged_says_into_which",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=models.F("pk")),
                name="cooperation_proposal_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.IN_VOTE, option__isnull=False)
                | ~Q(state=ProposalState.IN_VOTE) & Q(option__isnull=True),
                name="cooperation_proposal_in_a_vote_says_which",
            ),
            models.CheckConstraint(
                condition=Q(in_its_name=False) | Q(organisation__isnull=False),
                name="cooperation_proposal_in_the_name_of_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def vote(self) -> Vote | None:
        return self.option.vote if self.option is not None else None

    @property
    def who(self) -> str:
        """The collectivité, or the structure as it was typed; never a person."""
        return self.organisation.label if self.organisation is not None else self.organisation_name


class ProposalEvent(models.Model):
    """One decision about a proposal, for ever.

    Personal data: who of the team decided, to answer for it; the account behind it is blanked on erasure.
    """

    proposal = models.ForeignKey(ThemeProposal, models.CASCADE, related_name="events")
    act = models.CharField(max_length=9, choices=ProposalAct)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    before = models.CharField(max_length=11, choices=ProposalState, blank=True)
    after = models.CharField(max_length=11, choices=ProposalState, blank=True)
    words = models.CharField(max_length=500, blank=True)
    # What it was then, in which vote; None where that vote never asked it.
    option = models.ForeignKey("votes.Option", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "décision sur une proposition"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.get_act_display()
