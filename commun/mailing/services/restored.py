"""What becomes of mail in a database that was copied a while ago: nobody knows any more what left since."""

from __future__ import annotations

REASON = "restored"
# SQL, and of columns that every version has: said in the transaction that brings the copy back, before migrations, so
# that no worker ever sees the sends as they were. A send to come waits too: it may have been brought forward since.
HOLD = (
    (
        "UPDATE mailing_send SET state = 'held', state_reason = 'restored'"
        " WHERE state IN ('scheduled', 'freezing', 'sending')"
    ),
    # A code is of no use by now; what else waited at that very second most likely left.
    (
        "UPDATE mailing_servicemail SET state = 'excluded', reason = 'restored', not_before = NULL,"
        " settled_at = CURRENT_TIMESTAMP WHERE state IN ('pending', 'deferred')"
    ),
)
