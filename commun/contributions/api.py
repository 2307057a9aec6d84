"""The door of this room."""

from commun.contributions.models import Contribution
from commun.contributions.selectors.contributors import Contributor, contributors_of
from commun.contributions.selectors.files import oldest_file_waiting
from commun.contributions.selectors.received import answers_under, received_between
from commun.contributions.selectors.waiting import contributions_waiting
from commun.contributions.services.conversation import ask
from commun.contributions.services.deciding import accept, assign, decline, mark_spam, reply
from commun.contributions.services.publishing import note_issue
from commun.contributions.services.receiving import Given, acknowledge, receive

__all__ = [
    "Contribution",
    "Contributor",
    "Given",
    "accept",
    "acknowledge",
    "answers_under",
    "ask",
    "assign",
    "contributions_waiting",
    "contributors_of",
    "decline",
    "mark_spam",
    "note_issue",
    "oldest_file_waiting",
    "receive",
    "received_between",
    "reply",
]
