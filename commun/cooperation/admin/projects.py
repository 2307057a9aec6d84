"""Shared projects, for the team: opened from a decided vote, moved from phase to phase, reported or given up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.common.errors import AppError
from commun.cooperation.admin import forms
from commun.cooperation.admin.screens import screen, word
from commun.cooperation.models import SharedProject
from commun.cooperation.selectors.projects import RUN, choices_of, present, waiting_list
from commun.cooperation.services.projects import opening
from commun.cooperation.types import FEWEST_STAKEHOLDERS, Choice, EngagementRole, ProjectState
from commun.votes.api import Vote, VoteState

_TRAIL = (("cooperation_team:projects", "Projets partagés"),)
_VOTES = 10
_WHY_NOT = {
    "": "À proposer",
    "few_ready": "Moins de trois collectivités prêtes : laisse sa place à la suivante",
    "taken": "A son projet",
    "before": "Après une autre, mieux placée",
}


@permission_required(RUN)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    votes = Vote.objects.filter(state=VoteState.DECIDED).order_by("-closes_at")[:_VOTES]
    context = {
        "projects": SharedProject.objects.select_related("vote", "report")[:100],
        "votes": [(vote, [(one, _WHY_NOT[one.why_not]) for one in choices_of(vote=vote)]) for vote in votes],
    }
    return screen(request, "projects", "Projets partagés", context, trail=_TRAIL)


@permission_required(RUN)
@require_http_methods(["GET", "POST"])
def open_one(request: HttpRequest, vote: int, number: int) -> HttpResponse:
    found = get_object_or_404(Vote, pk=vote, state=VoteState.DECIDED)
    choice = next((one for one in choices_of(vote=found) if one.number == number), None)
    if choice is None or choice.why_not == "taken":
        messages.error(request, "Cette thématique a déjà son projet, ou n’est pas de ce vote.")
        return redirect("cooperation_team:projects")
    initial = {"title": choice.title, "call_until": clock.now() + opening.CALL_LASTS}
    form = forms.OpenProjectForm(request.POST or None, initial=initial)
    form.fields["title"].disabled = True
    if not choice.why_not:
        del form.fields["departure"]
    elif request.method == "POST":
        form.fields["departure"].required = True
        form.fields["departure"].error_messages["required"] = "Dites pourquoi : c’est publié."
    if request.method == "POST" and form.is_valid():
        return _open(request, found, choice, form.cleaned_data)
    context = {"form": form, "choice": choice, "why_not": _WHY_NOT[choice.why_not], "vote": found}
    status = 422 if form.errors else 200
    return screen(request, "project_open", f"Ouvrir « {choice.title} »", context, trail=_TRAIL, status=status)


def _open(request: HttpRequest, vote: Vote, choice: Choice, data: dict[str, Any]) -> HttpResponse:
    try:
        made = opening.open_project(
            vote=vote,
            number=choice.number,
            by=request.user,  # type: ignore[arg-type]
            now=clock.now(),
            call_until=data["call_until"],
            summary=data["summary"],
            theme=data["theme"],
            departure=data.get("departure", ""),
        )
    except AppError as error:
        messages.error(request, word(error))
        return redirect("cooperation_team:projects")
    messages.success(request, "L’appel est ouvert : le projet a sa page.")
    return redirect("cooperation_team:project", made.pk)


@permission_required(RUN)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _show(request, get_object_or_404(SharedProject.objects.select_related("vote", "report"), pk=pk))


def _show(request: HttpRequest, project: SharedProject, **bound: Any) -> HttpResponse:
    """`bound`: a form that was refused, with what was typed."""
    initial = {name: getattr(project, name) for name in ("title", "summary", "theme", "call_until")}
    people = list(present(project=project))
    edit_form = forms.ProjectForm(initial=initial, auto_id="edit_%s")
    if project.state != ProjectState.CALL:
        del edit_form.fields["call_until"]
    context = {
        "project": project,
        "stakeholders": [one for one in people if one.role == EngagementRole.STAKEHOLDER],
        "observers": [one for one in people if one.role == EngagementRole.OBSERVER],
        "waiting": waiting_list(project=project),
        "fewest": FEWEST_STAKEHOLDERS,
        "edit_form": edit_form,
        "stop_form": forms.WordsForm(auto_id="stop_%s"),
        "report_form": forms.ReportForm(auto_id="report_%s"),
        "entries": project.entries.select_related("organisation__territory__departement")[:50],
        "opened": "",
        **bound,
    }
    return screen(request, "project", project.title, context, trail=_TRAIL, status=422 if bound else 200)


def _act(request: HttpRequest, pk: int, act: Callable[[], object], done: str) -> HttpResponse:
    try:
        act()
    except AppError as error:
        messages.error(request, word(error))
    else:
        messages.success(request, done)
    return redirect("cooperation_team:project", pk)


@permission_required(RUN)
@require_POST
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_object_or_404(SharedProject, pk=pk)
    form = forms.ProjectForm(request.POST, auto_id="edit_%s")
    if project.state != ProjectState.CALL:
        del form.fields["call_until"]
    if not form.is_valid():
        return _show(request, project, opened="edit", edit_form=form)
    values = form.cleaned_data
    return _act(
        request,
        pk,
        lambda: opening.change_project(project_id=pk, values=values, now=clock.now()),
        "C’est enregistré.",
    )


@permission_required(RUN)
@require_http_methods(["GET", "POST"])
def end_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Before its time: what it will do is said first."""
    project = get_object_or_404(SharedProject, pk=pk)
    if request.method == "POST":
        by = request.user
        return _act(
            request,
            pk,
            lambda: opening.end_call(project_id=pk, now=clock.now(), by=by),  # type: ignore[arg-type]
            "L’appel est clos ; les collectivités inscrites sont prévenues.",
        )
    number = present(project=project, role=EngagementRole.STAKEHOLDER).count()
    context = {"project": project, "number": number, "feasible": number >= FEWEST_STAKEHOLDERS}
    return screen(request, "project_end_call", "Clore l’appel maintenant ?", context, trail=_TRAIL)


