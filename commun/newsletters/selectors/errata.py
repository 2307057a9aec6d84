"""What there is to put right by mail, and what was."""

from __future__ import annotations

from collections.abc import Sequence

from commun.mailing.types import OVER, SendState
from commun.newsletters.models import Correction, Erratum, IssuePage, Submission

# Nobody receives it meanwhile: what puts it right is prepared, and leaves once it is over.
AT_REST = frozenset((*OVER, SendState.PAUSED, SendState.HELD))


def begun_submission(*, issue: IssuePage) -> Submission | None:
    """The one that people received, wherever its send stands."""
    begun = Submission.objects.filter(issue=issue, send__started_at__isnull=False)
    return begun.select_related("send", "issue").order_by("-pk").first()


def sent_submission(*, issue: IssuePage) -> Submission | None:
    """The same, once its send is over, or while it is paused or held."""
    begun = begun_submission(issue=issue)
    return begun if begun is not None and begun.send is not None and begun.send.state in AT_REST else None


def suggested_words(*, issue: IssuePage) -> str:
    """What was put right on the web edition since the last message about it, to begin from."""
    told = Erratum.objects.filter(issue=issue, send__isnull=False).order_by("-pk").first()
    made = Correction.objects.filter(issue=issue, **({"at__gt": told.written_at} if told else {}))
    return "\n\n".join(f"Nous avions écrit : « {one.wrong} ». Il faut lire : « {one.right} »." for one in made)


def errata_of(*, issue: IssuePage) -> Sequence[Erratum]:
    """The latest first; those withdrawn left out."""
    found = Erratum.objects.filter(issue=issue, withdrawn_at__isnull=True)
    return list(found.select_related("send", "message", "written_by", "approved_by"))


def standing_errata() -> dict[int, Erratum]:
    """Those that have not left, by the key of their issue."""
    return {one.issue_id: one for one in Erratum.objects.filter(withdrawn_at__isnull=True, send__isnull=True)}


def standing_erratum(*, issue: IssuePage) -> Erratum | None:
    """The one that has not left."""
    return Erratum.objects.filter(issue=issue, withdrawn_at__isnull=True, send__isnull=True).first()
