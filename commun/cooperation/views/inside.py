"""The space of a project: for the members of its stakeholders, who write, and of its observers, who read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django import forms as django_forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commun.common import clock
from commun.common.errors import AppError, LinkError
from commun.common.guard import anonymous_form
from commun.cooperation import calendars
from commun.cooperation import project_forms as forms
from commun.cooperation.exceptions import DocumentRefused, NotStakeholder, WrongState
from commun.cooperation.forms import EmptyForm
from commun.cooperation.models import ActionPlan, ActionStep, ProjectEntry, ProjectMeeting, SharedProject
from commun.cooperation.selectors.projects import Access, access_of, get_project_for, present
from commun.cooperation.services.projects import digest, writing
from commun.cooperation.services.projects.opening import phases_of
from commun.cooperation.types import EntryKind, StepState

SHOWN = 100
_DOCUMENT = {
    "empty": "Ce fichier est vide.",
    "large": "Ce fichier dépasse 10 Mo : réduisez-le, ou partagez un lien dans une nouvelle.",
    "kind": "Ce fichier n’est pas d’un format accepté, ou son contenu n’est pas ce que dit son nom : "
    "PDF, document de bureautique ou image.",
}


def _inside(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Finds the project and how she enters it; a stranger's is not there."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponseBase:
        try:
            project, access = get_project_for(user=request.user, slug=slug, at=clock.now())
        except SharedProject.DoesNotExist:
            raise Http404 from None
        return view(request, project=project, access=access, **kwargs)

    return guarded


@_inside
@require_safe
def space(request: HttpRequest, project: SharedProject, access: Access) -> HttpResponse:
    return _show(request, project, access)


def _show(request: HttpRequest, project: SharedProject, access: Access, **bound: Any) -> HttpResponse:
    """`bound`: a form that was refused, with what was typed."""
    now = clock.now()
    steps = Prefetch("steps", queryset=ActionStep.objects.all())
    plans = ActionPlan.objects.filter(engagement__project=project, engagement__state="in")
    plans = plans.select_related("engagement__organisation__territory__departement").prefetch_related(
        steps, "comments__organisation__territory__departement"
    )
    context = {
        "project": project,
        "access": access,
        "phases": phases_of(project=project),
        "people": list(present(project=project)),
        "entries": list(project.entries.select_related("organisation__territory__departement")[:SHOWN]),
        "coming": project.meetings.filter(end__gte=now).order_by("start"),
        "past": project.meetings.filter(end__lt=now).order_by("-start")[:20],
        "plans": list(plans.order_by("engagement__seated_at", "pk")),
        "entry_form": forms.EntryForm(auto_id="entry_%s"),
        "document_form": forms.DocumentForm(auto_id="document_%s"),
        "meeting_form": forms.MeetingForm(auto_id="meeting_%s"),
        **bound,
    }
    return render(request, "cooperation/projects/space.html", context, status=422 if bound else 200)


def _back(project: SharedProject, anchor: str) -> HttpResponse:
    response = redirect("cooperation:project_space", project.slug)
    response["Location"] += f"#{anchor}"
    return response


def _act(request: HttpRequest, act: Callable[[], object], done: str) -> None:
    try:
        act()
    except (ActionPlan.DoesNotExist, ActionStep.DoesNotExist, ProjectMeeting.DoesNotExist):
        raise Http404 from None
    except AppError as error:
        messages.error(request, _word(error))
    else:
        messages.success(request, done)


def _word(error: AppError) -> str:
    if isinstance(error, NotStakeholder):
        return "Les parties prenantes écrivent ici tant que le projet dure ; les observatrices lisent."
    if isinstance(error, WrongState):
        return "Ce n’est plus possible : quelque chose a changé entre-temps."
    return "Cela n’a pas pu être fait. Réessayez, ou écrivez-nous."


@_inside
@require_POST
def write(request: HttpRequest, project: SharedProject, access: Access) -> HttpResponse:
    form = forms.EntryForm(request.POST, auto_id="entry_%s")
    if not form.is_valid():
        return _show(request, project, access, entry_form=form)
    data = form.cleaned_data
    _act(
        request,
        lambda: writing.write_entry(
            access=access,
            kind=EntryKind(data["nature"]),
            title=data["titre"],
            text=data["texte"],
            is_public=data["publique"],
            user=request.user,  # type: ignore[arg-type]
            now=clock.now(),
        ),
        "C’est écrit au journal.",
    )
    return _back(project, "journal")


@_inside
@require_POST
def document(request: HttpRequest, project: SharedProject, access: Access) -> HttpResponse:
    form = forms.DocumentForm(request.POST, request.FILES, auto_id="document_%s")
    if form.is_valid():
        given = form.cleaned_data["fichier"]
        try:
            writing.add_document(
                access=access,
                title=form.cleaned_data["titre"],
                upload=writing.Upload(name=given.name, data=given.read(writing.LARGEST + 1)),
                is_public=form.cleaned_data["publique"],
                user=request.user,  # type: ignore[arg-type]
                now=clock.now(),
            )
        except DocumentRefused as error:
            form.add_error("fichier", _DOCUMENT[error.why])
        except AppError as error:
            messages.error(request, _word(error))
            return _back(project, "journal")
        else:
            messages.success(request, "Le document est partagé.")
            return _back(project, "journal")
    return _show(request, project, access, document_form=form)


@_inside
@require_POST
def meeting(request: HttpRequest, project: SharedProject, access: Access) -> HttpResponse:
    form = forms.MeetingForm(request.POST, auto_id="meeting_%s")
    if not form.is_valid():
        return _show(request, project, access, meeting_form=form)
    announce = form.cleaned_data["ouverte"]
    done = "La réunion est prévue ; tous ceux qui prennent part au projet sont prévenus."
    if announce:
        done += " La rédaction la publiera dans l’agenda."
    try:
        _act(
            request,
            lambda: writing.plan_meeting(
                access=access,
                values=form.values,
                announce=announce,
                user=request.user,  # type: ignore[arg-type]
                now=clock.now(),
            ),
            done,
        )
    except ValidationError as error:
        form.add_error(None, " ".join(error.messages))
        return _show(request, project, access, meeting_form=form)
    return _back(project, "reunions")


@_inside
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_meeting(request: HttpRequest, project: SharedProject, access: Access, pk: int) -> HttpResponse:
    """Everybody is told at once: what it does is said first."""
    found = get_object_or_404(ProjectMeeting, pk=pk, project=project)
    if request.method != "POST":
        if not access.may_write or found.cancelled_at is not None or found.start <= clock.now():
            return _back(project, "reunions")
        return render(request, "cooperation/projects/meeting_cancel.html", {"project": project, "meeting": found})
    _act(
        request,
        lambda: writing.cancel_meeting(access=access, meeting_id=pk, now=clock.now()),
        "La réunion est annulée ; tout le monde est prévenu.",
    )
    return _back(project, "reunions")


@_inside
@require_safe
def meeting_ics(request: HttpRequest, project: SharedProject, access: Access, pk: int) -> HttpResponse:
    found = get_object_or_404(ProjectMeeting.objects.select_related("project"), pk=pk, project=project)
    url = settings.SITE_URL + reverse("cooperation:project_space", args=[project.slug])
    response = HttpResponse(
        calendars.to_ical(meeting=found, url=url, now=clock.now()), content_type="text/calendar; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="reunion-{pk}.ics"'
    return response


@_inside
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: HttpRequest, project: SharedProject, access: Access) -> HttpResponse:
    """One's own plan: its aims, its steps."""
    try:
        mine = writing.own_plan(access=access)
    except NotStakeholder:
        raise Http404 from None
    aims = forms.AimsForm(initial={"objectifs": mine.aims}, auto_id="aims_%s")
    step = forms.StepForm(auto_id="step_%s")
    status = 200
    if request.method == "POST":
        status = 422
        if "objectifs" in request.POST:
            aims = forms.AimsForm(request.POST, auto_id="aims_%s")
            if aims.is_valid():
                said = aims.cleaned_data["objectifs"]
                _act(request, lambda: writing.set_aims(access=access, aims=said, now=clock.now()), "C’est enregistré.")
                return redirect("cooperation:project_plan", project.slug)
        else:
            step = forms.StepForm(request.POST, auto_id="step_%s")
            if step.is_valid():
                _add_step(request, access, step)
                return redirect("cooperation:project_plan", project.slug)
    context = {"project": project, "plan": mine, "steps": list(mine.steps.all()), "aims_form": aims, "step_form": step}
    return render(request, "cooperation/projects/plan.html", {**context, "states": StepState.choices}, status=status)


