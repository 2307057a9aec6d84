"""Where votes and shared projects stand, in the words of a letter; pages say the rest."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from commun.common import french
from commun.cooperation.api import ProjectState, SharedProject, bodies_in, projects_moved, told_of_project
from commun.newsletters.models import IssuePage, Submission
from commun.votes.api import Vote, VoteState, ended_since, get_results

MOST = 3
_FIRST_LETTER_LOOKS_BACK = timedelta(days=90)
_OPTIONS = 6


def last_left_at() -> datetime | None:
    """When the last letter was published."""
    last = Submission.objects.filter(published_at__isnull=False).order_by("-published_at").first()
    return last.published_at if last is not None else None


def votes_to_tell(*, since: datetime | None, now: datetime) -> list[Vote]:
    """Those that come, and those whose box was closed, result published or cancelling said since, whenever they were to
    close; one under way has its call."""
    coming = Vote.objects.filter(state=VoteState.SCHEDULED, opens_at__gt=now).order_by("opens_at")
    ended = ended_since(since=since or now - _FIRST_LETTER_LOOKS_BACK, limit=MOST)
    return [*ended, *coming[:MOST]][:MOST]


def words_of_vote(vote: Vote) -> str:
    opens, closes = (french.weekday(timezone.localtime(at)) for at in (vote.opens_at, vote.closes_at))
    match vote.state:
        case VoteState.SCHEDULED:
            return f"Il ouvrira le {opens}, jusqu’au {closes}. Au choix : {_named_options(vote)}."
        case VoteState.OPEN:
            return f"Il est ouvert jusqu’au {closes}. Au choix : {_named_options(vote)}."
        case VoteState.CANCELLED:
            return f"Il a été annulé : {vote.cancelled_reason.rstrip('.')}."
        case VoteState.CLOSED:
            return f"Il est clos depuis le {closes} ; un tirage départagera les premières."
        case _:
            return _result(vote)


def _named_options(vote: Vote) -> str:
    """The first ones, and how many more there are."""
    titles = [option.title for option in vote.options.all()]
    more = len(titles) - _OPTIONS
    named = " ; ".join(titles[:_OPTIONS])
    return f"{named} ; et {french.count(more, 'autre')}" if more > 0 else named


def _result(vote: Vote) -> str:
    results = get_results(vote=vote)
    first = [one.title for one in results if one.place == results[0].place] if results else []
    if not first or not results[0].ballots:
        return "Il est clos : personne n’a voté."
    names = " et ".join(f"« {title} »" for title in first)
    verb = "arrive" if len(first) == 1 else "arrivent"
    return f"{french.count(results[0].ballots, 'collectivité a voté|collectivités ont voté')} : {names} {verb} en tête."


def stands_for(issue: IssuePage) -> tuple[set[int], set[int]]:
    """The votes and the projects that an issue says something of (primary keys)."""
    votes = _chosen(issue, section="vote_state", what="vote")
    return votes, _chosen(issue, section="project_news", what="project")


def _chosen(issue: IssuePage, *, section: str, what: str) -> set[int]:
    items = [item[what] for one in issue.sections if one.block_type == section for item in one.value["items"]]
    return {item.pk for item in items if item is not None}


def projects_to_tell(*, since: datetime | None, now: datetime) -> list[SharedProject]:
    return projects_moved(since=since or now - _FIRST_LETTER_LOOKS_BACK, limit=MOST)


def words_of_project(project: SharedProject, *, since: datetime | None) -> str:
    """Its stage, who is in it, what was told to all since."""
    if project.state == ProjectState.CALL:
        until = french.weekday(timezone.localtime(project.call_until))
        return f"Il cherche ses participantes, jusqu’au {until}."
    if project.state == ProjectState.GIVEN_UP:
        return f"Il s’arrête : {project.given_up_because.rstrip('.')}."
    names = [french.name(label) for label in bodies_in(project=project)]
    who = f", avec {', '.join(names)}" if names else ""
    sentences = [f"{project.get_state_display()}{who}."]
    told = told_of_project(project=project, since=since)
    if told:
        sentences.append(f"Depuis la dernière lettre : {' ; '.join(told)}.")
    return " ".join(sentences)
