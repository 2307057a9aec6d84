from commun.cooperation.models.needs import Need, NeedAnswer, NeedAttachment, NeedEvent
from commun.cooperation.models.projects import (
    ActionPlan,
    ActionStep,
    Engagement,
    PlanComment,
    ProjectEntry,
    ProjectMeeting,
    SharedProject,
)
from commun.cooperation.models.proposals import ProposalEvent, ThemeProposal
from commun.cooperation.models.starts import Start, StartEvent

__all__ = [
    "ActionPlan",
    "ActionStep",
    "Engagement",
    "Need",
    "NeedAnswer",
    "NeedAttachment",
    "NeedEvent",
    "PlanComment",
    "ProjectEntry",
    "ProjectMeeting",
    "ProposalEvent",
    "SharedProject",
    "Start",
    "StartEvent",
    "ThemeProposal",
]
