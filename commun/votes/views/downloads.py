"""What anybody needs to redo the count at home."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.views.decorators.http import require_safe

from commun.votes.selectors.boxes import box_lines, electorate_lines
from commun.votes.types import VoteState
from commun.votes.views.pages import public_vote

TYPE = "application/jsonl; charset=utf-8"


@require_safe
def box(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    vote = public_vote(slug)
    if not vote.is_over:
        raise Http404
    return _file(StreamingHttpResponse(box_lines(vote=vote), content_type=TYPE), f"urne-{vote.slug}.jsonl")


@require_safe
def electorate(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    vote = public_vote(slug)
    if vote.state == VoteState.SCHEDULED:
        raise Http404
    lines = electorate_lines(vote=vote)
    return _file(StreamingHttpResponse(lines, content_type=TYPE), f"electeurs-{vote.slug}.jsonl")


@require_safe
def program(request: HttpRequest) -> FileResponse:
    path = Path(settings.BASE_DIR) / "tools" / "recount.py"
    return FileResponse(path.open("rb"), as_attachment=True, filename="recount.py", content_type="text/x-python")


def _file(response: StreamingHttpResponse, name: str) -> StreamingHttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
