"""Bringing a file: it is tried, shown, added; what could not be read is given back; all of it can be undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.auth import permission_required

from commun.common import clock
from commun.common.spreadsheets import stream_csv
from commun.subscribers import wording
from commun.subscribers.admin.forms import ColumnsForm, GiveBackForm, ImportForm
from commun.subscribers.admin.screens import render_screen
from commun.subscribers.exceptions import FileTooLarge, UnreadableFile, WorkMoved
from commun.subscribers.models import Import
from commun.subscribers.selectors.imports import Columns, columns_of, list_imports, read_report
from commun.subscribers.services import files
from commun.subscribers.types import ImportState, LegalBasis

SHOWN_REFUSALS = 20


@permission_required("subscribers.add_subscriber")
@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        row = _bring(form, request, grounds=form.cleaned_data | {"basis": form.legal_basis})
        if row is not None:
            return redirect("subscribers_team:import_file", row.pk)
    context = {"form": form, "imports": list_imports()}
    return render_screen(request, "imports", "Importer un fichier", context)


def _bring(form: Any, request: HttpRequest, *, grounds: dict[str, Any], given_back: Import | None = None) -> Any:
    file = form.cleaned_data["file"]
    try:
        return files.bring_file(
            stream=file.file,
            name=file.name,
            basis=grounds["basis"],
            source=grounds["source"],
            topics=grounds["topics"],
            by=request.user,
            now=clock.now(),
            given_back=given_back,
        )
    except FileTooLarge:
        form.add_error("file", "Ce fichier dépasse 50 Mo : passez par la commande import_subscribers.")
    except UnreadableFile as error:
        form.add_error("file", str(error))
    return None


@permission_required("subscribers.add_subscriber")
@require_http_methods(["GET"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Import.objects.select_related("by", "given_back"), pk=pk)
    state = ImportState(row.state)
    columns = (
        columns_of(row=row, today=clock.today())
        if state in (ImportState.TRIED, ImportState.UNREADABLE) and not row.purged_at
        else None
    )
    context = {
        "row": row,
        "report": read_report(row=row),
        "basis": wording.basis_label(row.basis),
        "topics": [topic.name for topic in row.topics.all()],
        "columns": columns,
        "columns_named": columns.names[columns.chosen] if columns and columns.chosen < len(columns.names) else "",
        "column_form": _columns_form(columns) if columns else None,
        "refusals": row.refusals.all()[:SHOWN_REFUSALS],
        "refused": row.refusals.count(),
        "give_back": GiveBackForm(),
        "moving": state in (ImportState.TRYING, ImportState.ADDING, ImportState.UNDOING),
        "undoable": files.untouched(row=row).count() if state == ImportState.DONE else 0,
        "again": list(row.again.all()),
    }
    return render_screen(request, "import", row.name, context)


@permission_required("subscribers.add_subscriber")
@require_POST
def act(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """`what`: essayer, ajouter, abandonner, defaire."""
    row = get_object_or_404(Import, pk=pk)
    now = clock.now()
    try:
        if what == "essayer":
            columns = columns_of(row=row, today=clock.today())
            form = ColumnsForm(request.POST, columns=columns.names if columns else [])
            if form.is_valid():
                read = form.cleaned_data
                files.try_again(pk=pk, column=read["column"], others=read["others"], now=now)
            else:
                messages.error(request, " ".join(str(words) for found in form.errors.values() for words in found))
        else:
            _ACTS[what](pk=pk, now=now)
    except WorkMoved:
        messages.error(request, "Ce fichier n’en est plus là : voyez ci-dessous où il en est.")
    return redirect("subscribers_team:import_file", pk)


def _columns_form(columns: Columns) -> ColumnsForm:
    others = {other.value: at for other, at in columns.others.items()}
    return ColumnsForm(columns=columns.names, initial={"column": columns.chosen, **others})


_ACTS: dict[str, Any] = {"ajouter": files.add_people, "abandonner": files.set_aside, "defaire": files.undo}


@permission_required("subscribers.add_subscriber")
@require_POST
def give_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The refused lines, mended: on the same grounds as the file they come from."""
    row = get_object_or_404(Import, pk=pk)
    form = GiveBackForm(request.POST, request.FILES)
    if form.is_valid():
        grounds = {"basis": LegalBasis(row.basis), "source": row.source, "topics": list(row.topics.all())}
        brought = _bring(form, request, grounds=grounds, given_back=row)
        if brought is not None:
            return redirect("subscribers_team:import_file", brought.pk)
    for said in form.errors.get("file", []):
        messages.error(request, str(said))
    return redirect("subscribers_team:import_file", pk)


@permission_required("subscribers.add_subscriber")
@require_POST
def refused(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """One mends the first column, and gives the file back. The reason is a sentence: « adresse invalide » alone would
    be read as the status that other tools give to whom they put out."""
    row = get_object_or_404(Import, pk=pk)
    # Under headings that this site reads: whoever is mended keeps what the file said of her.
    more = [other for other in wording.COLUMNS if row.refusals.filter(others__has_key=other.value).exists()]
    lines = (
        (one.cell, one.line, f"refusée : {one.why}", *(one.others.get(other.value, "") for other in more))
        for one in row.refusals.iterator(chunk_size=1000)
    )
    header = ("courriel", "ligne du fichier", "raison du refus", *(wording.COLUMNS[other].lower() for other in more))
    response = StreamingHttpResponse(stream_csv(header=header, rows=lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="lignes-refusees-{row.pk}.csv"'
    return response
