from commun.contributions.models.contributions import Contribution, Event, File, Message
from commun.contributions.models.drafts import DraftFile, FormDraft

__all__ = ["Contribution", "DraftFile", "Event", "File", "FormDraft", "Message"]
