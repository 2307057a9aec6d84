"""Who agreed to what a send carries: for the sealed proof of `mailing`."""

from __future__ import annotations

from typing import Any

from commun.newsletters.models import Erratum, Submission
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


def proof_of_erratum(send_id: int) -> dict[str, Any]:
    """The same of what put a letter right."""
    erratum = (
        Erratum.objects.select_related("issue", "written_by", "approved_by", "message").filter(send=send_id).first()
    )
    if erratum is None or erratum.approved_at is None:
        return {}
    return {
        "rectifie_le_numero": erratum.issue.number,
        "rectifie_l_envoi": erratum.corrects_id,
        "raison": erratum.reason,
        "ecrit_par": str(erratum.written_by),
        "ecrit_le": erratum.written_at.isoformat(timespec="seconds"),
        "approbations": [
            {
                "par": str(erratum.approved_by),
                "le": erratum.approved_at.isoformat(timespec="seconds"),
                "empreinte_approuvee": erratum.message.hash,
            }
        ],
    }
