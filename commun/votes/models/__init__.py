from commun.votes.models.boxes import Ballot, BallotBox, Entry
from commun.votes.models.electors import Elector, Voice
from commun.votes.models.invitations import Invitation, InvitationRefusal, Invited
from commun.votes.models.votes import Option, Vote

__all__ = [
    "Ballot",
    "BallotBox",
    "Elector",
    "Entry",
    "Invitation",
    "InvitationRefusal",
    "Invited",
    "Option",
    "Voice",
    "Vote",
]
