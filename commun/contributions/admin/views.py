"""The team's screens: the inbox, and one contribution beside the draft it would become. GET changes nothing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.admin.auth import permission_required
from wagtail.models import Page

from commun.common import clock
from commun.common.screens import show_screen
from commun.contributions.admin import forms
from commun.contributions.admin.highlighting import marked, spans_of
from commun.contributions.models import Contribution, Event, Message
from commun.contributions.selectors.board import read_board
from commun.contributions.selectors.contributions import MODERATE, get_contribution_for
from commun.contributions.selectors.inbox import HEAPS, WAITING, Filters, heap_counts, inbox
from commun.contributions.selectors.needs import asked_in
from commun.contributions.selectors.similar import similar_to
from commun.contributions.services import handing_on, lifecycle
from commun.contributions.services.drafting import PAGES
from commun.contributions.types import OPEN, Act, Direction, FileState, Kind, State, Trust, state_label
from commun.contributions.views.page import sent_file
from commun.library.api import Missing

_HEAP_LABELS = {
    "a-traiter": "À traiter",
    "en-attente": "En attente de réponse",
    "retenues": "Retenues",
    "publiees": "Publiées",
    "closes": "Closes",
    "indesirables": "Indésirables",
}
_MISSING = {
    Missing.PUBLICATION: "la publication de la page de la thématique",
    Missing.COVER: "une image de couverture",
    Missing.QUESTION: "la question posée aux lecteurs",
    Missing.DEADLINE: "une date limite",
    Missing.EXPERIENCE: "une expérience",
    Missing.METHOD: "un article, un guide ou un kit",
    Missing.CONCEPT: "un concept",
}
_OLD_DAYS = 7
_SHOWN_FROM = 0.3
_SHOWN_INLINE = {"image/jpeg", "image/png", "image/webp"}


@permission_required(MODERATE)
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    form = forms.FilterForm(request.GET)
    form.is_valid()
    data = form.cleaned_data
    theme = data.get("thematique")
    filters = Filters(
        heap=next((heap for heap in HEAPS if heap == data.get("tas")), "a-traiter"),
        kind=data.get("nature", ""),
        theme_id=theme.pk if theme else None,
        holder=data.get("a", ""),
        words=data.get("q", ""),
    )
    page = inbox(filters=filters, user=request.user, beyond=data.get("avant"))  # type: ignore[arg-type]
    counts = heap_counts(filters=filters, user=request.user)  # type: ignore[arg-type]
    kept = {name: request.GET[name] for name in ("nature", "thematique", "a", "q") if request.GET.get(name)}
    now = clock.now()
    context = {
        "form": form,
        "heap": filters.heap,
        "heaps": [
            (heap, label, counts[heap], urlencode({"tas": heap, **kept})) for heap, label in _HEAP_LABELS.items()
        ],
        "rows": [(row, _summary(row), (now - row.received_at).days) for row in page.rows],
        "old_days": _OLD_DAYS,
        "oldest_first": filters.heap in WAITING,
        "next": urlencode({"tas": filters.heap, **kept, "avant": page.next}) if page.next else "",
    }
    return screen(request, "index", "Contributions", context)


@permission_required(MODERATE)
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """What the next issue still lacks, as a picture with its table."""
    found = read_board(today=clock.today())
    context = {
        "board": found,
        "missing": [_MISSING[code] for code in found.entry.missing] if found.entry else [],
        "given": [(kind.label, count) for kind, count in found.given.items()],
    }
    return screen(request, "board", "Ce qui manque au prochain numéro", context)


def _summary(row: Contribution) -> dict[str, Any]:
    """What a line of the inbox says, and whether it is only understood."""
    guessed = {one["field"]: one["label"] for one in reversed(row.suggestions) if one["confidence"] >= 0.5}
    return {
        "state": state_label(kind=row.kind, state=row.state),
        "territory": row.territory.label if row.territory else guessed.get("territory", ""),
        "theme": row.theme.title if row.theme else guessed.get("theme", ""),
        "session": guessed.get("session", ""),
        "doubtful": row.trust == Trust.FAILING,
    }


@permission_required(MODERATE)
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, find(request, pk))


def find(request: HttpRequest, pk: int) -> Contribution:
    try:
        return get_contribution_for(user=request.user, pk=pk)  # type: ignore[arg-type]
    except Contribution.DoesNotExist:
        raise Http404 from None


def show(request: HttpRequest, row: Contribution, *, opened: str = "", **bound: Any) -> HttpResponse:
    """The page of one contribution; `bound`: forms that were refused, with what was typed; `opened`: whose panel."""
    files = list(row.files.all())
    events = list(row.events.select_related("by", "undone_by").order_by("pk"))
    latest = lifecycle.last_undoable(contribution=row)
    context = {
        "contribution": row,
        "state": state_label(kind=row.kind, state=row.state),
        "is_open": row.state in OPEN,
        "makes_page": Kind(row.kind) in PAGES,
        "is_question": row.kind == Kind.QUESTION,
        "may_accept": row.state in OPEN and row.kind != Kind.QUESTION,
        "needs_vouching": row.trust != Trust.PROVEN,
        "thread": _thread(row),
        "asked_in": asked_in(row=row),
        "followed_in": handing_on.worked_on_at(became=row.became),
        "guesses": _guesses(row),
        "known_page": Page.objects.filter(pk=row.fields.get("known_page") or 0).first() if row.state in OPEN else None,
        "files": files,
        "similar": similar_to(contribution=row) if row.state in OPEN else [],
        "log": [(event, _said(event)) for event in events],
        "undoable": latest,
        "parts": list(row.parts.all()),
        "merged": list(row.merged.all()),
        "opened": opened,
        "draft_form": forms.DraftForm(row=row),
        "alternatives": forms.AlternativesForm(files=files),
        "ask_form": forms.AskForm(auto_id="ask_%s"),
        "answer_form": forms.AnswerForm(auto_id="answer_%s"),
        "decline_form": forms.DeclineForm(auto_id="decline_%s"),
        "merge_form": forms.MergeForm(auto_id="merge_%s"),
        "split_form": forms.SplitForm(files=files, auto_id="split_%s", initial={"kind": row.kind}),
        "assign_form": forms.AssignForm(auto_id="assign_%s", initial={"to": row.assigned_to_id}),
        **bound,
    }
    return screen(request, "detail", row.title, context, status=422 if bound else 200)


_GUESSED = {
    "kind": "Nature",
    "title": "Titre",
    "link": "Lien",
    "registration": "Inscription",
    "video": "Visioconférence",
    "territory": "Territoire",
    "session": "Date",
    "cancelled": "État",
    "deadline": "Date limite",
    "place": "Lieu",
    "online": "À distance",
    "organisation": "Structure",
    "theme": "Thématique",
}


def _guesses(row: Contribution) -> list[dict[str, str]]:
    """What was understood, the unlikely left out: what it is about, what it says, why."""
    kinds = dict(Kind.choices)
    return [
        {
            "about": _GUESSED.get(one["field"], ""),
            "label": one["label"] or str(kinds.get(str(one["value"]), "")),
            "why": one["why"],
        }
        for one in row.suggestions
        if one["confidence"] >= _SHOWN_FROM
    ]


def _thread(row: Contribution) -> list[dict[str, Any]]:
    """Messages of this conversation and of those merged into it; the first has its evidence marked."""
    found = Message.objects.filter(contribution__in=[row.pk, *row.merged.values_list("pk", flat=True)])
    rows = list(found.order_by("at", "pk"))
    first = next((one for one in rows if one.direction == Direction.IN and one.contribution_id == row.pk), None)
    return [
        {
            "message": one,
            "text": marked(one.text, spans_of(row.suggestions, where="body") if one is first else ()),
            "subject": marked(one.subject, spans_of(row.suggestions, where="subject") if one is first else ()),
        }
        for one in rows
    ]


_SAID = {
    (Act.CLAIM, "button"): "par le bouton",
    (Act.CLAIM, "answer"): "par sa réponse",
    (Act.CLAIM, "vouched"): "par la modération",
    (Act.ANSWER, "invitation"): "l’invitation a changé",
    (Act.ANSWER, "feed"): "le flux du partenaire dit autre chose",
    (Act.ANSWER, "called_off"): "l’événement est annulé",
    (Act.ANSWER, "session"): "une séance a changé",
    (Act.ANSWER, "session_called_off"): "une séance est annulée",
    (Act.EDIT, "contributor"): "par son auteur ou son autrice",
    (Act.PUBLISH, "issue"): "dans la lettre",
}


def _said(event: Event) -> str:
    """What the log adds to the name of the act."""
    if event.act == Act.UNDO:
        return Act(event.words).label if event.words in Act.values else ""
    if event.act == Act.SPAM and event.words:
        return "automatiquement"
    return _SAID.get((Act(event.act), event.words), "")


@permission_required(MODERATE)
@require_safe
def file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file, to download; pictures, which we wrote again ourselves, are shown in place."""
    found = find(request, pk).files.filter(pk=file, state=FileState.KEPT).first()
    if found is None:
        raise Http404
    response = sent_file(found)
    if found.content_type in _SHOWN_INLINE:
        response["Content-Disposition"] = "inline"
    return response


def screen(request: HttpRequest, name: str, title: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    template, steps = f"contributions/admin/{name}.html", [("contributions_team:index", "Contributions")]
    context = {"State": State, **context}
    return show_screen(request, template, title=title, icon="mail", steps=steps, context=context, status=status)
