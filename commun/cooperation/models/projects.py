"""A shared project: what a vote chose, the collectivités that take part, what they write and what each will do."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from commun.common.fields import NameField
from commun.common.storage import private_storage, unguessable
from commun.cooperation.lives import PROJECT
from commun.cooperation.types import EngagementRole, EngagementState, EntryKind, ProjectState, StepState


class SharedProject(models.Model):
    """Three to five stakeholders and their observers, around a theme that a vote chose.

    Personal data: who of the team opened it (account), to answer for it; as long as the project.
    """

    slug = models.SlugField("adresse", max_length=80, unique=True)
    title = NameField("titre", max_length=200)
    summary = models.TextField("en bref", max_length=1000, blank=True)
    state = models.CharField("étape", max_length=8, choices=PROJECT.choices, default=ProjectState.CALL)
    vote = models.ForeignKey("votes.Vote", models.PROTECT, related_name="+")
    option_number = models.PositiveSmallIntegerField("proposition du vote")
    departure = models.TextField(
        "raison de s’écarter du classement", max_length=1000, blank=True, help_text="Publiée avec le projet."
    )
    theme = models.ForeignKey(
        "library.ThemePage", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="thématique"
    )
    call_until = models.DateTimeField("inscriptions jusqu’au")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    moved_at = models.DateTimeField()
    given_up_because = models.CharField(max_length=500, blank=True)
    report = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="bilan"
    )
    # Until when observers were told; the digest tells what came after.
    told_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "projet partagé"
        verbose_name_plural = "projets partagés"
        ordering = ("-created_at", "-pk")
        permissions = [("run_projects", "Peut ouvrir et conduire les projets partagés")]
        constraints = [
            models.CheckConstraint(condition=PROJECT.known(), name="cooperation_project_state_known"),
            # One theme of one vote is one project, however often it is opened.
            models.UniqueConstraint(fields=["vote", "option_number"], name="cooperation_project_once_per_choice"),
            models.CheckConstraint(
                condition=Q(state=ProjectState.GIVEN_UP) ^ Q(given_up_because=""),
                name="cooperation_project_given_up_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_running(self) -> bool:
        return self.state in {ProjectState.DESIGN, ProjectState.DOING}

    @property
    def is_over(self) -> bool:
        return self.state in {ProjectState.REPORTED, ProjectState.GIVEN_UP}


class Engagement(models.Model):
    """A collectivité takes part: as a stakeholder, one of five at most, or as an observer.

    How many stakeholders there are is counted under a lock on the project: no constraint can.

    Personal data: the account of whoever enrolled it and of its contact (a member with a mandate), to write to her;
    blanked on erasure, passed on when she leaves; the collectivité's engagement stays.
    """

    project = models.ForeignKey(SharedProject, models.PROTECT, related_name="engagements")
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, related_name="+")
    # The place of the register it is: a collectivité under two names is one.
    place_key = models.CharField(max_length=22)
    role = models.CharField("rôle", max_length=11, choices=EngagementRole)
    state = models.CharField("état", max_length=7, choices=EngagementState, default=EngagementState.IN)
    contact = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    enrolled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    enrolled_at = models.DateTimeField()
    seated_at = models.DateTimeField(null=True, blank=True, help_text="When a stakeholder got its place.")
    left_at = models.DateTimeField(null=True, blank=True)
    digest = models.BooleanField("reçoit les nouvelles", default=True)

    class Meta:
        verbose_name = "engagement"
        verbose_name_plural = "engagements"
        ordering = ("enrolled_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["project", "place_key"],
                condition=~Q(state=EngagementState.LEFT),
                name="cooperation_engagement_once",
            ),
            models.CheckConstraint(
                condition=Q(role=EngagementRole.STAKEHOLDER) | ~Q(state=EngagementState.WAITING),
                name="cooperation_engagement_only_stakeholders_wait",
            ),
            models.CheckConstraint(
                condition=Q(state=EngagementState.LEFT, left_at__isnull=False)
                | ~Q(state=EngagementState.LEFT) & Q(left_at__isnull=True),
                name="cooperation_engagement_left_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display().lower()})"


class ProjectEntry(models.Model):
    """A line of the journal: what happened, was decided or was shared. Public ones stand on the project's page.

    Personal data: who wrote it (account), for the members; blanked on erasure, the line stays its collectivité's.
    """

    project = models.ForeignKey(SharedProject, models.PROTECT, related_name="entries")
    kind = models.CharField("nature", max_length=8, choices=EntryKind)
    title = NameField("titre", max_length=200)
    text = models.TextField("texte", blank=True, max_length=10_000)
    # Served by a view that asks who is there; always as a file to download.
    file = models.FileField(storage=private_storage, upload_to=unguessable, max_length=200, blank=True)
    file_name = NameField(max_length=160, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    is_public = models.BooleanField("publique", default=False)
    organisation = models.ForeignKey(
        "territories.Organisation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "ligne du journal"
        ordering = ("-at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.DOCUMENT) | ~Q(file=""),
                name="cooperation_entry_document_is_there",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ProjectMeeting(models.Model):
    """When those who take part meet. Announced in the agenda where it is open to all.

    Personal data: none.
    """

    project = models.ForeignKey(SharedProject, models.PROTECT, related_name="meetings")
    title = NameField("objet", max_length=200)
    start = models.DateTimeField("début")
    end = models.DateTimeField("fin")
    place = models.CharField("lieu", max_length=200, blank=True)
    video_url = models.URLField("lien de visioconférence", max_length=500, blank=True)
    agenda = models.TextField("ordre du jour", blank=True, max_length=5000)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    event = models.ForeignKey("agenda.EventPage", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "réunion"
        ordering = ("start", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=models.F("start")), name="cooperation_meeting_starts_before_it_ends"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ActionPlan(models.Model):
    """What one stakeholder will do at home. The other stakeholders read it and comment on it; only its own change it.

    Personal data: none.
    """

    engagement = models.OneToOneField(Engagement, models.PROTECT, related_name="plan")
    aims = models.TextField("objectifs", blank=True, max_length=5000)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = "plan d’action"

    def __str__(self) -> str:
        return f"Plan d’action : {self.engagement.organisation}"


class ActionStep(models.Model):
    """One step of a plan.

    Personal data: none; who does it is a job or a service, as the form asks.
    """

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="steps")
    title = NameField("étape", max_length=200)
    who = models.CharField("qui s’en charge", max_length=120, blank=True, help_text="Une fonction ou un service.")
    due = models.DateField("pour le", null=True, blank=True)
    state = models.CharField("état", max_length=7, choices=StepState, default=StepState.TODO)

    class Meta:
        verbose_name = "étape d’un plan"
        ordering = (models.F("due").asc(nulls_last=True), "pk")

    def __str__(self) -> str:
        return self.title


class PlanComment(models.Model):
    """What a peer says of a plan.

    Personal data: who wrote it (account), for the members; blanked on erasure, the comment stays its collectivité's.
    """

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="comments")
    organisation = models.ForeignKey("territories.Organisation", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.TextField("commentaire", max_length=5000)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "commentaire d’un plan"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return self.text[:60]
