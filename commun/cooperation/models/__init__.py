from commun.cooperation.models.needs import Need, NeedAnswer, NeedAttachment, NeedEvent
from commun.cooperation.models.proposals import ProposalEvent, ThemeProposal

__all__ = ["Need", "NeedAnswer", "NeedAttachment", "NeedEvent", "ProposalEvent", "ThemeProposal"]
