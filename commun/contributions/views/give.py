"""Giving something by a form: one page per step, no account, no cookie, no script needed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from commun.accounts.models import User
from commun.cms.api import get_network
from commun.common import clock, ratelimit, signing
from commun.common.characters import clean_name
from commun.common.errors import LinkError, RateLimited
from commun.common.guard import anonymous_form
from commun.common.kept import kept
from commun.contributions import links
from commun.contributions.exceptions import FormGone, FormIncomplete
from commun.contributions.forms import form_class
from commun.contributions.forms.around import ConfirmForm, FilesForm, LaterForm, ReviewForm
from commun.contributions.models import FormDraft
from commun.contributions.selectors.needs import meanwhile
from commun.contributions.selectors.thanked import thanked
from commun.contributions.services import draft_files, giving
from commun.contributions.steps import SLUG_OF, SLUGS, STEPS, Step, after, before, first_missing, progress
from commun.contributions.story import is_story
from commun.contributions.types import Kind
from commun.contributions.views import wording
from commun.contributions.views.values import initial_of, values_of
from commun.cooperation.api import start_behind
from commun.library.api import open_calls
from commun.territories.api import memberships_of

_HOUR = timedelta(hours=1)
_UNASKED = {"nature", "demarche", "thematique"}
# Of one visitor: six forms filled to the brim. Each costs a worker some seconds.
MOST_FILES_AN_HOUR = 60


def _user(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


@kept()
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What can be given, and the addresses for those who prefer to write."""
    calls = open_calls(today=clock.today())
    context = {"ways": wording.WAYS, "network": get_network(), "calls": calls, "thanked": thanked().exists()}
    return render(request, "contributions/choose.html", context)


