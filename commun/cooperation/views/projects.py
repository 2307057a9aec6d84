"""Shared projects, for everybody; enrolling a collectivité and taking it out, for whoever acts for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from commun.common import clock, french
from commun.common.errors import AppError
from commun.common.kept import kept
from commun.cooperation import waiting
from commun.cooperation.exceptions import AlreadyEngaged, CallOver, NotEligible, NotEngaged
from commun.cooperation.forms import EnrolForm
from commun.cooperation.models import Engagement, SharedProject
from commun.cooperation.selectors.projects import access_of, choice_of, eligible_of, present, waiting_list
from commun.cooperation.services.projects import enrolling
from commun.cooperation.services.projects.opening import phases_of
from commun.cooperation.types import (
    FEWEST_STAKEHOLDERS,
    MOST_STAKEHOLDERS,
    EngagementRole,
    EngagementState,
    ProjectState,
)
from commun.territories.api import MandateMissing

PAGE = 50
_REFUSALS: dict[type[AppError], str] = {
    MandateMissing: "Votre mandat ne le permet pas, ou plus : vérifiez-le dans « Mon espace ».",
    NotEligible: "Les communes, les intercommunalités et les départements prennent part aux projets partagés.",
    CallOver: "Les inscriptions à cette place sont closes. On peut encore suivre un projet en cours comme "
    "observatrice.",
    NotEngaged: "Votre collectivité n’y prend pas part, ou le projet est terminé : rien n’a été changé.",
}


def word(error: AppError) -> str:
    if isinstance(error, AlreadyEngaged):
        waits = error.state == EngagementState.WAITING
        role = "sur la liste d’attente" if waits else f"comme {EngagementRole(error.role).label.lower()}"
        return f"Votre collectivité est déjà inscrite {role}."
    return _REFUSALS.get(type(error), "Cela n’a pas pu être fait. Réessayez, ou écrivez-nous.")


@kept()
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    projects = SharedProject.objects.select_related("theme")
    context = {
        "calling": projects.filter(state=ProjectState.CALL).order_by("call_until"),
        "running": projects.filter(state__in=[ProjectState.DESIGN, ProjectState.DOING]),
        "over": projects.filter(state__in=[ProjectState.REPORTED, ProjectState.GIVEN_UP])[:PAGE],
        "fewest": FEWEST_STAKEHOLDERS,
        "most": MOST_STAKEHOLDERS,
    }
    return render(request, "cooperation/projects/index.html", context)


@kept()
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(SharedProject.objects.select_related("vote", "theme", "report"), slug=slug)
    now = clock.now()
    calls = project.state == ProjectState.CALL and now < project.call_until
    people = list(present(project=project))
    stakeholders = [one for one in people if one.role == EngagementRole.STAKEHOLDER]
    mine = [one for one in eligible_of(user=request.user, project=project, at=now) if one.engagement is not None]
    context: dict[str, Any] = {
        "project": project,
        "choice": choice_of(project=project),
        "phases": phases_of(project=project),
        "stakeholders": stakeholders,
        "observers": [one for one in people if one.role == EngagementRole.OBSERVER],
        "waiting": waiting_list(project=project),
        "criteria": waiting.CRITERIA,
        "calls": calls,
        "missing": max(FEWEST_STAKEHOLDERS - len(stakeholders), 0),
        "is_full": len(stakeholders) >= MOST_STAKEHOLDERS,
        "entries": project.entries.filter(is_public=True).select_related("organisation")[:PAGE],
        "meetings": project.meetings.filter(end__gte=now, cancelled_at=None, event__isnull=False),
        "mine": mine,
        "inside": access_of(user=request.user, project=project, at=now) if project.state != ProjectState.CALL else None,
    }
    return render(request, "cooperation/projects/project.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def enrol(request: HttpRequest, slug: str) -> HttpResponse:
    project = get_object_or_404(SharedProject, slug=slug)
    now = clock.now()
    eligible = list(eligible_of(user=request.user, project=project, at=now))
    pairs = _pairs(project, eligible)
    form = EnrolForm(request.POST or None, pairs=pairs)
    if request.method == "POST" and form.is_valid():
        key, role = form.cleaned_data["engagement"].split(":")
        organisation = next(one.organisation for one in eligible if str(one.organisation.pk) == key)
        try:
            made = enrolling.enrol(
                project_id=project.pk,
                organisation=organisation,
                role=EngagementRole(role),
                user=request.user,  # type: ignore[arg-type]
                now=clock.now(),
            )
        except AppError as error:
            messages.error(request, word(error))
        else:
            messages.success(request, _done(made))
        return redirect("cooperation:project", project.slug)
    context = {
        "project": project,
        "form": form,
        "pairs": pairs,
        "eligible": eligible,
        "weak": [one for one in eligible if one.level < enrolling.LEVELS[EngagementRole.STAKEHOLDER]],
        "calls": project.state == ProjectState.CALL and now < project.call_until,
    }
    status = 422 if form.errors else 200
    return render(request, "cooperation/projects/enrol.html", context, status=status)


def _pairs(project: SharedProject, eligible: list[Any]) -> list[tuple[str, str]]:
    """What she may ask for, here and now."""
    roles = [EngagementRole.STAKEHOLDER, EngagementRole.OBSERVER]
    if project.state != ProjectState.CALL or clock.now() >= project.call_until:
        roles = [EngagementRole.OBSERVER] if project.is_running else []
    found = []
    for one in eligible:
        held = one.engagement
        for role in roles:
            better = held is None or (held.role == EngagementRole.OBSERVER and role == EngagementRole.STAKEHOLDER)
            if better and one.level >= enrolling.LEVELS[role]:
                found.append(
                    (
                        f"{one.organisation.pk}:{role.value}",
                        f"{french.name(one.organisation.label)}, {role.label.lower()}",
                    )
                )
    return found


def _done(made: Engagement) -> str:
    name = french.name(made.organisation.label)
    if made.state == EngagementState.WAITING:
        return f"{name} est sur la liste d’attente : les cinq places sont prises."
    return f"{name} est inscrite comme {made.get_role_display().lower()}. Un courriel le confirme."


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    project = get_object_or_404(SharedProject, slug=slug)
    mine = eligible_of(user=request.user, project=project, at=clock.now())
    row = next((one.engagement for one in mine if one.engagement is not None and one.engagement.pk == pk), None)
    if row is None:
        raise Http404
    if request.method == "POST":
        try:
            enrolling.withdraw(engagement_id=pk, user=request.user, now=clock.now())  # type: ignore[arg-type]
        except AppError as error:
            messages.error(request, word(error))
        else:
            messages.success(request, f"{french.name(row.organisation.label)} ne prend plus part à ce projet.")
        return redirect("cooperation:project", project.slug)
    context = {"project": project, "engagement": row, "last": _would_stop(project, row)}
    return render(request, "cooperation/projects/leave.html", context)


def _would_stop(project: SharedProject, row: Engagement) -> bool:
    """Leaving would bring the project under three stakeholders."""
    seated = present(project=project, role=EngagementRole.STAKEHOLDER).count()
    leaves = row.role == EngagementRole.STAKEHOLDER and row.state == EngagementState.IN
    return leaves and seated <= FEWEST_STAKEHOLDERS and not waiting_list(project=project)
