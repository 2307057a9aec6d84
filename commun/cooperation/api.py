"""The door of this room.

`state_need` and `propose_theme` take what `contributions` accepted, in its transaction; `take_back_…` undoes that;
`precise_need` takes what the person adds by mail. A project: `choices_of` a decided vote, `open_project`, `enrol`,
`end_call`, `move_project`, `report_project`; what is written inside asks for `access_of`. What a page made somebody
begin: `begin_start`, `descendants_of`, `descent_of` (two generations), and `start_gave` once the experience that came
of it is published. What two collectivités have in common: `common_ground`. A day's hour for a letter, spread over all:
`working_hour`.
"""

from commun.cooperation.exceptions import (
    CannotMerge,
    CooperationError,
    NothingToAnswer,
    NothingToUndo,
    TooFewProposals,
    WrongState,
)
from commun.cooperation.links import idea_url, need_url, start_path
from commun.cooperation.models import Engagement, Need, SharedProject, Start, ThemeProposal
from commun.cooperation.reminders import working_hour
from commun.cooperation.selectors.acts import acts_between
from commun.cooperation.selectors.echoes import (
    Echoes,
    bodies_in,
    echoes_since,
    projects_moved,
    told_of_project,
)
from commun.cooperation.selectors.matches import Peer, SuggestedMatch, common_ground, suggest_matches
from commun.cooperation.selectors.needs import needs_for_the_letter, needs_in_the_name_of
from commun.cooperation.selectors.projects import access_of, choices_of, projects_of, projects_on
from commun.cooperation.selectors.starts import (
    INSPIRING,
    Descendant,
    Descent,
    ancestor_of,
    descendants_of,
    descent_of,
    start_behind,
)
from commun.cooperation.selectors.together import projects_together, starts_followed
from commun.cooperation.selectors.waiting import needs_waiting, proposals_waiting
from commun.cooperation.services.answering import answer as answer_need
from commun.cooperation.services.answering import look_at as look_at_need
from commun.cooperation.services.following import finish as finish_need
from commun.cooperation.services.following import precise as precise_need
from commun.cooperation.services.following import show_to_others as show_need
from commun.cooperation.services.ideas import tell_letter
from commun.cooperation.services.projects.enrolling import enrol
from commun.cooperation.services.projects.opening import end_call, move_project, open_project, report_project
from commun.cooperation.services.projects.writing import plan_meeting, set_aims, write_entry
from commun.cooperation.services.shortlisting import merge as merge_proposals
from commun.cooperation.services.shortlisting import prepare_vote, shortlist
from commun.cooperation.services.starting import begin as begin_start
from commun.cooperation.services.starting import gave as start_gave
from commun.cooperation.services.starting import tell as tell_start
from commun.cooperation.services.stating import propose_theme, state_need, take_back_need, take_back_proposal
from commun.cooperation.types import (
    Attached,
    Choice,
    EngagementRole,
    EntryKind,
    Given,
    GivenNeed,
    NeedEnd,
    NeedState,
    ProjectState,
    ProposalState,
    StartState,
    Together,
)
from commun.library.types import Stage

__all__ = [
    "INSPIRING",
    "Attached",
    "CannotMerge",
    "Choice",
    "CooperationError",
    "Descendant",
    "Descent",
    "Echoes",
    "Engagement",
    "EngagementRole",
    "EntryKind",
    "Given",
    "GivenNeed",
    "Need",
    "NeedEnd",
    "NeedState",
    "NothingToAnswer",
    "NothingToUndo",
    "Peer",
    "ProjectState",
    "ProposalState",
    "SharedProject",
    "Stage",
    "Start",
    "StartState",
    "SuggestedMatch",
    "ThemeProposal",
    "Together",
    "TooFewProposals",
    "WrongState",
    "access_of",
    "acts_between",
    "ancestor_of",
    "answer_need",
    "begin_start",
    "bodies_in",
    "choices_of",
    "common_ground",
    "descendants_of",
    "descent_of",
    "echoes_since",
    "end_call",
    "enrol",
    "finish_need",
    "idea_url",
    "look_at_need",
    "merge_proposals",
    "move_project",
    "need_url",
    "needs_for_the_letter",
    "needs_in_the_name_of",
    "needs_waiting",
    "open_project",
    "plan_meeting",
    "precise_need",
    "prepare_vote",
    "projects_moved",
    "projects_of",
    "projects_on",
    "projects_together",
    "proposals_waiting",
    "propose_theme",
    "report_project",
    "set_aims",
    "shortlist",
    "show_need",
    "start_behind",
    "start_gave",
    "start_path",
    "starts_followed",
    "state_need",
    "suggest_matches",
    "take_back_need",
    "take_back_proposal",
    "tell_letter",
    "tell_start",
    "told_of_project",
    "working_hour",
    "write_entry",
]
