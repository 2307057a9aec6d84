"""Who agreed to what a send carries: for the sealed proof of `mailing`."""

from __future__ import annotations

from typing import Any

from commun.newsletters.models import Submission
from commun.newsletters.selectors.issues import valid_approvals


def proof_of_send(send_id: int) -> dict[str, Any]:
    """JSON-ready; empty where the send carries no issue of ours."""
    submission = Submission.objects.select_related("message", "issue", "submitted_by").filter(send=send_id).first()
    if submission is None:
        return {}
    return {
        "numero": submission.issue.number,
        "titre": submission.issue.title,
        "soumis_par": str(submission.submitted_by or ""),
        "soumis_le": submission.submitted_at.isoformat(timespec="seconds"),
        "empreinte_du_contenu": submission.content_hash,
        "approbations": [
            {
                "par": str(approval.by),
                "le": approval.at.isoformat(timespec="seconds"),
                "empreinte_approuvee": approval.message_hash,
            }
            for approval in valid_approvals(submission=submission)
        ],
    }
