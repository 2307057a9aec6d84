"""What anybody needs to redo the count at home."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.http import require_safe

from commun.common.kept import kept
from commun.votes.selectors.boxes import box_lines, electorate_lines
from commun.votes.types import VoteState
from commun.votes.views.pages import public_vote

TYPE = "application/jsonl; charset=utf-8"


@require_safe
def box(request: HttpRequest, slug: str) -> HttpResponseBase:
    vote = public_vote(slug)
    if not vote.box_is_public:
        raise Http404
    return _file(StreamingHttpResponse(box_lines(vote=vote), content_type=TYPE), f"urne-{vote.slug}.jsonl")


@require_safe
def electorate(request: HttpRequest, slug: str) -> HttpResponseBase:
    vote = public_vote(slug)
    if vote.state == VoteState.SCHEDULED:
        raise Http404
    lines = electorate_lines(vote=vote)
    return _file(StreamingHttpResponse(lines, content_type=TYPE), f"electeurs-{vote.slug}.jsonl")


@kept()
@require_safe
def program(request: HttpRequest) -> HttpResponseBase:
    source = (Path(settings.BASE_DIR) / "tools" / "recount.py").read_bytes()
    return _file(HttpResponse(source, content_type="text/x-python"), "recount.py")


def _file(response: HttpResponseBase, name: str) -> HttpResponseBase:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
