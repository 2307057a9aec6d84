"""Which form is asked at which step."""

from __future__ import annotations

from typing import Any

from commun.common.guard import GuardedForm
from commun.contributions.forms import around, contents
from commun.contributions.forms.story import StoryForm
from commun.contributions.steps import Step
from commun.contributions.types import Kind

_CONTENTS: dict[Kind, type[contents.ContentForm]] = {
    Kind.RESOURCE: contents.ResourceForm,
    Kind.EVENT: contents.EventForm,
    Kind.NEWS: contents.NewsForm,
    Kind.NEED: contents.NeedForm,
    Kind.PROPOSAL: contents.ProposalForm,
    Kind.QUESTION: contents.QuestionForm,
}
_AROUND: dict[Step, type[GuardedForm]] = {
    Step.WHEN: contents.WhenForm,
    Step.FILES: around.FilesForm,
    Step.YOU: around.YouForm,
    Step.REVIEW: around.ReviewForm,
}


def form_class(*, kind: Kind, step: Step, story: bool = False) -> Any:
    """A callable that makes the form of this step, with Django's usual arguments. `story`: of one that comes back."""
    if step is Step.WHAT:
        return StoryForm if story else _CONTENTS[kind]
    if step is Step.WHERE:
        return lambda *args, **kwargs: around.WhereForm(*args, kind=kind, **kwargs)
    return _AROUND[step]