@kept("page")
@require_safe
def thanked_people(request: HttpRequest) -> HttpResponse:
    found = Paginator(thanked(), 50).get_page(request.GET.get("page"))
    return render(request, "contributions/thanked.html", {"found": found})


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="contribute", limit=120, period=_HOUR)
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step. Nothing is kept until it is filled."""
    kind = SLUGS.get(slug)
    if kind is None:
        raise Http404
    asked = _asked(request)
    begun = start_behind(token=request.GET.get("demarche", ""), at=clock.now()) if kind is Kind.RESOURCE else None
    form = form_class(kind=kind, step=Step.WHAT, story=begun is not None)(request.POST or None, initial=asked)
    if request.method == "POST" and form.is_valid():
        values = values_of(form=form)
        if begun is not None:
            values |= {"nature": "experience", "demarche": begun.reference}
        if Step.WHERE in STEPS[kind]:
            values.setdefault("thematique", asked["thematique"])  # proposed two steps further
        draft = giving.start_draft(kind=kind, values=values, user=_user(request), now=clock.now())
        return _go(token=links.form_token(key=draft.key), step=after(kind=kind, step=Step.WHAT))
    return _show(request, kind=kind, step=Step.WHAT, form=form, story=begun is not None)


def _asked(request: HttpRequest) -> dict[str, str]:
    """A link of the letter may say which theme it is about."""
    return {"thematique": request.GET.get("thematique", "")[:80]}


@require_safe
def resume(request: HttpRequest, token: str) -> HttpResponse:
    """Where one left off."""
    draft = _find(token)
    if draft is None:
        return _gone(request)
    missing = first_missing(kind=Kind(draft.kind), filled=set(draft.data))
    return _go(token=token, step=missing or Step.REVIEW)


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="contribute", limit=120, period=_HOUR)
def step(request: HttpRequest, token: str, step: str) -> HttpResponse:
    draft = _find(token)
    if draft is None:
        return _gone(request)
    kind = Kind(draft.kind)
    if step not in STEPS[kind]:
        raise Http404
    here = Step(step)
    if here is Step.REVIEW:
        return _review(request, draft=draft, token=token)
    if here is Step.FILES:
        return _files(request, draft=draft, token=token)
    made = form_class(kind=kind, step=here, story=_is_story(draft))
    asked = {"thematique": draft.data[Step.WHAT.value].get("thematique", "")}
    options: dict[str, Any] = {"initial": {**asked, **initial_of(values=draft.data.get(step, {}))}}
    if here is Step.YOU and (user := _user(request)):
        options["known_address"] = user.email
        options["acts_for"] = [one.organisation for one in memberships_of(user=user, at=clock.now())]
        options["initial"].setdefault("nom", user.get_full_name())
    if here is Step.WHERE and (user := _user(request)):
        options["initial"].setdefault("territoire", _own_place(user))
    form = made(request.POST or None, **options)
    if request.method == "POST" and form.is_valid():
        values = values_of(form=form)
        if here is Step.WHAT:  # what the first step holds without asking it is not lost when it is filled again
            values = {name: kept for name, kept in draft.data[step].items() if name in _UNASKED} | values
        try:
            giving.keep_step(draft_id=draft.pk, step=here, values=values, user=_user(request), now=clock.now())
        except FormGone:
            return _gone(request)
        return _go(token=token, step=Step.REVIEW if "relire" in request.POST else after(kind=kind, step=here))
    return _show(request, kind=kind, step=here, form=form, draft=draft, token=token)


def _own_place(user: User) -> str:
    """Of whoever acts for one place; "" for whoever may mean another."""
    places = {one.organisation.place for one in memberships_of(user=user, at=clock.now())}
    keys = {place.key for place in places if place is not None}
    return keys.pop() if len(keys) == 1 else ""


def _is_story(draft: FormDraft) -> bool:
    return is_story(draft.data.get(Step.WHAT.value, {}))


def _files(request: HttpRequest, *, draft: FormDraft, token: str) -> HttpResponse:
    try:
        return _take_files(request, draft=draft, token=token)
    except FormGone:
        return _gone(request)


def _take_files(request: HttpRequest, *, draft: FormDraft, token: str) -> HttpResponse:
    """Files are taken in as soon as they are sent, even where something else of the step is to be corrected."""
    kind, now = Kind(draft.kind), clock.now()
    refused: list[tuple[str, str]] = []
    if request.method == "POST":
        for gone in request.POST.getlist("retirer"):
            draft_files.remove_file(draft=draft, file_id=int(gone[:9]) if gone.isdecimal() else 0)
        refused = _add(request, draft=draft)
    only_files = "ajouter" in request.POST
    posted = request.POST if request.method == "POST" and not only_files else None
    initial = initial_of(values={**draft.data.get(Step.FILES.value, {}), **_as_typed(request, only_files)})
    form = FilesForm(posted, initial=initial, kept=draft.files.all())
    if form.is_bound and form.is_valid() and not refused:
        draft_files.describe(draft=draft, alternatives=form.alternatives)
        giving.keep_step(draft_id=draft.pk, step=Step.FILES, values=values_of(form=form), user=_user(request), now=now)
        return _go(token=token, step=Step.REVIEW if "relire" in request.POST else after(kind=kind, step=Step.FILES))
    worded = [(name, wording.REFUSED[reason]) for name, reason in refused]
    return _show(request, kind=kind, step=Step.FILES, form=form, draft=draft, token=token, refused=worded)


def _add(request: HttpRequest, *, draft: FormDraft) -> list[tuple[str, str]]:
    """Put the files of this request in line; (name, why) of the others."""
    given = [file for file in request.FILES.getlist("fichiers") if file.size]
    if not given:
        return []
    try:
        ratelimit.hit(
            scope="contribute.files",
            who=ratelimit.client_address(request),
            limit=MOST_FILES_AN_HOUR,
            period=_HOUR,
            amount=len(given),
        )
    except RateLimited:
        return [(clean_name(file.name or "")[:150], "often") for file in given]
    return draft_files.add_files(draft_id=draft.pk, given=given, now=clock.now())


def _as_typed(request: HttpRequest, only_files: bool) -> dict[str, str]:
    """What was chosen or written before a file was added or taken out stays on the page."""
    names = ["licence", "droits", *(name for name in request.POST if name.startswith("description_"))]
    return {name: request.POST[name][:300] for name in names if name in request.POST} if only_files else {}


def _review(request: HttpRequest, *, draft: FormDraft, token: str, error: str = "") -> HttpResponse:
    missing = first_missing(kind=Kind(draft.kind), filled=set(draft.data))
    if missing is not None:
        return _go(token=token, step=missing)
    context = {
        "draft": draft,
        "token": token,
        "form": ReviewForm(),
        "parts": wording.review(draft=draft),
        "preview": wording.preview(draft=draft),
        "known": _user(request),
        "error": error,
        "later": LaterForm(prefix="lien"),
        "alike": wording.alike(draft=draft),
        **_frame(kind=Kind(draft.kind), step=Step.REVIEW, token=token, story=_is_story(draft)),
    }
    return render(request, "contributions/review.html", context, status=422 if error else 200)


@require_http_methods(["POST"])
@anonymous_form(scope="contribute.send", limit=30, period=_HOUR)
def send(request: HttpRequest, token: str) -> HttpResponse:
    draft = _find(token)
    if draft is None:
        return _gone(request)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _review(request, draft=draft, token=token, error=str(form.non_field_errors()[0]))
    try:
        given = giving.give(draft_id=draft.pk, user=_user(request), now=clock.now())
    except FormIncomplete as error:
        return _go(token=token, step=Step(error.step))
    except FormGone:
        return _gone(request)
    if given.contribution is not None:
        return _thank(request, given)
    return render(request, "contributions/asked.html", {"draft": given, "token": token, "days": giving.KEPT.days})


@require_http_methods(["POST"])
@anonymous_form(scope="contribute.send", limit=30, period=_HOUR)
def correct(request: HttpRequest, token: str) -> HttpResponse:
    """Given, never confirmed: the address may be wrong. Open the form again where it is asked."""
    try:
        giving.take_up(key=signing.unsign(purpose=links.FORM, token=token), now=clock.now())
    except (LinkError, FormGone):
        return _gone(request)
    return _go(token=token, step=Step.YOU)


@require_http_methods(["POST"])
@anonymous_form(scope="contribute.link", limit=5, period=_HOUR)
def later(request: HttpRequest, token: str) -> HttpResponse:
    """Send the link that opens the form again."""
    draft = _find(token)
    if draft is None:
        return _gone(request)
    form = LaterForm(request.POST, prefix="lien")
    if form.is_valid():
        giving.send_link(draft=draft, address=form.cleaned_data["adresse_lien"])
        return render(request, "contributions/link_sent.html", {"token": token, "days": giving.KEPT.days})
    return render(request, "contributions/later.html", {"form": form, "token": token}, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@anonymous_form(scope="contribute.confirm", limit=60, period=_HOUR)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page of the message that proves an address; opening it does nothing."""
    try:
        key = signing.unsign(purpose=links.CONFIRM, token=token)
    except LinkError:
        return _gone(request)
    draft = FormDraft.objects.filter(key=key).exclude(given_at=None).first()
    if draft is None:
        return _gone(request)
    if draft.contribution is not None:
        return _thank(request, draft)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            giving.confirm_address(key=key, now=clock.now())
        except FormGone:
            return _gone(request)
        draft.refresh_from_db()
        return _thank(request, draft)
    return render(request, "contributions/confirm.html", {"draft": draft, "form": form})