@permission_required(RUN)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """To realisation, or back to design."""
    project = get_object_or_404(SharedProject, pk=pk)
    to = ProjectState.DESIGN if project.state == ProjectState.DOING else ProjectState.DOING
    by = request.user
    return _act(
        request,
        pk,
        lambda: opening.move_project(project_id=pk, to=to, by=by, now=clock.now()),  # type: ignore[arg-type]
        f"Le projet est maintenant à l’étape « {to.label} ».",
    )


@permission_required(RUN)
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_object_or_404(SharedProject, pk=pk)
    form = forms.WordsForm(request.POST, auto_id="stop_%s")
    if not form.is_valid():
        return _show(request, project, opened="stop", stop_form=form)
    words, by, to = form.cleaned_data["words"], request.user, ProjectState.GIVEN_UP
    return _act(
        request,
        pk,
        lambda: opening.move_project(project_id=pk, to=to, by=by, now=clock.now(), words=words),  # type: ignore[arg-type]
        "Le projet s’arrête ; les collectivités sont prévenues.",
    )


@permission_required(RUN)
@require_POST
def report(request: HttpRequest, pk: int) -> HttpResponse:
    project = get_object_or_404(SharedProject, pk=pk)
    form = forms.ReportForm(request.POST, auto_id="report_%s")
    if not form.is_valid():
        return _show(request, project, opened="report", report_form=form)
    data, by = form.cleaned_data, request.user
    return _act(
        request,
        pk,
        lambda: opening.report_project(
            project_id=pk,
            text=data["text"],
            what_failed=data["what_failed"],
            by=by,  # type: ignore[arg-type]
            now=clock.now(),
        ),
        "Le bilan est écrit : son brouillon d’expérience attend dans la bibliothèque.",
    )
