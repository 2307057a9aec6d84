from commun.newsletters.models.approval import Approval, Correction, Submission
from commun.newsletters.models.errata import Erratum
from commun.newsletters.models.journal import JournalEntry
from commun.newsletters.models.pages import IssueIndexPage, IssuePage
from commun.newsletters.models.topics import ThemeTopic
from commun.newsletters.models.trials import TrialAnswer, TrialList

__all__ = [
    "Approval",
    "Correction",
    "Erratum",
    "IssueIndexPage",
    "IssuePage",
    "JournalEntry",
    "Submission",
    "ThemeTopic",
    "TrialAnswer",
    "TrialList",
]