def _add_step(request: HttpRequest, access: Access, form: django_forms.Form) -> None:
    data = form.cleaned_data
    _act(
        request,
        lambda: writing.add_step(
            access=access, title=data["etape"], who=data["qui"], due=data["pour"], now=clock.now()
        ),
        "L’étape est ajoutée.",
    )


@_inside
@require_POST
def step(request: HttpRequest, project: SharedProject, access: Access, pk: int) -> HttpResponse:
    """Its state, or its removal."""
    state = request.POST.get("etat", "")
    if state == "retirer":
        _act(
            request,
            lambda: writing.remove_step(access=access, step_id=pk, now=clock.now()),
            "L’étape est retirée.",
        )
    elif state in StepState.values:
        _act(
            request,
            lambda: writing.set_step(access=access, step_id=pk, state=StepState(state), now=clock.now()),
            "C’est enregistré.",
        )
    return redirect("cooperation:project_plan", project.slug)


@_inside
@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: HttpRequest, project: SharedProject, access: Access, pk: int) -> HttpResponse:
    """A peer's plan, its comments, and one's own."""
    plans = ActionPlan.objects.select_related("engagement__organisation__territory__departement")
    found = get_object_or_404(plans, pk=pk, engagement__project=project)
    form = forms.CommentForm(request.POST or None, auto_id="comment_%s")
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["commentaire"]
        _act(
            request,
            lambda: writing.comment_plan(
                access=access,
                plan_id=pk,
                text=text,
                user=request.user,  # type: ignore[arg-type]
                now=clock.now(),
            ),
            "Votre commentaire est ajouté.",
        )
        return redirect("cooperation:project_comment", project.slug, pk)
    context = {
        "project": project,
        "access": access,
        "plan": found,
        "steps": list(found.steps.all()),
        "comments": list(found.comments.select_related("organisation__territory__departement")),
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "cooperation/projects/comment.html", context, status=status)


@require_safe
def file(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """A document, to download: public ones for everybody, the others for those who take part."""
    project = get_object_or_404(SharedProject, slug=slug)
    inside = access_of(user=request.user, project=project, at=clock.now()) is not None
    try:
        found = writing.file_of(project=project, entry_id=pk, inside=inside)
    except ProjectEntry.DoesNotExist:
        raise Http404 from None
    response = FileResponse(
        found.file.open("rb"), as_attachment=True, filename=found.file_name, content_type=found.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    if not found.is_public:
        response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="cooperation.digest", limit=30, period=timedelta(hours=1))
def stop_digest(request: HttpRequest, token: str) -> HttpResponse:
    """From the mail: a page with a button. GET changes nothing."""
    try:
        key = digest.read_stop_token(token)
    except LinkError:
        return render(request, "cooperation/link_unknown.html", status=404)
    form = EmptyForm(request.POST or None)
    done = request.method == "POST" and form.is_valid() and digest.set_digest(engagement_id=key, wanted=False)
    return render(request, "cooperation/projects/digest.html", {"form": form, "done": done})
