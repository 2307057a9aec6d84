"""The checks of a letter while somebody writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.template.loader import render_to_string
from wagtail.admin.views.pages.preview import PreviewOnEditView

from commun.common import french
from commun.common.errors import AppError
from commun.newsletters.models import IssuePage
from commun.newsletters.rendering import Finding
from commun.newsletters.rendering.checks import HTML_MAX
from commun.newsletters.selectors.places import address_of, pointed, refused
from commun.newsletters.services.freeze import freeze
from commun.newsletters.wording import say, say_findings

_A_MINUTE = 230  # words


class LiveChecks(PreviewOnEditView):
    """What was typed is read as Wagtail's preview reads it, and kept nowhere."""

    http_method_names = ("post",)

    def get_object(self) -> Any:
        page = super().get_object()
        if not isinstance(page, IssuePage):
            raise Http404
        return page

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        form = self.get_form(request.POST)
        shown: dict[str, Any] = {"refusals": (), "findings": (), "editable": True, "measured": ""}
        if not self.validate_form(form):
            shown["refusals"] = [
                (address_of(place=place, issue=self.object), words) for place, words in _refusals(form)
            ]
            said = f"À corriger d’abord : {french.count(len(shown['refusals']), 'champ')}."
        else:
            issue = form.save(commit=False)
            findings, shown["measured"] = _checked(issue)
            shown["findings"] = pointed(findings=findings, issue=issue)
            said = say_findings(findings)
        html = render_to_string("newsletters/admin/live.html", {"said": said, **shown}, request=request)
        return JsonResponse({"html": html, "count": len(shown["refusals"] or shown["findings"]), "said": said})


def _checked(issue: IssuePage) -> tuple[tuple[Finding, ...], str]:
    """What is found, and a sentence on how long it is."""
    try:
        frozen = freeze(issue=issue)
    except AppError as error:
        return (Finding(error.code, "blocking", say(error)),), ""
    words, weight = len(frozen.documents.text.split()), len(frozen.documents.email.encode())
    length = f"{french.count(words, 'mot')}, soit {french.count(max(1, round(words / _A_MINUTE)), 'minute')} de lecture"
    return frozen.findings, f"{length} ; le message pèse {french.weight(weight)} sur {french.weight(HTML_MAX)}."


def _refusals(form: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """(place, words) of what the form itself would not take."""
    for name, errors in form.errors.as_data().items():
        label = form.fields[name].label if name in form.fields else ""
        for error in errors:
            field = form.fields.get(name)
            value = field.widget.value_from_datadict(form.data, form.files, form.add_prefix(name)) if field else None
            for place, message in refused(error=error, value=value, place=(name,)):
                yield place, f"{label} : {message}" if label else message