def _thank(request: HttpRequest, draft: FormDraft) -> HttpResponse:
    contribution = draft.contribution
    url = links.page_url(reference=contribution.reference) if contribution else ""
    found = meanwhile(row=contribution, now=clock.now()) if contribution else []
    return render(request, "contributions/thanks.html", {"contribution": contribution, "url": url, "meanwhile": found})


def _find(token: str) -> FormDraft | None:
    """The form of a link, while it is being filled."""
    try:
        key = signing.unsign(purpose=links.FORM, token=token)
    except LinkError:
        return None
    return FormDraft.objects.select_related("user").filter(key=key, given_at=None).first()


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "contributions/form_gone.html", {"days": giving.KEPT.days}, status=410)


def _go(*, token: str, step: Step) -> HttpResponse:
    """The address of a form stays the same from step to step: it may be a bookmark."""
    return redirect("contributions:step", token, step.value)


def _frame(*, kind: Kind, step: Step, token: str = "", story: bool = False) -> dict[str, Any]:
    previous = before(kind=kind, step=step)
    return {
        "kind": kind,
        "way": wording.STORY if story else wording.WAY_OF[kind],
        "story": story,
        "slug": SLUG_OF[kind],
        "progress": progress(kind=kind, step=step),
        "previous": previous.value if previous else "",
        "token": token,
        "days": giving.KEPT.days,
    }


def _show(
    request: HttpRequest,
    *,
    kind: Kind,
    step: Step,
    form: Any,
    draft: FormDraft | None = None,
    token: str = "",
    refused: list[tuple[str, str]] | None = None,
    story: bool = False,
) -> HttpResponse:
    context = {
        "refused": refused,
        "form": form,
        "draft": draft,
        "alike": wording.alike(draft=draft) if draft is not None and step is Step.WHERE else [],
        "complete": draft is not None and first_missing(kind=kind, filled=set(draft.data)) is None,
        **_frame(kind=kind, step=step, token=token, story=story or (draft is not None and _is_story(draft))),
    }
    status = 422 if form.is_bound or refused else 200
    return render(request, f"contributions/step_{step.name.lower()}.html", context, status=status)
