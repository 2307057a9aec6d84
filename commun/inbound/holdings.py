"""What this room keeps of people, as the page on personal data tells it."""

from __future__ import annotations

from commun.common import french
from commun.common.privacy import Holding
from commun.inbound.models import RawBody, RawMessage
from commun.inbound.registry import KEEP
from commun.inbound.services import processing

ROWS = (
    Holding(
        of="qui nous écrit par courriel",
        what="adresses, message",
        why="vous répondre, et comprendre ce qui en a été fait",
        how_long=(
            f"{french.term(KEEP)} après réponse, "
            f"{french.term(processing.QUARANTINE_KEPT)} si le message est mis de côté"
        ),
        models=(RawMessage, RawBody),
    ),
)
