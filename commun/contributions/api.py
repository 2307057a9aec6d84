"""The door of this room."""

from commun.contributions.services.publishing import note_issue
from commun.contributions.services.receiving import Given, acknowledge, receive

__all__ = ["Given", "acknowledge", "note_issue", "receive"]
